import * as v from 'valibot';
import { ABORT, carriedHopSchema, type CarriedAnswer, type CarriedHop } from '../protocol/carried-hop.ts';

/** Carries hops for the background's service worker; the only one who can reach this page's message event. */
navigator.serviceWorker.addEventListener('message', (event) => {
  const [port] = event.ports;
  const hop = v.safeParse(carriedHopSchema, event.data);
  if (port !== undefined && hop.success) void carry(hop.output, port);
});
navigator.serviceWorker.startMessages();

async function carry(hop: CarriedHop, port: MessagePort): Promise<void> {
  const controller = new AbortController();
  port.addEventListener('message', ({ data }) => {
    if (data === ABORT) controller.abort();
  });
  port.start();
  const answer = await perform(hop, controller.signal);
  port.postMessage(answer, answer.type === 'answer' && answer.body !== null ? [answer.body] : []);
}

async function perform(hop: CarriedHop, signal: AbortSignal): Promise<CarriedAnswer> {
  try {
    const response = await fetch(hop.url, {
      method: hop.method,
      headers: hop.headers,
      body: hop.body,
      redirect: 'manual',
      credentials: 'omit',
      cache: hop.cache,
      referrerPolicy: 'no-referrer',
      signal,
    });
    return {
      type: 'answer',
      status: response.status,
      statusText: response.statusText,
      hidden: response.type === 'opaqueredirect',
      headers: [...response.headers],
      body: response.body,
    };
  } catch (error) {
    return { type: 'failed', message: String(error) };
  }
}
