/**
 * Who answers Esc. DevTools opens its drawer (Chrome) or the split console (Firefox) on an Esc that it sees, so Esc is
 * taken in the capture phase and stopped there; preventing its default as well would have the opposite effect.
 */
type EscapeHandler = () => boolean;

const handlers: EscapeHandler[] = [];

/** The latest handler is asked first; one that returns true has used the key. Returns what takes it off again. */
export function onEscape(handler: EscapeHandler): () => void {
  handlers.push(handler);
  return () => {
    const at = handlers.lastIndexOf(handler);
    if (at !== -1) handlers.splice(at, 1);
  };
}

/** Answers Esc for a whole window; to be called once. */
export function listenForEscape(target: EventTarget): () => void {
  const listener = (event: Event): void => {
    if (!(event instanceof KeyboardEvent) || event.key !== 'Escape' || event.isComposing) return;
    if (handlers.toReversed().some((handler) => handler())) event.stopImmediatePropagation();
  };
  target.addEventListener('keydown', listener, { capture: true });
  return () => target.removeEventListener('keydown', listener, { capture: true });
}
