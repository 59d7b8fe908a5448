import type { ComponentChild } from 'preact';
import type { Mark, TextRow } from '../../../inspect/body-view.ts';
import { MarkedText } from './marked-text.tsx';

/** A row of text with the colours of its tokens, and what a search has found in it. */
export function CodeText({ row: { text, tokens, marks } }: { row: Pick<TextRow, 'text' | 'tokens' | 'marks'> }) {
  if (tokens.length === 0) return <MarkedText text={text} marks={marks} />;
  const parts: ComponentChild[] = [];
  let at = 0;
  const plainTo = (end: number): void => {
    if (end > at) parts.push(<MarkedText key={at} text={text.slice(at, end)} marks={within(marks, at, end)} />);
  };
  for (const { start, end, kind } of tokens) {
    plainTo(start);
    parts.push(
      <span key={start} data-token={kind}>
        <MarkedText text={text.slice(start, end)} marks={within(marks, start, end)} />
      </span>,
    );
    at = end;
  }
  plainTo(text.length);
  return <>{parts}</>;
}

/** The marks of a part, counted from its beginning. */
function within(marks: readonly Mark[], from: number, to: number): Mark[] {
  return marks
    .filter(({ start, end }) => start < to && end > from)
    .map(({ start, end, current }) => ({
      start: Math.max(start, from) - from,
      end: Math.min(end, to) - from,
      current,
    }));
}
