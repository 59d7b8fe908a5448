import { useRef, useState } from 'preact/hooks';
import { notesAbout } from '../state/plan.ts';
import type { Workbench } from '../state/workbench.ts';
import { strings } from '../strings.ts';
import { TokenMarks, useTokenField } from '../tokens/token-marks.tsx';
import { Combobox } from '../widgets/combobox.tsx';
import { PlanNotes } from './plan-notes.tsx';

const words = strings.requestLine;
/** The seven of the guide; any other token may be typed. */
const METHODS = ['GET', 'POST', 'PUT', 'DELETE', 'HEAD', 'PATCH', 'OPTIONS'];

/** What a method may do to the resource (RFC 9110 section 9.2.1), which is what its colour says. */
function kindOf(method: string): 'safe' | 'write' | 'delete' | 'other' {
  const name = method.toUpperCase();
  if (['GET', 'HEAD', 'OPTIONS'].includes(name)) return 'safe';
  if (['POST', 'PUT', 'PATCH'].includes(name)) return 'write';
  return name === 'DELETE' ? 'delete' : 'other';
}

interface RequestLineProps {
  workbench: Workbench;
  /** How the shortcut for sending is written here. */
  sendKey: string;
  onSend: () => void;
}

/** Method, URL and the button that sends; under it, what stands in the way of sending. */
export function RequestLine({ workbench, sendKey, onSend }: RequestLineProps) {
  const { drafts, running, preview } = workbench;
  const { method, url } = drafts.draft.value;
  // What is wrong with a URL is not told to somebody in the middle of typing it.
  const [judged, setJudged] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const { error, plan } = preview.value;
  const about = [...notesAbout(plan, ':method'), ...notesAbout(plan, ':url')];
  const inFlight = running.value;

  return (
    <div class="request-line" role="group" aria-label={words.group}>
      <div class="request-line-row">
        <div class="request-line-box">
          <Combobox
            class={`method method-${kindOf(method)}`}
            label={words.method}
            listLabel={words.methodList}
            hint={words.methodHint}
            value={method}
            options={METHODS}
            onChange={(value) => drafts.setMethod(value)}
          />
          <input
            ref={field}
            {...useTokenField()}
            class="url"
            type="text"
            inputMode="url"
            aria-label={words.url}
            placeholder={words.urlPlaceholder}
            spellcheck={false}
            autocomplete="off"
            autocapitalize="off"
            value={url}
            onInput={(event) => {
              setJudged(false);
              drafts.setUrl(event.currentTarget.value);
            }}
            onBlur={(event) => {
              setJudged(true);
              // Firefox would go on showing the end.
              event.currentTarget.scrollLeft = 0;
            }}
            onKeyDown={(event) => {
              if (event.key !== 'Enter' || event.isComposing) return;
              setJudged(true);
              onSend();
            }}
          />
          <TokenMarks field={field} value={url} />
        </div>
        <button
          type="button"
          class="send"
          data-running={inFlight}
          title={inFlight ? words.cancelHint : words.sendHint(sendKey)}
          onClick={(event) => {
            // The second half of a double click would cancel what the first half sent.
            if (!inFlight) onSend();
            else if (event.detail < 2) workbench.cancel();
          }}
        >
          {inFlight ? words.cancel : words.send}
        </button>
      </div>
      <PlanNotes notes={about} />
      {judged && error !== null && (
        <p class="request-line-problem">
          <strong>{error.name}</strong> {error.message}
        </p>
      )}
      <Access workbench={workbench} />
    </div>
  );
}

function Access({ workbench: { access, preview } }: { workbench: Workbench }) {
  const origin = access.withheld.value;
  const url = preview.value.prepared?.url;
  if (origin === null || url === undefined) return null;
  return (
    <p class="request-line-problem">
      {words.access(origin)}{' '}
      <button type="button" class="link-button" onClick={() => access.ask(url)}>
        {words.askAccess}
      </button>
    </p>
  );
}
