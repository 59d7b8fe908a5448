import type { EchoServer, FieldLine } from '../../support/echo-server.ts';
import type { Workbench } from '../driver/types.ts';

interface RecordedHop {
  readonly method: string;
  readonly url: string;
  readonly sent: FieldLine[];
}

/** Runs in the background: every hop in the history with the fields that it claims to have sent, derived ones too. */
const RECORDED = `async () => {
  const asked = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  // Data keys are wrapped by the master, and that by a key of the device.
  const unwrapped = async ({ wrapped }) => {
    const panels = await asked(indexedDB.open('request-workbench-drafts'));
    const { key, wrapped: master } = await asked(panels.transaction('keys').objectStore('keys').get('master'));
    panels.close();
    const wrapping = { name: 'AES-KW', length: 256 };
    const by = await crypto.subtle.unwrapKey('raw', master, key, 'AES-KW', wrapping, false, ['unwrapKey']);
    return crypto.subtle.unwrapKey('raw', wrapped, by, 'AES-KW', 'AES-GCM', false, ['decrypt']);
  };
  // Opening a database that is not there yet would make an empty one.
  if (!(await indexedDB.databases()).some(({ name }) => name === 'request-workbench-sessions')) return [];
  const db = await asked(indexedDB.open('request-workbench-sessions'));
  try {
    const stores = db.transaction(['keys', 'exchanges']);
    const [record, stored] = await Promise.all([
      asked(stores.objectStore('keys').get('history')),
      asked(stores.objectStore('exchanges').getAll()),
    ]);
    if (stored.length === 0) return [];
    const key = await unwrapped(record);
    const hops = [];
    for (const { sealed } of stored) {
      const plain = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: sealed.iv }, key, sealed.data);
      for (const { request, sent, derived } of JSON.parse(new TextDecoder().decode(plain)).hops)
        if (sent !== null) hops.push({ method: request.method, url: request.url, sent: [...sent, ...derived] });
    }
    return hops;
  } finally {
    db.close();
  }
}`;

const asText = (fields: readonly FieldLine[]): string =>
  fields
    .map(([name, value]) => `${name.toLowerCase()}: ${value}`)
    .sort()
    .join('\n');

/**
 * Throws unless the server saw, of every hop that the history holds of it, just the fields that the hop claims: those
 * observed and those derived. Returns how many hops that were.
 */
export async function assertSentIsTrue(bench: Workbench, echo: EchoServer): Promise<number> {
  const hops = (await bench.evaluateInBackground<RecordedHop[]>(RECORDED)).filter(
    ({ url }) => new URL(url).origin === echo.origin,
  );
  const seen = new Map<string, number>();
  for (const fields of echo.everSeen) {
    const text = asText(fields);
    seen.set(text, (seen.get(text) ?? 0) + 1);
  }
  const untrue = hops.filter(({ sent }) => {
    const text = asText(sent);
    const left = seen.get(text) ?? 0;
    seen.set(text, left - 1);
    return left <= 0;
  });
  if (untrue.length > 0) {
    const shown = untrue.map(({ method, url, sent }) => `${method} ${url}\n${asText(sent)}`);
    throw new Error(`The server never saw what these hops claim to have sent:\n\n${shown.join('\n\n')}`);
  }
  return hops.length;
}
