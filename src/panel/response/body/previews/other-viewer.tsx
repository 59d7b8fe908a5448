import type { ExchangeSnapshot } from '../../../state/exchange.ts';
import { strings } from '../../../strings.ts';
import { lazyModule } from '../../lazy-module.ts';
import type { ViewName } from '../../response-state.ts';
import type { BodySource } from '../body-source.ts';
import type { FindControls } from '../find-bar.tsx';

interface OtherViewerProps {
  name: ViewName;
  source: BodySource;
  snapshot: ExchangeSnapshot;
  charset: string;
  /** null while nothing is searched. */
  find: FindControls | null;
}

const previews = lazyModule(() => import('./preview-viewer.tsx'));
const streams = lazyModule(() => import('../../stream/stream-viewer.tsx'));

/** Viewers that are not made of searchable rows; each is loaded when it is first needed. */
export function OtherViewer({ name, source, snapshot, charset, find }: OtherViewerProps) {
  if ((name === 'events' || name === 'lines') && source.stream !== null)
    return <Stream source={source} snapshot={snapshot} charset={charset} />;
  if (source.preview === null) return null;
  return <Preview source={source} snapshot={snapshot} charset={charset} find={find} />;
}

function Preview({ source, snapshot, charset, find }: Omit<OtherViewerProps, 'name'>) {
  const viewer = previews.use();
  if (viewer === null) return <p class="pane-hint body-empty">{strings.response.body.loading}</p>;
  return <viewer.PreviewViewer source={source} charset={charset} url={snapshot.head?.url ?? ''} find={find} />;
}

function Stream({ source, snapshot, charset }: Omit<OtherViewerProps, 'name' | 'find'>) {
  const viewer = streams.use();
  if (viewer === null || source.stream === null)
    return <p class="pane-hint body-empty">{strings.response.body.loading}</p>;
  const whole = source.isWhole ? source.blob : null;
  return <viewer.StreamViewer snapshot={snapshot} whole={whole} kind={source.stream} charset={charset} />;
}
