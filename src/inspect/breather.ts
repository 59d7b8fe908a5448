/** How long one may work without a break. Milliseconds. */
const STRETCH = 20;

/**
 * Gives what long work awaits between two steps: now and then it lets everything else in the same thread have its turn.
 * A message costs less than a timer, which browsers make wait for 4 ms.
 */
export function breather(): () => Promise<void> {
  let since = performance.now();
  return async () => {
    if (performance.now() - since < STRETCH) return;
    await new Promise<void>((resolve) => {
      const { port1, port2 } = new MessageChannel();
      port1.addEventListener('message', () => {
        port1.close();
        resolve();
      });
      port1.start();
      port2.postMessage(null);
    });
    since = performance.now();
  };
}
