import { ChevronDown, ChevronRight, Trash2, TriangleAlert } from 'lucide';
import { useId } from 'preact/hooks';
import { formatDuration } from '../../inspect/format.ts';
import type { AdapterSettings } from '../../model/session.ts';
import { strings } from '../strings.ts';
import { SelectField, TextField } from '../widgets/fields.tsx';
import { IconButton } from '../widgets/icon-button.tsx';
import { Icon } from '../widgets/icon.tsx';
import { TimeLimitField } from './number-fields.tsx';
import { prefixWarning } from './prefix.ts';
import { RetryFields } from './retry-fields.tsx';

const words = strings.sessions;

interface AdapterItemProps {
  adapter: AdapterSettings;
  prefixes: readonly string[];
  /** One that every session has. */
  isBase: boolean;
  /** The URL of the open request gets it. */
  isMatch: boolean;
  /** What the session says. */
  verify: boolean;
  open: boolean;
  onOpen: (open: boolean) => void;
  onChange: (adapter: AdapterSettings) => void;
  onRemove: () => void;
}

/** One adapter: its prefix and the gist on a line, everything else behind it. */
export function AdapterItem(props: AdapterItemProps) {
  const { adapter, prefixes, isBase, isMatch, verify, open, onOpen, onChange, onRemove } = props;
  const id = useId();
  const { prefix, retry, timeout } = adapter;
  const warning = prefixWarning(prefix, prefixes);
  return (
    <li class="adapter" data-match={isMatch}>
      <div class="adapter-line">
        <button
          type="button"
          class="adapter-opener"
          aria-expanded={open}
          aria-controls={open ? id : undefined}
          title={words.showAdapter(prefix)}
          onClick={() => onOpen(!open)}
        >
          <Icon of={open ? ChevronDown : ChevronRight} size={12} />
          <code>{prefix}</code>
          <span class="adapter-gist">{gist(adapter)}</span>
        </button>
        {isMatch && (
          <span class="adapter-mark" title={words.matchHint}>
            {words.match}
          </span>
        )}
        {!isBase && <IconButton icon={Trash2} label={words.unmount(prefix)} onClick={onRemove} />}
      </div>
      {warning !== null && (
        <p class="field-note" data-tone="warning" role="note">
          <Icon of={TriangleAlert} size={12} /> {warning}
        </p>
      )}
      {open && (
        <div class="form-grid adapter-fields" id={id}>
          {!isBase && (
            <div class="adapter-prefix">
              <TextField
                label={words.prefix}
                value={prefix}
                onInput={(next) => onChange({ ...adapter, prefix: next })}
              />
            </div>
          )}
          <TimeLimitField
            label={strings.options.connectTimeout}
            value={timeout.connect}
            onChange={(connect) => onChange({ ...adapter, timeout: { ...timeout, connect } })}
          />
          <TimeLimitField
            label={strings.options.readTimeout}
            value={timeout.read}
            onChange={(read) => onChange({ ...adapter, timeout: { ...timeout, read } })}
          />
          <SelectField
            label={strings.options.verify}
            value={adapter.verify === null ? 'session' : adapter.verify ? 'on' : 'off'}
            options={[
              ['session', words.verifySession(verify)],
              ['on', words.verifyOn],
              ['off', words.verifyOff],
            ]}
            {...(adapter.verify === false ? { note: strings.options.verifyOffHint } : {})}
            onChange={(choice) => onChange({ ...adapter, verify: choice === 'session' ? null : choice === 'on' })}
          />
          <RetryFields retry={retry} onChange={(change) => onChange({ ...adapter, retry: { ...retry, ...change } })} />
        </div>
      )}
    </li>
  );
}

/** What an adapter does, in a few words. */
function gist({ retry, timeout, verify }: AdapterSettings): string {
  const { total, backoffFactor, statusForcelist } = retry;
  const said = [
    total === 0 || total === false ? words.noRetries : total === null ? words.anyRetries : words.retries(total),
    ...(backoffFactor > 0 ? [words.backoff(formatDuration(backoffFactor))] : []),
    ...(statusForcelist.length > 0 ? [words.onStatus(statusForcelist.join(', '))] : []),
    ...(timeout.connect === null ? [] : [words.connectLimit(formatDuration(timeout.connect))]),
    ...(timeout.read === null ? [] : [words.readLimit(formatDuration(timeout.read))]),
    ...(verify === false ? [words.notVerified] : []),
  ];
  return said.join(' · ');
}
