import { parseIRegexp, type Pattern } from './i-regexp-parse.ts';

/** Steps that a pattern may have once its repetitions are written out. */
const MAX_STEPS = 5000;

type Step =
  | { readonly kind: 'character'; readonly accepts: (character: string) => boolean }
  | { readonly kind: 'split'; first: number; second: number }
  | { readonly kind: 'jump'; to: number }
  | { readonly kind: 'start' | 'finish' }
  | { readonly kind: 'end' };

/** A pattern that is made of more than may be. */
export class PatternTooLarge extends Error {}

/**
 * An I-Regexp (RFC 9485) ready to be asked. All ways through the pattern are walked at once, character by character, so
 * the time grows with the text's length times the pattern's, whatever the pattern; backtracking would not keep to that.
 */
export class IRegexp {
  private readonly steps: readonly Step[];

  private constructor(steps: readonly Step[]) {
    this.steps = steps;
  }

  /**
   * @returns null when the text is no I-Regexp
   * @throws PatternTooLarge
   */
  static from(text: string): IRegexp | null {
    const pattern = parseIRegexp(text);
    if (pattern === null) return null;
    const steps: Step[] = [];
    write(pattern, steps);
    add(steps, { kind: 'end' });
    return new IRegexp(steps);
  }

  /**
   * @param whole the pattern must match the text from its beginning to its end, not a part of it
   * @param spend told how much work each character was
   */
  test(text: string, whole: boolean, spend: (work: number) => void): boolean {
    const { steps } = this;
    const seen = new Uint32Array(steps.length);
    let round = 1;
    let ended = false;
    let current: number[] = [];
    let place = 0;
    const enter = (into: number[], first: number): void => {
      const waiting = [first];
      for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
        const step = steps[at];
        if (step === undefined || seen[at] === round) continue;
        seen[at] = round;
        if (step.kind === 'character') into.push(at);
        else if (step.kind === 'end') ended = true;
        else if (step.kind === 'jump') waiting.push(step.to);
        else if (step.kind === 'split') waiting.push(step.second, step.first);
        else if (place === (step.kind === 'start' ? 0 : text.length)) waiting.push(at + 1);
      }
    };
    enter(current, 0);
    for (const character of text) {
      if (!whole && ended) return true;
      spend(1 + current.length);
      round++;
      ended = false;
      place += character.length;
      const next: number[] = [];
      for (const at of current) {
        const step = steps[at];
        if (step?.kind === 'character' && step.accepts(character)) enter(next, at + 1);
      }
      if (!whole) enter(next, 0);
      else if (next.length === 0 && !ended) return false;
      current = next;
    }
    return ended;
  }
}

function add(steps: Step[], step: Step): number {
  if (steps.length >= MAX_STEPS) throw new PatternTooLarge();
  return steps.push(step) - 1;
}

function write(pattern: Pattern, steps: Step[]): void {
  switch (pattern.kind) {
    case 'character':
    case 'start':
    case 'finish':
      add(steps, pattern);
      break;
    case 'sequence':
      for (const part of pattern.parts) write(part, steps);
      break;
    case 'choice':
      writeChoice(pattern.branches, steps);
      break;
    case 'repeat':
      writeRepeat(pattern.part, pattern.least, pattern.most, steps);
      break;
  }
}

function writeChoice(branches: readonly Pattern[], steps: Step[]): void {
  const jumps: { to: number }[] = [];
  branches.forEach((branch, index) => {
    if (index === branches.length - 1) {
      write(branch, steps);
      return;
    }
    const split = { kind: 'split' as const, first: steps.length + 1, second: 0 };
    add(steps, split);
    write(branch, steps);
    const jump = { kind: 'jump' as const, to: 0 };
    add(steps, jump);
    jumps.push(jump);
    split.second = steps.length;
  });
  for (const jump of jumps) jump.to = steps.length;
}

function writeRepeat(part: Pattern, least: number, most: number, steps: Step[]): void {
  if (least > MAX_STEPS || (most !== Infinity && most > MAX_STEPS)) throw new PatternTooLarge();
  for (let count = 0; count < least; count++) write(part, steps);
  if (most === Infinity) {
    const split = { kind: 'split' as const, first: steps.length + 1, second: 0 };
    const at = add(steps, split);
    write(part, steps);
    add(steps, { kind: 'jump', to: at });
    split.second = steps.length;
    return;
  }
  const splits: { second: number }[] = [];
  for (let count = least; count < most; count++) {
    const split = { kind: 'split' as const, first: steps.length + 1, second: 0 };
    add(steps, split);
    splits.push(split);
    write(part, steps);
  }
  for (const split of splits) split.second = steps.length;
}
