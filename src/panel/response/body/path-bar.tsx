import { Route } from 'lucide';
import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { isNodeRow } from '../../../inspect/body-view.ts';
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

/** Rows of a tree, and below them where the active one stands; from there its path and its value are copied. */
export function WithPath({ view, active, children }: WithPathProps) {
  const [at, setAt] = useState<{ readonly node: number; readonly path: string; readonly namespace: string } | null>(
    null,
  );
  const version = view.version.value;
  useEffect(() => {
    let wanted = true;
    const look = async (): Promise<void> => {
      const [row] = await view.rows(active, active + 1);
      if (!isNodeRow(row)) {
        if (wanted) setAt(null);
        return;
      }
      const { node, type } = row;
      const path = await view.describe(node, 'path');
      const namespace = type === 'xml' ? await view.describe(node, 'namespace') : '';
      if (wanted) setAt({ node, path, namespace });
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
        <span class="path-text" title={at === null ? undefined : `${at.path}\n${at.namespace}`.trim()}>
          {at?.path ?? ' '}
          {at !== null && at.namespace !== '' && <span class="path-namespace"> {at.namespace}</span>}
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
