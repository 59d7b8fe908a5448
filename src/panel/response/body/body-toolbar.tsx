import { ChevronsDownUp, ChevronsUpDown, Download, Filter, Palette, Search, WrapText } from 'lucide';
import { useContext } from 'preact/hooks';
import { CHARSETS, type CharsetChoice } from '../../../inspect/charset.ts';
import { MAX_HIGHLIGHTED } from '../../../inspect/code-language.ts';
import { fileName } from '../../../inspect/file-name.ts';
import { formatBytes } from '../../../inspect/format.ts';
import type { ExchangeSnapshot } from '../../state/exchange.ts';
import { BodyCompareContext } from '../../compare/bodies/open-body-compare.tsx';
import { strings } from '../../strings.ts';
import { Select } from '../../widgets/fields.tsx';
import { IconButton } from '../../widgets/icon-button.tsx';
import { CopyButton } from '../copy-button.tsx';
import { fieldValue } from '../field-lines.ts';
import { viewNames, type ResponseState, type ViewName } from '../response-state.ts';
import { bodyActions, copySource } from './body-actions.ts';
import type { BodySource } from './body-source.ts';
import type { OpenView } from './open-view.ts';
import { saveBody } from './save-body.ts';
import { hasRows, isXml, searchOf, viewsFor } from './view-choice.ts';

interface BodyToolbarProps {
  source: BodySource;
  snapshot: ExchangeSnapshot;
  state: ResponseState;
  name: ViewName;
  charset: string;
  auto: CharsetChoice;
  view: OpenView | null;
  onFind: () => void;
}

const words = strings.responseBody;

/** How the body is shown, and what can be done with all of it. */
export function BodyToolbar(props: BodyToolbarProps) {
  const { source, snapshot, state, name, charset, view, onFind } = props;
  const compare = useContext(BodyCompareContext);
  const views = viewsFor(source);
  const isText =
    name === 'text' ||
    name === 'json' ||
    name === 'tree' ||
    name === 'lines' ||
    name === 'pretty' ||
    (name === 'preview' && (source.preview === 'html' || source.preview === 'markdown')) ||
    (source.preview === 'csv' && name === 'table');
  const isStream = name === 'events' || name === 'lines';
  const saveName = saveNameOf(snapshot, source.contentType);
  return (
    <div class="body-toolbar">
      <span class="tool-label" aria-hidden="true">
        {words.viewAs}
      </span>
      <Select
        label={words.viewAs}
        hint={words.viewAsHint}
        class="quiet"
        value={name}
        options={viewNames
          .filter((known) => views.includes(known))
          .map((known) => [known, words.views[known]] as const)}
        onChange={(chosen) => {
          state.views.value = { ...state.views.peek(), [source.key]: chosen };
        }}
      />
      {isText && (
        <Select
          label={words.charset}
          hint={words.charsetHint}
          class="quiet"
          value={charset}
          options={charsetOptions(props)}
          onChange={(chosen) => {
            state.charset.value = { startedAt: snapshot.startedAt, name: chosen };
          }}
        />
      )}
      <span class="spring count">{isStream ? '' : progressWords(source, hasRows(name), view)}</span>
      {name === 'text' && source.language !== null && (
        <IconButton
          icon={Palette}
          label={words.highlight}
          hint={
            source.blob.size > MAX_HIGHLIGHTED
              ? words.highlightTooBig(formatBytes(MAX_HIGHLIGHTED))
              : words.highlightHint
          }
          pressed={state.highlight.value}
          disabled={source.blob.size > MAX_HIGHLIGHTED}
          onClick={() => {
            state.highlight.value = !state.highlight.peek();
          }}
        />
      )}
      {name === 'text' && (
        <IconButton
          icon={WrapText}
          label={words.wrap}
          pressed={state.wrap.value}
          onClick={() => {
            state.wrap.value = !state.wrap.peek();
          }}
        />
      )}
      {(name === 'json' || name === 'tree') && (
        <>
          {(name === 'json' || !isXml(source)) && (
            <IconButton
              icon={Filter}
              label={words.filter}
              hint={words.filterHint}
              pressed={state.jsonPath.value.open}
              onClick={() => {
                state.jsonPath.value = { ...state.jsonPath.peek(), open: !state.jsonPath.peek().open };
              }}
            />
          )}
          <IconButton icon={ChevronsDownUp} label={words.foldAll} onClick={() => view?.foldAll(true)} />
          <IconButton icon={ChevronsUpDown} label={words.unfoldAll} onClick={() => view?.foldAll(false)} />
        </>
      )}
      {searchOf(name) !== null && !isStream && (
        <IconButton icon={Search} label={words.find} hint={words.findHint(findKey())} onClick={onFind} />
      )}
      {!isStream && (
        <CopyButton
          label={words.copy}
          hint={words.copyHint}
          source={() => copySource(source, charset, 'text')}
          more={{
            label: words.more,
            hint: words.moreHint,
            items: (copy) =>
              bodyActions(source, charset, { copy, compare: compare && (() => compare({ origin: 'view' })) }),
          }}
        />
      )}
      <IconButton
        icon={Download}
        label={words.save}
        hint={words.saveHint(saveName)}
        disabled={!source.isWhole}
        onClick={() => saveBody(source.blob, saveName)}
      />
    </div>
  );
}

/** Why what is shown is not all: the rest is still to come, or still to be read. */
function progressWords(source: BodySource, hasView: boolean, view: OpenView | null): string {
  if (!source.isWhole) return words.partial;
  if (!hasView) return '';
  const state = view?.state.value ?? null;
  // The view of the first part is still there.
  if (state === null) return words.partial;
  if (state.done) return '';
  return words.reading(formatBytes(state.loaded), formatBytes(source.blob.size));
}

/** The charset that was chosen for the person comes with the reason for it. */
function charsetOptions({ auto, charset, snapshot }: BodyToolbarProps): (readonly [string, string])[] {
  const byRequests = snapshot.head?.encoding?.toLowerCase();
  const names = new Set<string>([auto.charset, charset, ...CHARSETS]);
  const sorted = [...names].sort(
    (a, b) => CHARSETS.findIndex((name) => name === a) - CHARSETS.findIndex((name) => name === b),
  );
  return sorted.map((name) => {
    if (name === auto.charset) return [name, words.charsetFrom[auto.source](name)] as const;
    return [name, name === byRequests ? words.charsetFrom.requests(name) : name] as const;
  });
}

function saveNameOf({ head, hops, prepared }: ExchangeSnapshot, contentType: string | null): string {
  const url = head?.url ?? hops.at(-1)?.request.url ?? prepared?.url ?? '';
  return fileName(head === null ? null : fieldValue(head.headers, 'content-disposition'), url, contentType);
}

function findKey(): string {
  return /mac/i.test(navigator.platform) ? '⌘F' : 'Ctrl+F';
}
