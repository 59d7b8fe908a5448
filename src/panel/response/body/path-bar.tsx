import { Route } from 'lucide';
import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { COPY_LIMITS } from '../../../inspect/body-copy.ts';
import { formatBytes } from '../../../inspect/format.ts';
import { strings } from '../../strings.ts';
import { Icon } from '../../widgets/icon.tsx';
import { CopyButton } from '../copy-button.tsx';
import type { CopySource } from '../use-copy.ts';
import type { OpenView } from './open-view.ts';

interface WithPathProps {
  view: OpenView;
  /** Index of the row that is active. */
  active: number;
  /** The rows. */
  children: ComponentChildren;
}

const words = strings.responseBody;

/** Rows of JSON, and below them where the active one stands; from there its path and its value are copied. */
export function WithPath({ view, active, children }: WithPathProps) {
  const [at, setAt] = useState<{ readonly node: number; readonly path: string } | null>(null);
  const version = view.version.value;
  useEffect(() => {
    let wanted = true;
    const look = async (): Promise<void> => {
      const [row] = await view.rows(active, active + 1);
      const path = row?.type === 'json' ? await view.describe(row.node, 'path') : null;
      if (wanted) setAt(row?.type === 'json' && path !== null ? { node: row.node, path } : null);
    };
    look().catch(() => setAt(null));
    return () => {
      wanted = false;
    };
  }, [view, active, version]);

  async function value(): Promise<CopySource> {
    const text = at === null ? '' : await view.describe(at.node, 'text');
    if (text.length > COPY_LIMITS.text) return { problem: words.copyTooBig(formatBytes(COPY_LIMITS.text)) };
    return { text };
  }

  return (
    <div class="json-with-path">
      <div class="json-pane">{children}</div>
      <div class="path-bar" role="group" aria-label={words.place}>
        <Icon of={Route} size={12} />
        <span class="path-text" title={at?.path}>
          {at?.path ?? ' '}
        </span>
        <CopyButton
          label={words.copyPath}
          hint={words.copyPathHint}
          withLabel
          source={() => ({ text: at?.path ?? '' })}
        />
        <CopyButton label={words.copyValue} hint={words.copyValueHint} withLabel source={value} />
      </div>
    </div>
  );
}
