import type { Body, Capability, HeaderLine, Transport, WireRequest, WireResponse } from '../../src/http/types.ts';

/** What a script says to one hop: an answer, an exception to reject with, or a function of the request. */
export type Step =
  | ScriptedAnswer
  | Error
  | ((w: WireRequest, signal: AbortSignal) => WireResponse | ScriptedAnswer | Promise<WireResponse | ScriptedAnswer>);

export interface ScriptedAnswer {
  status?: number;
  reason?: string;
  headers?: readonly HeaderLine[];
  /** Text, bytes, pieces, or a stream as it is. */
  body?: string | Uint8Array | readonly (string | Uint8Array)[] | ReadableStream<Uint8Array> | null;
  bodyUnavailable?: boolean;
}

/** A transport that answers by a script and keeps what it was given. Past the end of the script it says 200. */
export class ScriptedTransport implements Transport {
  readonly capabilities: ReadonlySet<Capability>;
  readonly sent: WireRequest[] = [];
  readonly #next: Iterator<Step>;

  constructor(script: Iterable<Step> = [], capabilities: readonly Capability[] = []) {
    this.#next = script[Symbol.iterator]();
    this.capabilities = new Set(capabilities);
  }

  plan(): readonly [] {
    return [];
  }

  async exchange(w: WireRequest, signal: AbortSignal): Promise<WireResponse> {
    signal.throwIfAborted();
    this.sent.push(w);
    const { done, value } = this.#next.next();
    const step: Step = done === true ? {} : value;
    if (step instanceof Error) throw step;
    return wireResponse(typeof step === 'function' ? await step(w, signal) : step);
  }
}

function wireResponse(answer: ScriptedAnswer | WireResponse): WireResponse {
  const { status = 200, reason = '', headers = [], body = null, ...rest } = answer;
  return { ...rest, status, reason, headers, body: streamOf(body) };
}

function streamOf(body: ScriptedAnswer['body']): ReadableStream<Uint8Array> | null {
  if (body === null || body === undefined || body instanceof ReadableStream) return body ?? null;
  const pieces = typeof body === 'string' || body instanceof Uint8Array ? [body] : body;
  return new ReadableStream({
    start(controller) {
      for (const piece of pieces)
        controller.enqueue(typeof piece === 'string' ? new TextEncoder().encode(piece) : piece);
      controller.close();
    },
  });
}

/** The bytes of a body that was handed to a transport. */
export async function bytesOf(body: Body): Promise<Uint8Array | null> {
  switch (body.kind) {
    case 'none':
      return null;
    case 'bytes':
      return body.bytes;
    case 'blob':
      return new Uint8Array(await body.blob.arrayBuffer());
    case 'stream':
      return new Uint8Array(await new Response(body.open()).arrayBuffer());
  }
}
