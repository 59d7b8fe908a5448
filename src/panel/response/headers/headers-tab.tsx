import type { Signal } from '@preact/signals';
import { BookOpen } from 'lucide';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { HeaderMeaning } from '../../../inspect/header-meanings.ts';
import type { HeaderLines } from '../../../model/exchange.ts';
import type { ExchangeSnapshot } from '../../state/exchange.ts';
import { strings } from '../../strings.ts';
import { IconButton } from '../../widgets/icon-button.tsx';
import { useFindKey } from '../body/use-find-key.ts';
import { CopyButton } from '../copy-button.tsx';
import { statusText } from '../reason-phrase.ts';
import { useSecretMask } from '../secrets-context.ts';

interface HeadersTabProps {
  snapshot: ExchangeSnapshot;
  filter: Signal<string>;
  /** What each field means is shown too. */
  explained: Signal<boolean>;
}

const words = strings.response.headers;

/** The received fields, each line as it came. */
export function HeadersTab({ snapshot, filter, explained }: HeadersTabProps) {
  const meanings = useMeanings(explained.value);
  const field = useRef<HTMLInputElement>(null);
  const root = useRef<HTMLDivElement>(null);
  useFindKey(root, () => {
    field.current?.focus();
    field.current?.select();
  });
  const { head, state } = snapshot;
  const mask = useSecretMask();
  if (head === null) return <p class="pane-hint tab-hint">{state === 'done' ? words.none : words.waiting}</p>;
  const wanted = filter.value.trim().toLowerCase();
  const shown = head.headers.filter(([name, value]) => `${name}: ${value}`.toLowerCase().includes(wanted));
  return (
    <div class="headers-tab" ref={root}>
      <div class="body-toolbar">
        <input
          ref={field}
          type="text"
          class="text-input filter"
          aria-label={words.filter}
          placeholder={words.filterPlaceholder}
          value={filter.value}
          spellcheck={false}
          autocomplete="off"
          onInput={(event) => {
            filter.value = event.currentTarget.value;
          }}
        />
        <span class="count" aria-live="polite">
          {words.count(shown.length, head.headers.length)}
        </span>
        <span class="spring" />
        <IconButton
          icon={BookOpen}
          label={words.explain}
          hint={words.explainHint}
          pressed={explained.value}
          onClick={() => {
            explained.value = !explained.peek();
          }}
        />
        <CopyButton label={words.copy} hint={words.copyHint} source={() => ({ text: mask.raw(asText(snapshot)) })} />
      </div>
      <div class="tab-scroll" role="group" aria-label={strings.response.tabs.headers} tabIndex={0}>
        <FieldTable
          lines={shown}
          label={words.table}
          meaningOf={explained.value ? (meanings?.headerMeaning ?? null) : null}
        />
        {shown.length === 0 && wanted !== '' && <p class="pane-hint tab-hint">{words.noMatch(filter.value.trim())}</p>}
      </div>
    </div>
  );
}

/** The explanations, once they are wanted. */
function useMeanings(wanted: boolean): Meanings | null {
  const [meanings, setMeanings] = useState<Meanings | null>(null);
  useEffect(() => {
    if (wanted && meanings === null) import('../../../inspect/header-meanings.ts').then(setMeanings, console.warn);
  }, [wanted, meanings]);
  return meanings;
}

interface Meanings {
  readonly headerMeaning: (name: string) => HeaderMeaning | null;
}

interface FieldTableProps {
  lines: HeaderLines;
  label: string;
  /** null: no explanations. */
  meaningOf: Meanings['headerMeaning'] | null;
}

function FieldTable({ lines, label, meaningOf }: FieldTableProps) {
  const mask = useSecretMask();
  return (
    <table class="data-table field-table" aria-label={label}>
      <thead>
        <tr>
          <th scope="col">{words.name}</th>
          <th scope="col">{words.value}</th>
        </tr>
      </thead>
      <tbody>
        {lines.map(([name, value], i) => (
          <tr key={i}>
            <th scope="row">{name}</th>
            <td>
              {mask.field(name, value)}
              {meaningOf !== null && <Meaning of={meaningOf(name)} />}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Meaning({ of }: { of: HeaderMeaning | null }) {
  if (of === null) return <span class="field-meaning">{words.unknown}</span>;
  return (
    <span class="field-meaning">
      {of.text}{' '}
      {of.url === '' ? null : (
        <a href={of.url} target="_blank" rel="noreferrer">
          {of.source}
        </a>
      )}
    </span>
  );
}

/** The header section as HTTP/1.1 writes it. */
function asText({ head }: ExchangeSnapshot): string {
  if (head === null) return '';
  const status = `${head.httpVersion ?? 'HTTP/1.1'} ${statusText(head.status, head.reason)}`;
  return [status, ...head.headers.map(([name, value]) => `${name}: ${value}`), ''].join('\n');
}
