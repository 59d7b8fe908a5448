import { strings } from '../strings.ts';
import { methodKind } from '../widgets/method-kind.ts';
import type { RowLabel } from './plan.ts';

const words = strings.batches;

/** Which request it is: its method and path, or of one that is varied the values. */
export function RequestCell({ label: { method, url, values }, withHost }: { label: RowLabel; withHost: boolean }) {
  if (values !== undefined) {
    const put = values.flatMap((value, at) => (value === null ? [] : [{ at, value }]));
    return (
      <span class="result-cell result-request" role="gridcell" title={put.map(({ value }) => value).join('\n')}>
        {put.length === 0 && <span class="result-baseline">{words.baseline}</span>}
        {put.map(({ at, value }) => (
          <span key={at} class="result-value">
            {values.length > 1 && <span class="result-place">{at + 1}: </span>}
            {value === '' ? <span class="result-place">{words.nothingPut}</span> : value}
          </span>
        ))}
      </span>
    );
  }
  const path = url.replace(/^[a-z]+:\/\/[^/?]*/i, '');
  const host = /^[a-z]+:\/\/([^/?]*)/i.exec(url)?.[1] ?? '';
  return (
    <span class="result-cell result-request" role="gridcell" title={`${method} ${url}`}>
      <span class="entry-method" data-method={methodKind(method)}>
        {method}
      </span>{' '}
      {path === '' ? '/' : path} {withHost && <span class="entry-host">{host}</span>}
    </span>
  );
}
