import type { HexRow } from '../../../inspect/body-view.ts';
import { strings } from '../../strings.ts';
import { copyBytes } from './hex-copy.ts';
import type { OpenView } from './open-view.ts';
import { RowList, type Goal } from './row-list.tsx';

interface HexViewerProps {
  view: OpenView;
  goal: Goal | null;
  /** Bytes of the whole body. */
  size: number;
}

const MIN_DIGITS = 6;

/** The body as bytes: offset, numbers, characters. */
export function HexViewer({ view, goal, size }: HexViewerProps) {
  const digits = Math.max(MIN_DIGITS, size.toString(16).length);
  return (
    <RowList
      view={view}
      label={strings.responseBody.hex}
      class="hex-rows"
      goal={goal}
      attributes={{ onCopy: copyBytes }}
    >
      {(row) =>
        row.type === 'hex' && (
          <div key={row.offset} class="body-row">
            <span class="hex-offset">{row.offset.toString(16).padStart(digits, '0')}</span>
            <span class="hex-bytes">{cells(row, (byte) => byte.toString(16).padStart(2, '0'))}</span>
            <span class="hex-text">
              {cells(row, (byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '·'))}
            </span>
          </div>
        )
      }
    </RowList>
  );
}

function cells({ bytes, marks }: HexRow, write: (byte: number) => string) {
  return Array.from(bytes, (byte, i) => {
    const mark = marks.find(({ start, end }) => i >= start && i < end);
    const text = write(byte);
    return mark ? (
      <mark key={i} data-current={mark.current}>
        {text}
      </mark>
    ) : (
      <span key={i} data-plain={text === '·' || undefined}>
        {text}
      </span>
    );
  });
}
