import { boundaryOf, withBoundary } from '../../inspect/multipart.ts';
import type { CapturedBody } from '../../model/captured-entry.ts';
import type { RecordedBody, SeenBody } from '../inspected-network.ts';
import { agrees, equalBytes, type BodyCandidate, type BodyEvidence } from './request-body.ts';

/** Bytes of bodies that wait for their entry. The oldest go first: their requests never came to the log. */
const LIMIT = 64 * 1024 * 1024;

interface Witness {
  readonly key: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly source: 'wire' | 'page';
  /** Of a recorded multipart body: the boundary of that copy. */
  readonly boundary: string | null;
  shared: boolean;
}

/** What the wire and the page's recorder saw of request bodies, until the log tells which request each belongs to. */
export interface BodyWitnesses {
  seen(body: SeenBody): void;
  recorded(body: RecordedBody): void;
  /** What may belong to a request to that URL. */
  candidates(url: string, evidence: BodyEvidence): BodyCandidate[];
  /** A body was judged: what belonged to it belongs to no other. */
  settle(url: string, evidence: BodyEvidence, verdict: CapturedBody): void;
  clear(): void;
}

export function createBodyWitnesses(): BodyWitnesses {
  let waiting: Witness[] = [];
  let held = 0;

  function add(witness: Witness): void {
    waiting.push(witness);
    held += witness.bytes.length;
    while (held > LIMIT) held -= waiting.shift()?.bytes.length ?? held;
  }

  function take(witness: Witness | undefined): void {
    if (witness === undefined) return;
    held -= witness.bytes.length;
    waiting = waiting.filter((other) => other !== witness);
  }

  function matching(
    url: string,
    { method, contentType }: BodyEvidence,
  ): { witness: Witness; bytes: Uint8Array<ArrayBuffer> }[] {
    const key = keyOf(method, url);
    const boundary = boundaryOf(contentType);
    return waiting
      .filter((witness) => witness.key === key)
      .map((witness) => ({ witness, bytes: rewritten(witness, boundary) }));
  }

  return {
    seen: ({ method, url, bytes }) =>
      add({ key: keyOf(method, url), bytes, source: 'wire', boundary: null, shared: false }),
    recorded: ({ method, url, contentType, bytes }) =>
      add({ key: keyOf(method, url), bytes, source: 'page', boundary: boundaryOf(contentType), shared: false }),
    candidates: (url, evidence) =>
      matching(url, evidence).map(({ witness: { source, shared }, bytes }) => ({ bytes, source, shared })),
    settle(url, evidence, verdict) {
      const found = matching(url, evidence);
      if (verdict.state === 'exact') {
        for (const source of ['wire', 'page']) {
          take(
            found.find(({ witness, bytes }) => witness.source === source && equalBytes(bytes, verdict.bytes))?.witness,
          );
        }
      } else if (verdict.state === 'incomplete' && verdict.gap === 'ambiguous') {
        // One of them is this request's, and nobody knows which: the others are no proof for the next one either.
        const fitting = found.filter(({ bytes }) => agrees(bytes, evidence));
        for (const { witness } of fitting) witness.shared = true;
        take(fitting[0]?.witness);
      }
    },
    clear() {
      waiting = [];
      held = 0;
    },
  };
}

const keyOf = (method: string, url: string): string => `${method.toUpperCase()} ${url}`;

/** The browser draws a boundary for each use of a FormData: the copy has another than what was sent. */
function rewritten({ bytes, boundary }: Witness, sent: string | null): Uint8Array<ArrayBuffer> {
  if (boundary === null || sent === null) return bytes;
  return withBoundary(bytes, boundary, sent) ?? bytes;
}
