/** What can be said of a case once it was sent. Bytes are strings of one character a byte (Latin-1). */

/** One request as the raw-socket server received it. */
export interface ReceivedFacts {
  method: string;
  target: string;
  fields: [name: string, value: string][];
  /** Without its framing. */
  body: string;
  /** A chunked body as it stood on the wire; '' for others. */
  chunked: string;
}

export interface HopFacts {
  status: number;
  reason: string;
  url: string;
}

export interface PreparedFacts {
  method: string;
  url: string;
  headers: [name: string, value: string][];
}

export interface CookieFacts {
  name: string;
  value: string;
  domain: string;
  path: string;
  secure: boolean;
  expires: boolean;
}

/** What a Response says. A sender leaves out what it cannot know; `Sender.blind` names that. */
export interface ResponseFacts extends HopFacts {
  ok: boolean;
  history: HopFacts[];
  headers: [name: string, value: string][];
  encoding: string | null;
  content: string;
  text: string;
  /** null when the body is JSON; else the name of what `json()` throws. */
  jsonError: string | null;
  /** The message of what `raise_for_status` throws. */
  statusError: string | null;
  isRedirect: boolean;
  isPermanentRedirect: boolean;
  links: Record<string, Record<string, string>>;
  /** Set when a redirect was not followed. */
  next: { method: string; url: string } | null;
  request: PreparedFacts;
}

export interface ErrorFacts {
  name: string;
  /** Of the response that the exception carries; left out by a sender that cannot see it. */
  status?: number | null;
}

/** The outcome of one step. */
export interface StepFacts {
  response: Partial<ResponseFacts> | null;
  error: ErrorFacts | null;
  /** The session's jar after the step, by domain, path and name; null where the sender cannot look into it. */
  jar: CookieFacts[] | null;
}

/** What a sender can tell of a case. */
export interface SentFacts {
  steps: StepFacts[];
}

export interface Facts extends SentFacts {
  received: ReceivedFacts[];
}
