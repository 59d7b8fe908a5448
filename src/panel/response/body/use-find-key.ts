import type { RefObject } from 'preact';
import { useEffect } from 'preact/hooks';

/**
 * Ctrl or Cmd with F, as long as the focus is inside an element. Taken in the capture phase and stopped there: Chrome's
 * DevTools would open its own search on a key that it sees.
 * @param onFind null leaves the key to the browser
 */
export function useFindKey(element: RefObject<HTMLElement | null>, onFind: (() => void) | null): void {
  useEffect(() => {
    if (onFind === null) return undefined;
    const onKeyDown = (event: KeyboardEvent): void => {
      const isFind =
        event.key.toLowerCase() === 'f' && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
      if (!isFind || !(event.target instanceof Node) || !element.current?.contains(event.target)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      onFind();
    };
    window.addEventListener('keydown', onKeyDown, { capture: true });
    return () => window.removeEventListener('keydown', onKeyDown, { capture: true });
  });
}
