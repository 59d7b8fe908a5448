import browser from 'webextension-polyfill';

/**
 * Both browsers unload an idle background after 30 s, even with a Port open and a fetch pending. Any extension API
 * call resets that clock, so one is made every 20 s for as long as something is held.
 */
const INTERVAL = 20_000;

let held = 0;
let timer: ReturnType<typeof setInterval> | null = null;

/** Keeps the background loaded until the returned function is called (further calls do nothing). */
export function keepAlive(): () => void {
  held += 1;
  timer ??= setInterval(() => void browser.runtime.getPlatformInfo(), INTERVAL);
  let released = false;
  return () => {
    if (released) return;
    released = true;
    held -= 1;
    if (held === 0 && timer !== null) {
      clearInterval(timer);
      timer = null;
    }
  };
}
