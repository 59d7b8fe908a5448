/** Where a query fits into a text: the higher the better; null: it does not. */
export interface Fit {
  readonly score: number;
  /** Indexes of the characters that were found. */
  readonly at: readonly number[];
}

/** Better than a letter somewhere: the one after the last found, the first of a word. */
const NEXT = 5;
const WORD = 8;
/** What each letter costs that stands before the first one found, at most so many. */
const LEAD = 0.2;
const MAX_LEAD = 20;

/**
 * Whether all letters of the query stand in the text in their order, case aside, and how well: whole words and beginnings of
 * words count most. Blanks only divide.
 * @param query in lower case
 */
export function fuzzy(query: string, text: string): Fit | null {
  const lower = text.toLowerCase();
  let score = 0;
  let from = 0;
  const at: number[] = [];
  for (const word of query.split(/\s+/)) {
    if (word === '') continue;
    // Words that stand there as they are need not be looked for letter by letter, nor in their order.
    const whole = wholeWord(lower, word);
    if (whole !== null) {
      score += word.length * WORD + (whole.starts ? WORD : 0) - Math.min(whole.at, MAX_LEAD) * LEAD;
      for (let index = 0; index < word.length; index++) at.push(whole.at + index);
      from = whole.at + word.length;
      continue;
    }
    let last = -2;
    for (const letter of word) {
      let index = lower.indexOf(letter, from);
      if (index < 0) return null;
      // The beginning of a later word is what somebody means who types initials.
      const begins = wordStart(lower, letter, from);
      if (index !== last + 1 && begins >= 0) index = begins;
      score += index === last + 1 ? NEXT : isWordStart(lower, index) ? WORD : 1;
      if (last < 0) score -= Math.min(index, MAX_LEAD) * LEAD;
      at.push(index);
      last = index;
      from = index + letter.length;
    }
  }
  // Of two that fit alike the shorter one is nearer to what was typed.
  return { score: score - text.length * 0.01, at };
}

function wholeWord(text: string, word: string): { at: number; starts: boolean } | null {
  let first = -1;
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    if (isWordStart(text, at)) return { at, starts: true };
    if (first < 0) first = at;
  }
  return first < 0 ? null : { at: first, starts: false };
}

function wordStart(text: string, letter: string, from: number): number {
  for (let at = text.indexOf(letter, from); at >= 0; at = text.indexOf(letter, at + 1)) {
    if (isWordStart(text, at)) return at;
  }
  return -1;
}

const isWordStart = (text: string, at: number): boolean => at === 0 || /[\s/._:?&=-]/.test(text[at - 1] ?? '');
