/** Waiting inside the page: for what changes the page, not for time. */

import { LookupError } from './find.ts';

/** The fallback for changes that no observer tells of (a property of an element, a layout). */
const POLL = 50;
const EVENTS = [
  'input',
  'change',
  'focusin',
  'focusout',
  'toggle',
  'transitionend',
  'animationend',
  'resize',
  'scroll',
];

/**
 * Calls `check` on every change of the page until it gives something else than undefined, and gives that.
 * A LookupError counts as "not yet"; other errors end the wait. Throws after `timeout` ms, saying what was last seen.
 */
export function until<T>(check: () => T | undefined, timeout: number, lastSeen: () => string): Promise<T> {
  return new Promise((resolve, reject) => {
    const began = performance.now();
    let missing = '';

    const attempt = (): boolean => {
      try {
        const result = check();
        missing = '';
        if (result === undefined) return false;
        finish(() => resolve(result));
      } catch (error) {
        if (error instanceof LookupError) {
          missing = error.message;
          return false;
        }
        finish(() => reject(error instanceof Error ? error : new Error(String(error))));
      }
      return true;
    };
    const finish = (settle: () => void): void => {
      observer.disconnect();
      clearInterval(poll);
      for (const type of EVENTS) removeEventListener(type, attempt, true);
      settle();
    };

    const observer = new MutationObserver(attempt);
    const poll = setInterval(() => {
      if (attempt() || performance.now() - began < timeout) return;
      const seen = missing || lastSeen();
      finish(() => reject(new Error(`${seen} (waited ${timeout} ms)`)));
    }, POLL);
    observer.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
    for (const type of EVENTS) addEventListener(type, attempt, true);
    attempt();
  });
}
