import { searchPattern } from '../../inspect/pattern-search.ts';
import type { PatternReply, PatternRequest } from './pattern-messages.ts';

/** Runs one regular expression over one body. A pattern can take for ever: whoever started this worker ends it. */
function reply(message: PatternReply): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker's postMessage has no target
  self.postMessage(message);
}

async function run({ blob, query }: PatternRequest): Promise<void> {
  const onPhase = (op: 'reading' | 'running'): void => reply({ op });
  for await (const batch of searchPattern(blob, query, { onPhase })) reply({ op: 'batch', batch });
  reply({ op: 'done' });
}

self.addEventListener('message', (event: MessageEvent<PatternRequest>) => {
  run(event.data).catch((error: unknown) =>
    reply({ op: 'failed', message: error instanceof Error ? error.message : String(error) }),
  );
});
