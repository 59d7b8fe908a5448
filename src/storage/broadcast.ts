/** Tells every other page of the extension; the channel is opened for this alone, so that it keeps nobody alive. */
export function broadcast(name: string, message: unknown): void {
  const channel = new BroadcastChannel(name);
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- the rule takes it for a window: a BroadcastChannel has no target origin
  channel.postMessage(message);
  channel.close();
}
