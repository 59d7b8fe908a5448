import { Filter, X } from 'lucide';
import { useEffect, useRef, useState } from 'preact/hooks';
import { formatCount } from '../../../inspect/format.ts';
import type { Filtered } from '../../../inspect/json-view.ts';
import { strings } from '../../strings.ts';
import { onEscape } from '../../widgets/escape.ts';
import { Icon } from '../../widgets/icon.tsx';
import { IconButton } from '../../widgets/icon-button.tsx';
import { useSettled } from '../../widgets/use-settled.ts';
import type { OpenView } from './open-view.ts';

interface FilterBarProps {
  view: OpenView;
  path: string;
  onPath: (path: string) => void;
  onClose: () => void;
}

const words = strings.responseBody;
/** A path is tried when one stops typing for so long. Milliseconds. */
const SETTLES = 300;

/** Leaves of a JSON body what a JSONPath (RFC 9535) finds. */
export function FilterBar({ view, path, onPath, onClose }: FilterBarProps) {
  const field = useRef<HTMLInputElement>(null);
  const [filtered, setFiltered] = useState<Filtered | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const settled = useSettled(path, SETTLES).trim();
  const isRead = view.state.value?.done ?? false;

  useEffect(() => field.current?.focus(), []);
  useEffect(
    () =>
      onEscape(() => {
        if (!field.current?.closest('.filter-bar')?.contains(document.activeElement)) return false;
        onClose();
        return true;
      }),
    [onClose],
  );

  useEffect(() => {
    let wanted = true;
    setFiltered(null);
    const apply = async (): Promise<void> => {
      const result = await view.filter(settled === '' ? null : settled);
      if (!wanted) return;
      setProblem(null);
      setFiltered(settled === '' ? null : result);
    };
    apply().catch((error: unknown) => {
      if (wanted) setProblem(error instanceof Error ? error.message : String(error));
    });
    return () => {
      wanted = false;
    };
  }, [view, settled]);
  useEffect(() => () => void view.filter(null).catch(() => null), [view]);

  return (
    <div class="find-bar filter-bar" role="group" aria-label={words.filter}>
      <Icon of={Filter} size={12} />
      <input
        ref={field}
        type="text"
        class="text-input"
        aria-label={words.jsonPath}
        aria-invalid={problem !== null ? true : undefined}
        placeholder={words.jsonPathExample}
        value={path}
        spellcheck={false}
        autocomplete="off"
        autocapitalize="off"
        onInput={(event) => onPath(event.currentTarget.value)}
      />
      <span
        class="find-count"
        aria-live="polite"
        data-wrong={problem !== null || undefined}
        title={problem ?? undefined}
      >
        {settled === '' ? '' : (problem ?? countWords(filtered, isRead))}
      </span>
      <IconButton icon={X} label={words.closeFilter} hint={`${words.closeFilter} (Esc)`} onClick={onClose} />
    </div>
  );
}

function countWords(filtered: Filtered | null, isRead: boolean): string {
  if (filtered === null) return isRead ? '' : words.filterWaits;
  const { found, shown } = filtered;
  if (found === 0) return words.filterNone;
  return shown < found
    ? words.filterPart(formatCount(shown), formatCount(found))
    : words.filterFound(formatCount(found), found === 1);
}
