import type { MatchBatch, Query } from './finder.ts';
import { Utf8Walker } from './utf8-walker.ts';
import { readBytes } from './read-bytes.ts';

interface Reach {
  /** Text that a pattern sees at a time. Bytes. */
  readonly window: number;
  /** What must stand behind the beginning of a match, unless the body ends there: longer matches may come out shorter. */
  readonly margin: number;
}

interface SearchOptions {
  readonly reach?: Reach;
  /** Hears when a window is read, and when the pattern runs over it. */
  readonly onPhase?: (phase: 'reading' | 'running') => void;
}

const REACH: Reach = { window: 512 * 1024, margin: 64 * 1024 };
/** What a pattern may look back at. Bytes. */
const CONTEXT = 1024;
/** Matches that are told at a time. */
const BATCH = 20_000;

/**
 * A regular expression as JavaScript knows it: `^` and `$` stand for the ends of lines, and what Unicode mode refuses is
 * tried without it.
 * @throws SyntaxError
 */
export function compilePattern({ text, matchCase }: Query): RegExp {
  const flags = matchCase ? 'gm' : 'gim';
  try {
    return new RegExp(text, `${flags}u`);
  } catch {
    return new RegExp(text, flags);
  }
}

/**
 * Looks through a body of any size for a pattern, a window at a time. Matches may span lines, not more than 64 KiB for
 * sure. It can take for ever: it is to run where it can be ended.
 * @param blob UTF-8; what is none is U+FFFD to the pattern
 * @throws SyntaxError when the query is no pattern
 */
export async function* searchPattern(
  blob: Blob,
  query: Query,
  { reach = REACH, onPhase }: SearchOptions = {},
): AsyncGenerator<MatchBatch> {
  const pattern = compilePattern(query);
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  /** Offset of the window, and where in it the search goes on. */
  let base = 0;
  let from = 0;
  for (;;) {
    const end = Math.min(blob.size, base + from + reach.window);
    const isLast = end === blob.size;
    onPhase?.('reading');
    const bytes = await readBytes(blob, base, end);
    onPhase?.('running');
    const text = decoder.decode(bytes);
    const walker = new Utf8Walker(bytes, text.length);
    const first = walker.unitOf(from);
    const limit = isLast ? Infinity : text.length - reach.margin;
    let starts: number[] = [];
    let lengths: number[] = [];
    let next = limit;
    pattern.lastIndex = first;
    for (let match = pattern.exec(text); match !== null && match.index < limit; match = pattern.exec(text)) {
      const unitEnd = match.index + match[0].length;
      if (match[0] === '') {
        pattern.lastIndex += (text.codePointAt(unitEnd) ?? 0) > 0xffff ? 2 : 1;
        continue;
      }
      if (!isLast && unitEnd === text.length && match.index > first) {
        // It may be longer: it is looked at again from the beginning of a window.
        next = match.index;
        break;
      }
      const start = walker.offsetOf(match.index);
      starts.push(base + start);
      lengths.push(walker.offsetOf(unitEnd) - start);
      next = Math.max(limit, unitEnd);
      if (starts.length < BATCH) continue;
      yield { starts, lengths, searched: base + start };
      starts = [];
      lengths = [];
    }
    const reached = isLast ? bytes.length : walker.offsetOf(Math.min(next, text.length));
    yield { starts, lengths, searched: base + reached };
    if (isLast) return;
    const context = wholeCharacter(bytes, Math.max(0, reached - CONTEXT));
    base += context;
    from = reached - context;
  }
}

/** The beginning of the character in which a byte stands. */
function wholeCharacter(bytes: Uint8Array, at: number): number {
  let start = at;
  while (start > 0 && at - start < 3 && ((bytes[start] ?? 0) & 0xc0) === 0x80) start--;
  return start;
}
