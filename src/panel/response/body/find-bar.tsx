import { ArrowDown, ArrowUp, X } from 'lucide';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Found, Query } from '../../../inspect/body-view.ts';
import { formatCount } from '../../../inspect/format.ts';
import { strings } from '../../strings.ts';
import { onEscape } from '../../widgets/escape.ts';
import { IconButton } from '../../widgets/icon-button.tsx';
import type { OpenView } from './open-view.ts';
import type { Goal } from './row-list.tsx';

interface FindBarProps {
  view: OpenView;
  query: Query;
  /** Counts up when the field is wanted again. */
  focusRequest: number;
  onQuery: (query: Query) => void;
  onGoal: (goal: Goal) => void;
  onClose: () => void;
}

const words = strings.response.body;
const NO_QUERY: Query = { text: '', isPattern: false, matchCase: false };

/** Looks for a text in the body: Enter leads to the next match, Shift+Enter to the one before. */
export function FindBar({ view, query, focusRequest, onQuery, onGoal, onClose }: FindBarProps) {
  const field = useRef<HTMLInputElement>(null);
  const [found, setFound] = useState<Found | null>(null);
  const [at, setAt] = useState(-1);
  const [problem, setProblem] = useState<string | null>(null);
  const { text, isPattern, matchCase } = query;

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
    let wanted = true;
    let reached = false;
    setAt(-1);
    setProblem(null);
    const take = (soFar: Found): void => {
      if (!wanted) return;
      setFound(soFar);
      // The first match is shown while the search goes on.
      if (soFar.count > 0 && !reached) void go(0).catch(() => null);
      reached ||= soFar.count > 0;
    };
    view.find({ text, isPattern, matchCase }, take).then(
      (result) => result !== null && take(result),
      (error: unknown) => {
        if (wanted) setProblem(error instanceof Error ? error.message : String(error));
      },
    );
    return () => {
      wanted = false;
    };
  }, [view, text, isPattern, matchCase]);

  // Leaving the search takes its marks away.
  useEffect(() => () => void view.find(NO_QUERY, () => {}).catch(() => null), [view]);

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
        value={text}
        spellcheck={false}
        autocomplete="off"
        autocapitalize="off"
        onInput={(event) => onQuery({ ...query, text: event.currentTarget.value })}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.ctrlKey || event.metaKey) return;
          event.preventDefault();
          step(event.shiftKey ? -1 : 1);
        }}
      />
      <span class="find-count" aria-live="polite">
        {text === '' ? '' : (problem ?? countWords(found, at))}
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
  if (!found.done) return words.finding(formatCount(found.count), Math.floor(found.share * 100));
  if (found.count === 0) return words.noMatch;
  const count = found.capped ? words.atLeast(formatCount(found.count)) : formatCount(found.count);
  return at < 0 ? words.matchCount(count) : words.matches(at + 1, count);
}
