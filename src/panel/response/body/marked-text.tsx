import type { ComponentChild } from 'preact';
import type { Mark } from '../../../inspect/body-view.ts';

interface MarkedTextProps {
  text: string;
  marks: readonly Mark[];
}

/** A text with what a search has found in it. */
export function MarkedText({ text, marks }: MarkedTextProps) {
  if (marks.length === 0) return <>{text}</>;
  const parts: ComponentChild[] = [];
  let at = 0;
  for (const { start, end, current } of marks) {
    parts.push(
      text.slice(at, start),
      <mark key={start} data-current={current}>
        {text.slice(start, end)}
      </mark>,
    );
    at = end;
  }
  return <>{[...parts, text.slice(at)]}</>;
}
