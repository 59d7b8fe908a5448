import { render } from 'preact';
import { findVariable, type VariableScope } from '../../variables/scopes.ts';
import { mayHoldTokens, parseTemplate } from '../../variables/template.ts';
import { strings } from '../strings.ts';
import { onEscape } from '../widgets/escape.ts';
import { caretPlace } from './caret-place.ts';
import { begunToken, shownValue, suggest, type Begun, type Suggestion } from './suggestions.ts';

const words = strings.tokens;
type Field = HTMLInputElement | HTMLTextAreaElement;
const LIST = 'token-suggestions';
const TIP = 'token-tip';

/** The field of an event, where tokens may be typed. */
function fieldOf(target: EventTarget | null): Field | null {
  const isField = target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;
  return isField && target.dataset['tokens'] !== undefined ? target : null;
}

/**
 * Helps with tokens in every field that is marked with `data-tokens`: offers names after `{{`, and tells what the tokens of
 * a field stand for while the pointer is over it or the caret in one. Whatever is shown stands in the dialog of the field,
 * for all else is inert while one is open.
 * @returns what stops it
 */
export function startTokenAssist(root: Document, scopes: () => readonly VariableScope[]): () => void {
  const host = root.createElement('div');
  host.className = 'token-host';
  let open: { field: Field; begun: Begun; options: readonly Suggestion[]; active: number } | null = null;
  let stopEscape: (() => void) | null = null;
  const listening = new AbortController();
  const capture = { capture: true, signal: listening.signal };

  function mount(field: Field): void {
    const parent = field.closest('dialog') ?? root.querySelector('main') ?? root.body;
    if (host.parentElement !== parent) parent.append(host);
  }

  function close(): void {
    stopEscape?.();
    stopEscape = null;
    if (open !== null) {
      for (const name of ['aria-controls', 'aria-activedescendant', 'aria-autocomplete', 'aria-haspopup']) {
        open.field.removeAttribute(name);
      }
    }
    open = null;
    render(null, host);
  }

  function show(field: Field): void {
    const caret = field.selectionStart ?? 0;
    const begun = begunToken(field.value, caret);
    const options = begun === null ? [] : suggest(scopes(), begun.typed, words.dynamic);
    if (begun === null || options.length === 0) {
      close();
      return;
    }
    mount(field);
    open = { field, begun, options, active: 0 };
    field.setAttribute('aria-autocomplete', 'list');
    field.setAttribute('aria-haspopup', 'listbox');
    field.setAttribute('aria-controls', LIST);
    stopEscape ??= onEscape(() => {
      close();
      return true;
    });
    draw();
  }

  function draw(): void {
    if (open === null) return;
    const { field, begun, options, active } = open;
    field.setAttribute('aria-activedescendant', `${LIST}-${active}`);
    render(
      <ul
        class="token-list"
        role="listbox"
        id={LIST}
        aria-label={words.list}
        style={placed(caretPlace(field, begun.start))}
      >
        {options.map((option, index) => (
          <li
            key={option.name}
            id={`${LIST}-${index}`}
            class="token-option"
            role="option"
            aria-selected={index === active}
            // Pressing must not take the focus away from the field.
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => choose(index)}
          >
            <code>{option.name}</code>
            <span class="token-option-value">{option.value}</span>
            <span class="dim">{option.origin}</span>
          </li>
        ))}
      </ul>,
      host,
    );
    host.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }

  function choose(index: number): void {
    const option = open?.options[index];
    if (open === null || option === undefined) return;
    const { field, begun } = open;
    close();
    const caret = field.selectionStart ?? 0;
    const closes = /^\s*\}\}/.exec(field.value.slice(caret))?.[0] ?? '';
    field.focus();
    field.setSelectionRange(begun.start, caret + closes.length);
    // Deprecated without a successor that keeps undo: https://github.com/w3c/editing/issues/200
    root.execCommand('insertText', false, `{{${option.name}}}`);
    const space = option.name.indexOf(' ');
    if (space > 0) field.setSelectionRange(begun.start + 3 + space, begun.start + 2 + option.name.length);
    close();
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (open === null || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const count = open.options.length;
    if (event.key === 'ArrowDown') open.active = (open.active + 1) % count;
    else if (event.key === 'ArrowUp') open.active = (open.active + count - 1) % count;
    else if (event.key === 'Enter' || event.key === 'Tab') choose(open.active);
    else return;
    event.preventDefault();
    event.stopImmediatePropagation();
    draw();
  }

  /** @param at only the token in which this offset lies; null for all */
  function tell(field: Field, at: number | null): void {
    if (open !== null) return;
    const tokens = mayHoldTokens(field.value)
      ? parseTemplate(field.value).filter(
          (piece) => piece.kind !== 'text' && (at === null || (piece.start < at && at < piece.end)),
        )
      : [];
    const first = tokens[0];
    if (first === undefined) {
      render(null, host);
      return;
    }
    mount(field);
    const known = scopes();
    render(
      <div class="token-tip" role="tooltip" id={TIP} style={placed(caretPlace(field, first.start))}>
        {tokens.slice(0, 12).map((token) => {
          const raw = field.value.slice(token.start, token.end);
          const found = token.kind === 'variable' ? findVariable(known, token.name) : null;
          const value = found === null ? '' : shownValue(found.variable);
          return (
            <div key={token.start} data-unknown={token.kind === 'variable' && found === null}>
              <code>{raw}</code>{' '}
              {token.kind === 'dynamic'
                ? words.fresh
                : found === null
                  ? words.unknown
                  : value === ''
                    ? words.empty
                    : value}{' '}
              {found !== null && <span class="dim">{found.scope.label}</span>}
            </div>
          );
        })}
      </div>,
      host,
    );
  }

  function hide(): void {
    if (open === null) render(null, host);
  }

  root.addEventListener(
    'input',
    ({ target }) => {
      const field = fieldOf(target);
      if (field !== null) show(field);
    },
    capture,
  );
  root.addEventListener('keydown', onKeyDown, capture);
  root.addEventListener('focusout', close, capture);
  root.addEventListener(
    'scroll',
    ({ target }) => {
      if (!(target instanceof Node)) return;
      // What scrolls elsewhere moves no field, and a field scrolls with what is typed in it.
      const moves =
        open === null
          ? !host.contains(target) && fieldOf(target) === null
          : target !== open.field && target.contains(open.field);
      if (moves) close();
    },
    capture,
  );
  root.addEventListener(
    'mouseover',
    ({ target }) => {
      const field = fieldOf(target);
      if (field === null) hide();
      else tell(field, null);
    },
    capture,
  );
  root.addEventListener(
    'selectionchange',
    () => {
      const field = fieldOf(root.activeElement);
      if (field !== null && field.selectionStart === field.selectionEnd) tell(field, field.selectionStart);
    },
    capture,
  );
  return () => {
    listening.abort();
    close();
    host.remove();
  };
}

/** Under the line where there is room, else above it. */
function placed({ left, top, bottom }: ReturnType<typeof caretPlace>): Record<string, string> {
  const across = `min(${Math.round(left)}px, calc(100vw - 268px))`;
  const below = innerHeight - bottom;
  return below > 180 || below > top
    ? {
        left: `max(4px, ${across})`,
        top: `${Math.round(bottom + 2)}px`,
        maxHeight: `${Math.round(Math.min(below - 8, 240))}px`,
      }
    : {
        left: `max(4px, ${across})`,
        bottom: `${Math.round(innerHeight - top + 2)}px`,
        maxHeight: `${Math.round(Math.min(top - 8, 240))}px`,
      };
}
