/**
 * Positions that vary are marked in the request itself: `§text§` around what is to be replaced, as one knows it from
 * other tools. The text between the signs is the value of the unvaried request.
 */
export const MARK = '§';
/** What the sign becomes where a row is written into the URL's query. */
const ESCAPED_MARK = /%C2%A7/gi;

/** Text between marks and around them: `texts` has one more than `marked`, and they alternate. */
export interface MarkedText {
  readonly texts: readonly string[];
  readonly marked: readonly string[];
  /** A sign without a second one. */
  readonly isOpen: boolean;
}

export function readMarks(text: string): MarkedText {
  const pieces = text.split(MARK);
  const isOpen = pieces.length % 2 === 0;
  // The sign that has no second one stands for itself.
  const tail = isOpen ? pieces.splice(-2).join(MARK) : (pieces.pop() ?? '');
  return {
    texts: [...pieces.filter((_, at) => at % 2 === 0), tail],
    marked: pieces.filter((_, at) => at % 2 === 1),
    isOpen,
  };
}

/** The text with `values` in the place of what is marked. */
export function fillMarks({ texts, marked }: MarkedText, values: readonly string[]): string {
  return texts.map((text, at) => text + (at < marked.length ? (values[at] ?? '') : '')).join('');
}

/** A URL as it is typed, with marks that its Params rows have escaped. */
export const unescapeMarks = (url: string): string => url.replaceAll(ESCAPED_MARK, MARK);

/** The text as it is sent unvaried. */
export function withoutMarks(text: string): string {
  const marks = readMarks(text);
  return fillMarks(marks, marks.marked);
}
