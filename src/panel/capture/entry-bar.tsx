import { formatBytes } from '../../inspect/format.ts';
import type { CapturedEntry } from '../../model/captured-entry.ts';
import { CopyButton } from '../response/copy-button.tsx';
import { useSecretMask } from '../response/secrets-context.ts';
import { strings } from '../strings.ts';
import { methodKind } from '../widgets/method-kind.ts';
import { verdictWords } from '../compare/verdict.ts';
import { copyText, type CaptureDesk, type Side } from './desk.ts';
import type { Replay } from './replays.ts';
import { responseLimits, type KeptBody } from './response-bodies.ts';

const words = strings.capture.bar;

interface EntryBarProps {
  desk: CaptureDesk;
  entry: CapturedEntry;
  kept: KeptBody;
  replay: Replay | null;
}

/** Which captured request is shown, what is known of it, and how its replay turned out. */
export function EntryBar({ desk, entry, kept, replay }: EntryBarProps) {
  const { method, kind, startedAt } = entry;
  const verdict = replay === null ? null : verdictWords(replay);
  const mask = useSecretMask();
  const url = mask.url(entry.url);
  const initiator = mask.url(entry.initiator);
  const masked: CapturedEntry = {
    ...entry,
    url,
    requestHeaders: entry.requestHeaders.map(([name, value]) => [name, mask.field(name, value)]),
  };
  return (
    <section class="entry-bar" aria-label={words.region}>
      <div class="entry-bar-line">
        <p class="entry-bar-request" title={`${method} ${url}`}>
          <span class="entry-method" data-method={methodKind(method)}>
            {method}
          </span>{' '}
          {url}
        </p>
        {replay !== null && <SideSwitch side={desk.side.value} onSwitch={(side) => (desk.side.value = side)} />}
      </div>
      <p class="entry-bar-facts">
        <span title={words.at(new Date(startedAt).toLocaleString())}>{new Date(startedAt).toLocaleTimeString()}</span>
        <span>{strings.capture.kinds[kind]}</span>
        {initiator !== '' && (
          <span class="entry-bar-initiator" title={`${words.initiator}: ${initiator}`}>
            {initiator}
          </span>
        )}
        <span class="entry-bar-copies" role="group" aria-label={words.copyAs}>
          <span aria-hidden="true">{words.copyAs}</span>
          {(['curl', 'raw'] as const).map((format) => (
            <CopyButton
              key={format}
              label={words.formats[format]}
              hint={words.copyAsHint(words.formats[format])}
              withLabel
              source={() => {
                const text = copyText([masked], format);
                return text === null ? { problem: words.copyIncomplete } : { text };
              }}
            />
          ))}
        </span>
      </p>
      <BodyFact desk={desk} entry={entry} />
      {entry.fromCache && <p class="entry-bar-note">{words.provisional}</p>}
      {desk.side.value === 'original' && <ResponseFact kept={kept} entry={entry} />}
      {verdict !== null && (
        <p class="entry-bar-verdict" data-tone={verdict.tone} aria-live="polite" title={verdict.text}>
          {verdict.text}
        </p>
      )}
    </section>
  );
}

function SideSwitch({ side, onSwitch }: { side: Side; onSwitch: (side: Side) => void }) {
  return (
    <div class="segments" role="group" aria-label={words.show}>
      {(['original', 'replay'] as const).map((each) => (
        <button
          key={each}
          type="button"
          class="segment"
          aria-pressed={side === each}
          title={words.show}
          onClick={() => onSwitch(each)}
        >
          {words[each]}
        </button>
      ))}
    </div>
  );
}

function BodyFact({ desk, entry: { body } }: { desk: CaptureDesk; entry: CapturedEntry }) {
  if (body.state === 'none') return null;
  if (body.state === 'exact') {
    const size = formatBytes(body.bytes.length);
    return <p class="entry-bar-note">{body.source === 'page' ? words.body.page(size) : words.body.exact(size)}</p>;
  }
  const { canRecord, recording } = desk.capture;
  const helps = canRecord && !recording.value && (body.gap === 'text-only' || body.gap === 'withheld');
  return (
    <p class="entry-bar-note" data-tone="warning">
      <strong>{words.body.incomplete}</strong> {words.body.gaps[body.gap]} {helps && words.body.recorderHelps}
    </p>
  );
}

function ResponseFact({ kept, entry }: { kept: KeptBody; entry: CapturedEntry }) {
  const hasNone = entry.status === 0 || entry.kind === 'websocket' || entry.sizes.content === 0;
  if (kept.state === 'kept' && !kept.isSure) return <p class="entry-bar-note">{words.responseUnsure}</p>;
  if (kept.state !== 'missing' || hasNone) return null;
  const text =
    kept.why === 'too-large'
      ? words.responseMissing['too-large'](formatBytes(responseLimits.each))
      : words.responseMissing[kept.why];
  return <p class="entry-bar-note">{text}</p>;
}
