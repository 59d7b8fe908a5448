import { X } from 'lucide';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { bodyKind } from '../../../inspect/body-kind.ts';
import { formatBytes } from '../../../inspect/format.ts';
import type { StreamKind } from '../../../inspect/stream/record-scanner.ts';
import type { StreamDetail } from '../../../inspect/stream/stream-row.ts';
import { previewStrings } from '../../preview-strings.ts';
import { IconButton } from '../../widgets/icon-button.tsx';
import { JsonViewer } from '../body/json-viewer.tsx';
import { TextViewer } from '../body/text-viewer.tsx';
import { useColumns } from '../body/use-columns.ts';
import { useOpenView } from '../body/use-open-view.ts';
import { CopyButton } from '../copy-button.tsx';
import { clockTime } from './clock-time.ts';
import type { OpenStream } from './open-stream.ts';

interface StreamDetailProps {
  stream: OpenStream;
  row: number;
  kind: StreamKind;
  onClose: () => void;
}

const words = previewStrings.stream;
/** The number's padding and the scroll bar, in characters. */
const MARGIN = 10;

/** One event or line in full: its facts and its data, JSON where it is some. */
export function StreamDetailPane({ stream, row, kind, onClose }: StreamDetailProps) {
  const [detail, setDetail] = useState<StreamDetail | null>(null);
  const version = stream.version.value;
  // An event that is not complete grows.
  const growth = detail?.kind === 'open' ? stream.state.value?.bytes : 0;
  useEffect(() => {
    let wanted = true;
    stream.detail(row).then(
      (found) => wanted && setDetail(found),
      () => wanted && setDetail(null),
    );
    return () => {
      wanted = false;
    };
  }, [stream, row, version, growth]);
  if (detail === null) return null;
  const name = kind === 'sse' ? words.event : words.line;
  return (
    <section class="stream-detail" aria-label={name(detail.record + 1)}>
      <header>
        <h3>{name(detail.record + 1)}</h3>
        <span class="stream-facts">
          {facts(detail, kind).map(([label, value]) => (
            <span key={label}>
              <span class="stream-fact">{label}</span> {value}
            </span>
          ))}
        </span>
        <span class="spring" />
        <CopyButton label={words.copyData} hint={words.copyDataHint} source={() => ({ text: detail.data })} />
        <IconButton icon={X} label={words.close} hint={words.closeHint} onClick={onClose} />
      </header>
      <DetailData data={detail.data} />
    </section>
  );
}

function facts(detail: StreamDetail, kind: StreamKind): (readonly [label: string, value: string])[] {
  const size = detail.clipped ? words.firstBytes(formatBytes(detail.size)) : formatBytes(detail.size);
  return [
    ...(detail.type === '' ? [] : [[words.type, detail.type] as const]),
    ...(kind === 'sse' && detail.lastId !== '' ? [[words.id, detail.lastId] as const] : []),
    ...(detail.retry === null ? [] : [[words.retry, words.milliseconds(detail.retry)] as const]),
    ...(detail.at === null ? [] : [[words.time, clockTime(detail.at)] as const]),
    [words.size, size],
    ...(detail.kind === 'note' ? [[words.note, words.noteHint] as const] : []),
    ...(detail.kind === 'open' ? [[words.open, words.openHint] as const] : []),
  ];
}

function DetailData({ data }: { data: string }) {
  const area = useRef<HTMLDivElement>(null);
  const columns = useColumns(area);
  const spec = useMemo(() => {
    if (columns === null) return null;
    const bytes = new TextEncoder().encode(data);
    const blob = new Blob([bytes]);
    if (bodyKind(null, bytes.subarray(0, 16 * 1024)) === 'json')
      return { kind: 'json', blob, charset: 'utf-8', layout: 'pretty', many: false } as const;
    return { kind: 'text', blob, charset: 'utf-8', columns: Math.max(20, columns - MARGIN) } as const;
  }, [data, columns]);
  const shown = useOpenView(spec, { startedAt: null, request: data });
  return (
    <div class="stream-data" ref={area}>
      {shown !== null &&
        (shown.spec.kind === 'json' ? (
          <JsonViewer view={shown.view} goal={null} />
        ) : (
          <TextViewer view={shown.view} goal={null} gutter={3} />
        ))}
    </div>
  );
}
