import { Braces, CircleAlert, ExternalLink, RotateCw, ShieldQuestion, TriangleAlert } from 'lucide';
import type { ExchangeError } from '../../../model/exchange.ts';
import type { ExchangeSnapshot } from '../../state/exchange.ts';
import { strings } from '../../strings.ts';
import { Icon } from '../../widgets/icon.tsx';
import { useSecretMask } from '../secrets-context.ts';
import { certificateWords, remedyFor } from './remedy.ts';

const words = strings.response.failure;

export interface FailureActions {
  onResend?: (() => void) | undefined;
  onOpenSite?: ((url: string) => void) | undefined;
  onAskAccess?: ((url: string) => void) | undefined;
  onDefine?: ((variable: string) => void) | undefined;
}

interface FailureProps extends FailureActions {
  snapshot: ExchangeSnapshot;
  error: ExchangeError;
}

/** A failed exchange: what happened, what the browser calls it, and what to do about it. */
export function Failure({ snapshot, error, ...actions }: FailureProps) {
  // A check fails a response that came whole.
  const isWhole = snapshot.head === null || error.code === 'http' || error.code === 'response-lost';
  const title = isWhole ? words.title(error.name) : words.cutTitle(error.name);
  const certificate = certificateWords(error);
  const mask = useSecretMask();
  return (
    <section class="failure" aria-label={title}>
      <Icon of={CircleAlert} class="failure-icon" />
      <div class="failure-text">
        <p>{mask.text(error.message)}</p>
        {certificate !== null && <p>{certificate}</p>}
        <p class="failure-remedy">{remedyFor(error)}</p>
        {error.netError !== null && !error.message.includes(error.netError.replace(/^net::/, '')) && (
          <p class="failure-code">
            {words.browserSays} <code>{error.netError}</code>
          </p>
        )}
        <FailureButtons url={failedUrl(snapshot)} error={error} {...actions} />
      </div>
    </section>
  );
}

interface FailureButtonsProps extends FailureActions {
  url: string | null;
  error: ExchangeError;
}

function FailureButtons({ url, error, onResend, onOpenSite, onAskAccess, onDefine }: FailureButtonsProps) {
  const { variable } = error;
  const host = url === null ? '' : new URL(url).host;
  return (
    <div class="failure-actions">
      {error.code === 'ssl' && url !== null && onOpenSite && (
        <button type="button" class="button" title={words.openSiteHint(host)} onClick={() => onOpenSite(url)}>
          <Icon of={ExternalLink} size={12} /> {words.openSite}
        </button>
      )}
      {error.code === 'permission' && url !== null && onAskAccess && (
        <button type="button" class="button" title={words.askAccessHint(host)} onClick={() => onAskAccess(url)}>
          <Icon of={ShieldQuestion} size={12} /> {words.askAccess}
        </button>
      )}
      {variable !== undefined && onDefine && (
        <button type="button" class="button" title={words.defineHint} onClick={() => onDefine(variable)}>
          <Icon of={Braces} size={12} /> {words.define(variable)}
        </button>
      )}
      {error.code === 'outcome-unknown' && onResend && (
        <button type="button" class="button" title={words.resendHint} onClick={() => onResend()}>
          <Icon of={RotateCw} size={12} /> {words.resend}
        </button>
      )}
    </div>
  );
}

/** The URL of the hop that failed. */
function failedUrl({ hops, prepared }: ExchangeSnapshot): string | null {
  const url = hops.at(-1)?.request.url ?? prepared?.url;
  return url !== undefined && URL.canParse(url) ? url : null;
}

/** Warnings that stand for as long as the exchange is shown, like Requests' InsecureRequestWarning. */
export function Warnings({ warnings }: { warnings: readonly string[] }) {
  if (warnings.length === 0) return null;
  return (
    <ul class="warnings" aria-label={strings.response.warnings}>
      {warnings.map((warning) => (
        <li key={warning} class="warning">
          <Icon of={TriangleAlert} size={12} /> <span>{warning}</span>
        </li>
      ))}
    </ul>
  );
}
