import { ArrowDown, ArrowUp, X } from 'lucide';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Found } from '../../../inspect/body-view.ts';
import { formatCount } from '../../../inspect/format.ts';
import { strings } from '../../strings.ts';
import { onEscape } from '../../widgets/escape.ts';
import { IconButton } from '../../widgets/icon-button.tsx';
import type { OpenView } from './open-view.ts';
import type { Goal } from './row-list.tsx';

interface FindBarProps {
  view: OpenView;
  query: string;
  /** Counts up when the field is wanted again. */
  focusRequest: number;
  onQuery: (query: string) => void;
  onGoal: (goal: Goal) => void;
  onClose: () => void;
}

const words = strings.response.body;

/** Looks for a text in the body: Enter leads to the next match, Shift+Enter to the one before. */
export function FindBar({ view, query, focusRequest, onQuery, onGoal, onClose }: FindBarProps) {
  const field = useRef<HTMLInputElement>(null);
  const [found, setFound] = useState<Found | null>(null);
  const [at, setAt] = useState(-1);
  const isRead = view.state.value?.done ?? false;

  useEffect(() => {
    field.current?.focus();
    field.current?.select();
  }, [focusRequest]);

  useEffect(
    () =>
      onEscape(() => {
        // Esc elsewhere is not meant for the search.
        if (!field.current?.closest('.find-bar')?.contains(document.activeElement)) return false;
        onClose();
        return true;
      }),
    [onClose],
  );

  useEffect(() => {
    if (!isRead) return undefined;
    let wanted = true;
    setAt(-1);
    const search = async (): Promise<void> => {
      const result = await view.find(query, (soFar) => wanted && setFound(soFar));
      if (!wanted || result === null) return;
      setFound(result);
      if (result.count > 0) await go(0);
    };
    search().catch(() => setFound(null));
    return () => {
      wanted = false;
    };
  }, [view, query, isRead]);

  // Leaving the search takes its marks away.
  useEffect(() => () => void view.find('', () => {}).catch(() => null), [view]);

  async function go(match: number): Promise<void> {
    setAt(match);
    const row = await view.goTo(match);
    if (row !== null) onGoal({ row });
  }

  function step(by: number): void {
    const count = found?.count ?? 0;
    if (count > 0) void go((at + by + count) % count);
  }

  const hasMatches = (found?.count ?? 0) > 0;
  return (
    <div class="find-bar" role="search" aria-label={words.find}>
      <input
        ref={field}
        type="text"
        class="text-input"
        aria-label={words.findField}
        placeholder={words.findPlaceholder}
        value={query}
        spellcheck={false}
        autocomplete="off"
        autocapitalize="off"
        onInput={(event) => onQuery(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.ctrlKey || event.metaKey) return;
          event.preventDefault();
          step(event.shiftKey ? -1 : 1);
        }}
      />
      <span class="find-count" aria-live="polite">
        {query === '' ? '' : countWords(found, at)}
      </span>
      <IconButton
        icon={ArrowUp}
        label={words.previous}
        hint={`${words.previous} (Shift+Enter)`}
        disabled={!hasMatches}
        onClick={() => step(-1)}
      />
      <IconButton
        icon={ArrowDown}
        label={words.next}
        hint={`${words.next} (Enter)`}
        disabled={!hasMatches}
        onClick={() => step(1)}
      />
      <IconButton icon={X} label={words.closeFind} hint={`${words.closeFind} (Esc)`} onClick={onClose} />
    </div>
  );
}

function countWords(found: Found | null, at: number): string {
  if (found === null) return '';
  if (!found.done) return words.finding(formatCount(found.count));
  if (found.count === 0) return words.noMatch;
  const count = found.capped ? words.atLeast(formatCount(found.count)) : formatCount(found.count);
  return at < 0 ? words.matchCount(count) : words.matches(at + 1, count);
}
