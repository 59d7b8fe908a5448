import { Plus } from 'lucide';
import { useEffect, useState } from 'preact/hooks';
import { basePrefixes, noRetries, type AdapterSettings, type SessionSettings } from '../../model/session.ts';
import type { AdapterMatch } from '../../protocol/messages.ts';
import type { Workbench } from '../state/workbench.ts';
import { strings } from '../strings.ts';
import { Icon } from '../widgets/icon.tsx';
import { AdapterItem } from './adapter-item.tsx';

const words = strings.sessions;

interface AdaptersPaneProps {
  workbench: Workbench;
  session: SessionSettings;
  onChange: (change: Partial<SessionSettings>) => void;
}

/** The mounted adapters, in the order in which the engine tries them. */
export function AdaptersPane({ workbench, session, onChange }: AdaptersPaneProps) {
  const { adapters } = session;
  const [open, setOpen] = useState<string | null>(null);
  const url = workbench.preview.value.prepared?.url ?? workbench.drafts.draft.value.url;
  const { order, matched, settle } = useMatch(workbench, session, url);
  const prefixes = adapters.map(({ prefix }) => prefix);
  // Two adapters of one prefix: the one mounted last is the one that counts.
  const current = matched === null ? undefined : adapters.findLast(({ prefix }) => prefix === matched);
  const set = (changed: AdapterSettings): void =>
    onChange({ adapters: adapters.map((one) => (one.id === changed.id ? changed : one)) });

  function add(): void {
    const id = crypto.randomUUID();
    const prefix = URL.canParse(url) ? `${new URL(url).origin}/` : 'https://';
    const fresh: AdapterSettings = {
      id,
      prefix,
      retry: { ...noRetries, total: 3, read: null },
      timeout: { connect: null, read: null },
      verify: null,
    };
    onChange({ adapters: [...adapters, fresh] });
    setOpen(id);
  }

  return (
    <div class="adapters-pane">
      <p class="pane-hint">{words.adaptersHint}</p>
      <ol class="adapters" aria-label={words.adapters} onFocusOut={settle}>
        {inOrder(adapters, order).map((adapter) => (
          <AdapterItem
            key={adapter.id}
            adapter={adapter}
            prefixes={prefixes}
            isBase={basePrefixes.some((prefix) => prefix === adapter.id)}
            isMatch={adapter === current}
            verify={session.verify}
            open={open === adapter.id}
            onOpen={(on) => setOpen(on ? adapter.id : null)}
            onChange={set}
            onRemove={() => onChange({ adapters: adapters.filter(({ id }) => id !== adapter.id) })}
          />
        ))}
      </ol>
      <div class="adapters-foot">
        <button type="button" class="button" onClick={add}>
          <Icon of={Plus} size={12} /> {words.mount}
        </button>
        <span class="pane-hint">{url === '' ? words.noUrl : current === undefined ? words.noMatch(url) : null}</span>
      </div>
    </div>
  );
}

/** The engine's word on the adapters. While a prefix is being typed the order stays, so that nothing moves under the hands. */
function useMatch({ sessions }: Workbench, session: SessionSettings, url: string) {
  const [match, setMatch] = useState<AdapterMatch>({ order: [], matched: null });
  const [order, setOrder] = useState<readonly string[]>([]);
  const prefixes = JSON.stringify(session.adapters.map(({ prefix }) => prefix));
  useEffect(() => {
    let wanted = true;
    const ask = async (): Promise<void> => {
      const answer = await sessions.match(session.id, url).catch(() => null);
      if (!wanted || answer === null) return;
      setMatch(answer);
      if (!isTyping()) setOrder(answer.order);
    };
    void ask();
    return () => {
      wanted = false;
    };
  }, [sessions, session.id, prefixes, url]);
  return { order, matched: match.matched, settle: () => setOrder(match.order) };
}

const isTyping = (): boolean => (document.activeElement?.closest('.adapter-prefix') ?? null) !== null;

function inOrder(adapters: readonly AdapterSettings[], order: readonly string[]): AdapterSettings[] {
  const place = ({ prefix }: AdapterSettings): number => {
    const at = order.indexOf(prefix);
    return at < 0 ? order.length : at;
  };
  return adapters.toSorted((a, b) => place(a) - place(b));
}
