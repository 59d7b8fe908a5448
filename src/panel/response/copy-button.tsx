import { Check, Copy, type IconNode } from 'lucide';
import { useEffect, useState } from 'preact/hooks';
import { strings } from '../strings.ts';
import { Icon } from '../widgets/icon.tsx';

interface CopyButtonProps {
  label: string;
  hint: string;
  /** Shows the label beside the icon. */
  withLabel?: boolean;
  source: () => CopySource | Promise<CopySource>;
}

/** A text, or why there is none. */
export type CopySource = { readonly text: string } | { readonly problem: string };

const words = strings.response.body;
const SHOWN_FOR = 2000;

/** Copies a text and says so for a moment. */
export function CopyButton({ label, hint, withLabel, source }: CopyButtonProps) {
  const [message, setMessage] = useState<{ readonly text: string; readonly icon: IconNode } | null>(null);
  useEffect(() => {
    if (message === null) return undefined;
    const timer = setTimeout(() => setMessage(null), SHOWN_FOR);
    return () => clearTimeout(timer);
  }, [message]);

  async function copy(): Promise<void> {
    const found = await source();
    if ('problem' in found) {
      setMessage({ text: found.problem, icon: Copy });
      return;
    }
    const written = await navigator.clipboard.writeText(found.text).then(
      () => true,
      () => false,
    );
    setMessage(written ? { text: words.copied, icon: Check } : { text: words.copyFailed, icon: Copy });
  }

  return (
    <span class="copy">
      <button
        type="button"
        class={withLabel === true ? 'text-button' : 'icon-button'}
        aria-label={label}
        title={hint}
        onClick={() => void copy()}
      >
        <Icon of={message?.icon ?? Copy} size={withLabel === true ? 12 : 14} />
        {withLabel === true && ` ${label}`}
      </button>
      <span class="copy-message" aria-live="polite">
        {message?.text}
      </span>
    </span>
  );
}
