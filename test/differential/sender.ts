import type { HeaderLine } from '../../src/http/types.ts';
import type { Case } from './case.ts';
import type { ResponseFacts, SentFacts } from './facts.ts';

export type SenderName = 'requests' | 'session' | 'chromium' | 'firefox';

/** Somebody who sends cases. Each case gets a session of its own. */
export interface Sender {
  readonly name: SenderName;
  /** Marks this sender's copies of the cases. */
  readonly letter: string;
  /** Fields that a request carries unless the case says otherwise. */
  readonly defaults: readonly HeaderLine[];
  /** What this sender cannot tell of a response. */
  readonly blind: ReadonlySet<keyof ResponseFacts>;
  /** Why this sender cannot be asked to send the (staged) case; null when it can. */
  refuses(c: Case): string | null;
  /** Sends a staged case. Never rejects for what a server or the engine does: that is in the facts. */
  send(c: Case): Promise<SentFacts>;
  close(): Promise<void>;
}
