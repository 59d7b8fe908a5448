import { useRef } from 'preact/hooks';
import type { SessionSettings } from '../../model/session.ts';
import { strings } from '../strings.ts';

const words = strings.sessions;

interface SessionListProps {
  sessions: readonly SessionSettings[];
  chosen: string;
  /** The one that the open request is sent in. */
  used: string;
  onChoose: (id: string) => void;
}

/** A list of which one is chosen: arrow keys, Home and End move. */
export function SessionList({ sessions, chosen, used, onChoose }: SessionListProps) {
  const list = useRef<HTMLDivElement>(null);

  function onKeyDown(event: KeyboardEvent): void {
    const at = sessions.findIndex(({ id }) => id === chosen);
    const target = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: sessions.length - 1 }[event.key];
    const next = target === undefined ? undefined : sessions[target];
    if (target !== undefined) event.preventDefault();
    if (next === undefined) return;
    onChoose(next.id);
    list.current?.children[sessions.indexOf(next)]?.scrollIntoView({ block: 'nearest' });
  }

  return (
    <div
      ref={list}
      class="session-list"
      role="listbox"
      aria-label={words.list}
      aria-activedescendant={`session-${chosen}`}
      tabIndex={0}
      onKeyDown={onKeyDown}
    >
      {sessions.map(({ id, name }) => (
        <div
          key={id}
          id={`session-${id}`}
          class="session-option"
          role="option"
          aria-selected={id === chosen}
          title={name}
          onClick={() => onChoose(id)}
        >
          <span class="session-name">{name === '' ? strings.context.unnamed : name}</span>
          {id === used && <span class="session-used">{words.used}</span>}
        </div>
      ))}
    </div>
  );
}
