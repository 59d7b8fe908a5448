import { useMemo, useRef, useState } from 'preact/hooks';
import { chooseCharset } from '../../../inspect/charset.ts';
import { MAX_HIGHLIGHTED, type CodeLanguage } from '../../../inspect/code-language.ts';
import { formatBytes } from '../../../inspect/format.ts';
import type { ExchangeSnapshot } from '../../state/exchange.ts';
import { strings } from '../../strings.ts';
import type { ResponseState } from '../response-state.ts';
import { BodyNotes } from './body-notes.tsx';
import type { BodySource } from './body-source.ts';
import { BodyToolbar } from './body-toolbar.tsx';
import { FilterBar } from './filter-bar.tsx';
import { FindBar, type FindControls } from './find-bar.tsx';
import { HexViewer } from './hex-viewer.tsx';
import { ImageViewer } from './image-viewer.tsx';
import { JsonTree } from './json-tree.tsx';
import { JsonViewer } from './json-viewer.tsx';
import type { OpenView } from './open-view.ts';
import type { Goal } from './row-list.tsx';
import { TextViewer } from './text-viewer.tsx';
import { useColumns } from './use-columns.ts';
import { useFindKey } from './use-find-key.ts';
import { useOpenView, type ShownView } from './use-open-view.ts';
import { OtherViewer } from './previews/other-viewer.tsx';
import { XmlTree } from './xml-tree.tsx';
import { gutterDigits, hasRows, searchOf, specFor, viewFor } from './view-choice.ts';

interface LoadedBodyProps {
  source: BodySource;
  snapshot: ExchangeSnapshot;
  state: ResponseState;
}

const words = strings.responseBody;

/** What stands beside a line of text: the number's padding, the scroll bar. Characters. */
const TEXT_MARGIN = 7;

/** A body that is there: how it is shown, the search in it, and the viewer. */
export function LoadedBody({ source, snapshot, state }: LoadedBodyProps) {
  const root = useRef<HTMLDivElement>(null);
  const region = useRef<HTMLElement>(null);
  const columns = useColumns(region);
  const name = viewFor(source, state.views.value);
  const isCut = source.head.length < source.blob.size || !source.isWhole;
  const auto = useMemo(
    () => chooseCharset(source.contentType, source.head, isCut),
    [source.contentType, source.head, isCut],
  );
  const picked = state.charset.value;
  const charset = picked !== null && picked.startedAt === snapshot.startedAt ? picked.name : auto.charset;
  const digits = gutterDigits(source.blob.size);
  const textColumns = state.wrap.value ? Math.max(20, (columns ?? 0) - digits - TEXT_MARGIN) : Infinity;
  const { blob, isJsonLines } = source;
  const spec = useMemo(
    () => (columns === null ? null : specFor(name, source, charset, { text: textColumns, hex: columns })),
    // Only what makes rows different opens a view anew.
    [name, blob, isJsonLines, charset, name === 'text' ? textColumns : name === 'hex' ? columns : columns === null],
  );
  const request = `${snapshot.prepared?.method} ${snapshot.prepared?.url}`;
  const shown = useOpenView(spec, { startedAt: snapshot.startedAt, request });
  // The view of the first part stays until that of the whole takes over: what it says of itself is of no account then.
  const current = shown !== null && shown.spec.blob === blob ? shown.view : null;
  const [goal, setGoal] = useState<{ readonly of: OpenView; readonly goal: Goal } | null>(null);
  const [focusRequest, setFocusRequest] = useState(0);
  const find = state.find.value;
  const isRows = hasRows(name);
  const searches = searchOf(name);

  const focusRegion = (): void => region.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus();
  function openFind(): void {
    if (searches === 'filter') {
      // In a list or table a search leaves what it finds.
      const field = region.current?.querySelector<HTMLInputElement>('input.filter');
      field?.focus();
      field?.select();
      return;
    }
    state.find.value = { ...state.find.peek(), open: true };
    setFocusRequest((count) => count + 1);
  }
  useFindKey(root, searches === null ? null : openFind);
  const controls: FindControls = {
    query: find,
    focusRequest,
    onQuery: (query) => {
      state.find.value = { ...query, open: true };
    },
    onClose: () => {
      state.find.value = { ...state.find.peek(), open: false };
      focusRegion();
    },
  };

  return (
    <div class="body-tab" ref={root}>
      <BodyToolbar
        source={source}
        snapshot={snapshot}
        state={state}
        name={name}
        charset={charset}
        auto={auto}
        view={current}
        onFind={openFind}
      />
      {state.jsonPath.value.open && shown?.spec.kind === 'json' && (
        <FilterBar
          view={shown.view}
          path={state.jsonPath.value.path}
          onPath={(path) => {
            state.jsonPath.value = { open: true, path };
          }}
          onClose={() => {
            state.jsonPath.value = { ...state.jsonPath.peek(), open: false };
            focusRegion();
          }}
        />
      )}
      {find.open && isRows && shown !== null && (
        <FindBar
          view={shown.view}
          isHex={shown.spec.kind === 'hex'}
          {...controls}
          onGoal={(found) => setGoal({ of: shown.view, goal: found })}
        />
      )}
      <BodyNotes
        source={source}
        snapshot={snapshot}
        view={isRows ? current : null}
        onShowText={() => {
          state.views.value = { ...state.views.peek(), [source.key]: 'text' };
        }}
      />
      <section class="body-region" aria-label={strings.response.body.region} ref={region}>
        {name === 'image' && source.imageType !== null ? (
          <ImageViewer body={source.blob} type={source.imageType} />
        ) : !isRows ? (
          <OtherViewer
            name={name}
            source={source}
            snapshot={snapshot}
            charset={charset}
            find={find.open ? controls : null}
          />
        ) : (
          shown !== null && (
            // The same request sent again keeps the place; another one begins at the top.
            <Viewer
              key={shown.name.request}
              shown={shown}
              goal={goal?.of === shown.view ? goal.goal : null}
              digits={digits}
              language={state.highlight.value && source.blob.size <= MAX_HIGHLIGHTED ? source.language : null}
            />
          )
        )}
      </section>
    </div>
  );
}

interface ViewerProps {
  shown: ShownView;
  goal: Goal | null;
  digits: number;
  language: CodeLanguage | null;
}

function Viewer({ shown: { spec, view }, goal, digits, language }: ViewerProps) {
  const state = view.state.value;
  if (view.failure.value !== null) return <p class="pane-hint body-empty">{words.unreadable(view.failure.value)}</p>;
  if (state !== null && !state.done && state.rows === 0) {
    return <p class="pane-hint body-empty">{words.reading(formatBytes(state.loaded), formatBytes(spec.blob.size))}</p>;
  }
  switch (spec.kind) {
    case 'text':
      return <TextViewer view={view} goal={goal} gutter={digits} language={language} />;
    case 'json':
      return spec.layout === 'tree' ? <JsonTree view={view} goal={goal} /> : <JsonViewer view={view} goal={goal} />;
    case 'xml':
      return <XmlTree view={view} goal={goal} />;
    case 'hex':
    default:
      return <HexViewer view={view} goal={goal} size={spec.blob.size} />;
  }
}
