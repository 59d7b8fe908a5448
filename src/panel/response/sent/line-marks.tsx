import { strings } from '../../strings.ts';
import type { LineMark } from './align-fields.ts';

const words = strings.sent;

/** What is different about a line, in a word: colour alone would not tell everyone. */
export function LineMarks({ marks }: { marks: readonly LineMark[] }) {
  return (
    <>
      {marks.map((mark) => (
        <span key={mark} class="line-mark" data-mark={mark} title={words.markHints[mark]}>
          {words.marks[mark]}
        </span>
      ))}
    </>
  );
}
