import { ArrowDown, ArrowUp, CaseSensitive, Regex, X } from 'lucide';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Found, Query } from '../../../inspect/body-view.ts';
import { compilePattern } from '../../../inspect/pattern-search.ts';
import { formatCount } from '../../../inspect/format.ts';
import { strings } from '../../strings.ts';
import { onEscape } from '../../widgets/escape.ts';
import { IconButton } from '../../widgets/icon-button.tsx';
import type { OpenView } from './open-view.ts';
import type { Goal } from './row-list.tsx';

/** A search that is open, whichever view it is in. */
export interface FindControls {
  readonly query: Query;
  /** Counts up when the field is wanted again. */
  readonly focusRequest: number;
  readonly onQuery: (query: Query) => void;
  readonly onClose: () => void;
}

interface FindBarProps extends FindControls {
  view: OpenView;
  /** It shows bytes: there is no text to run a regular expression over. */
  isHex: boolean;
  onGoal: (goal: Goal) => void;
}

const words = strings.responseBody;
const NO_QUERY: Query = { text: '', isPattern: false, matchCase: false };

/** Looks for a text in the body: Enter leads to the next match, Shift+Enter to the one before. */
export function FindBar({ view, isHex, query, focusRequest, onQuery, onGoal, onClose }: FindBarProps) {
  const field = useRef<HTMLInputElement>(null);
  const [found, setFound] = useState<Found | null>(null);
  const [at, setAt] = useState(-1);
  const [problem, setProblem] = useState<string | null>(null);
  const { text, matchCase } = query;
  const isPattern = query.isPattern && !isHex;

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
    const asked = { text, isPattern, matchCase };
    const mistake = isPattern ? patternMistake(asked) : null;
    setAt(-1);
    setProblem(mistake);
    if (mistake !== null) setFound(null);
    const take = (soFar: Found): void => {
      if (!wanted) return;
      setFound(soFar);
      // The first match is shown while the search goes on.
      if (soFar.count > 0 && !reached) void go(0).catch(() => null);
      reached ||= soFar.count > 0;
    };
    // What is no pattern takes away the marks of the one before.
    view.find(mistake === null ? asked : NO_QUERY, take).then(
      (result) => result !== null && mistake === null && take(result),
      (error: unknown) => {
        if (!wanted) return;
        setFound(null);
        setProblem(failureWords(error));
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
        placeholder={isPattern ? words.patternPlaceholder : isHex ? words.findPlaceholderHex : words.findPlaceholder}
        aria-invalid={problem !== null ? true : undefined}
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
      {!isHex && (
        <>
          <IconButton
            icon={CaseSensitive}
            label={words.matchCase}
            hint={words.matchCaseHint}
            pressed={matchCase}
            onClick={() => onQuery({ ...query, matchCase: !matchCase })}
          />
          <IconButton
            icon={Regex}
            label={words.pattern}
            hint={words.patternHint}
            pressed={isPattern}
            onClick={() => onQuery({ ...query, isPattern: !isPattern })}
          />
        </>
      )}
      <span
        class="find-count"
        aria-live="polite"
        data-wrong={problem !== null || undefined}
        title={problem ?? undefined}
      >
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

/** What is wrong with a regular expression, in the browser's words; null for nothing. */
function patternMistake(query: Query): string | null {
  try {
    compilePattern(query);
    return null;
  } catch (error) {
    return words.badPattern(error instanceof Error ? error.message.replace(/^Invalid regular expression: /i, '') : '');
  }
}

function failureWords(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.name === 'PatternTimeout' ? words.patternHangs : error.message;
}

function countWords(found: Found | null, at: number): string {
  if (found === null) return '';
  if (!found.done) return words.finding(formatCount(found.count), Math.floor(found.share * 100));
  if (found.count === 0) return words.noMatch;
  const count = found.capped ? words.atLeast(formatCount(found.count)) : formatCount(found.count);
  return at < 0 ? words.matchCount(count) : words.matches(at + 1, count);
}
