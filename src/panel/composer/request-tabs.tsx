import { Plus, Redo2, RotateCcw, Undo2, X } from 'lucide';
import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import { maskUrl } from '../../model/secrets.ts';
import type { OpenRequest, OpenRequests } from '../state/open-requests.ts';
import { strings } from '../strings.ts';
import { IconButton } from '../widgets/icon-button.tsx';
import { TabList } from '../widgets/tabs.tsx';

const words = strings.requestTabs;

/** Ties the tabs to the panel that is the request side. */
export const REQUESTS = 'requests';

interface RequestTabsProps {
  requests: OpenRequests;
  isMac: boolean;
  /** Stands at the end. */
  children?: ComponentChildren;
}

/** The requests that are open, each behind its tab, and what concerns a whole request. */
export function RequestTabs({ requests, isMac, children }: RequestTabsProps) {
  const active = requests.active.value;
  const { undo } = active;
  useUndoKeys(requests);
  const key = isMac ? '⌘Z' : 'Ctrl+Z';
  const redoKey = isMac ? '⇧⌘Z' : 'Ctrl+Shift+Z';
  return (
    <div
      class="tab-bar request-tabs"
      // The middle button closes, as it does with the browser's own tabs.
      onAuxClick={(event) => {
        const tab = event.target instanceof Element ? event.target.closest('[role="tab"]') : null;
        const request = requests.all.value.find((other) => tab?.id === `${REQUESTS}-tab-${other.tab}`);
        if (event.button === 1 && request !== undefined) requests.close(request.tab);
      }}
      onKeyDown={(event) => {
        const isTab = event.target instanceof Element && event.target.matches('[role="tab"]');
        if (!isTab || event.key !== 'Delete') return;
        event.preventDefault();
        requests.close(active.tab);
      }}
    >
      <TabList
        label={words.list}
        name={REQUESTS}
        items={requests.all.value.map((request) => ({
          id: request.tab,
          label: labelOf(request),
          hint: hintOf(request),
          ...(isChanged(request) && { mark: <span class="tab-dot" /> }),
        }))}
        selected={active.tab}
        onSelect={(tab) => requests.select(tab)}
      />
      <div class="request-tools">
        <IconButton icon={X} label={words.close} hint={words.closeHint} onClick={() => requests.close(active.tab)} />
        <IconButton icon={Plus} label={words.open} onClick={() => requests.open()} />
        <IconButton
          icon={RotateCcw}
          label={words.reopen}
          hint={words.reopenHint}
          disabled={requests.closed.value.length === 0}
          onClick={() => requests.reopen()}
        />
        <span class="request-tools-gap" />
        <IconButton
          icon={Undo2}
          label={words.undo}
          hint={words.undoHint(key)}
          disabled={!undo.canUndo.value}
          onClick={() => undo.undo()}
        />
        <IconButton
          icon={Redo2}
          label={words.redo}
          hint={words.redoHint(redoKey)}
          disabled={!undo.canRedo.value}
          onClick={() => undo.redo()}
        />
        {children}
      </div>
    </div>
  );
}

/** Whether it is saved in a collection, and not as it stands now. */
function isChanged({ saved, drafts }: OpenRequest): boolean {
  return saved.value !== null && !saved.value.isSame(drafts.draft.value);
}

/** A short name for a request: its method, and its name or the path or the host of its URL. */
function labelOf({ drafts, saved }: OpenRequest): string {
  const { method, url } = drafts.draft.value;
  if (saved.value !== null) return `${method} ${saved.value.name}`;
  if (url.trim() === '') return words.untitled;
  const [, host = '', path = ''] = /^(?:[a-z][a-z\d+.-]*:\/\/)?(?:[^/?#@]*@)?([^/?#]*)([^?#]*)/i.exec(url) ?? [];
  return `${method} ${path.length > 1 ? path : host || url}`;
}

function hintOf(request: OpenRequest): string {
  const { method, url } = request.drafts.draft.value;
  const about = `${method} ${maskUrl(url)}`.trim();
  return isChanged(request) ? `${about}\n${words.unsaved}` : about;
}

/**
 * Undo and redo for the whole request. A field's own history knows nothing of the others, and loses itself whenever its
 * text is set from outside.
 */
function useUndoKeys(requests: OpenRequests): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      const isRequest = event.target instanceof Element && event.target.closest('.request-side') !== null;
      if (!isRequest || !(event.ctrlKey || event.metaKey) || event.altKey || event.isComposing) return;
      const key = event.key.toLowerCase();
      const { undo } = requests.active.peek();
      if (key === 'z' && !event.shiftKey) undo.undo();
      else if (key === 'y' || (key === 'z' && event.shiftKey)) undo.redo();
      else return;
      event.preventDefault();
      event.stopPropagation();
    };
    window.addEventListener('keydown', onKeyDown, { capture: true });
    return () => window.removeEventListener('keydown', onKeyDown, { capture: true });
  }, [requests]);
}
