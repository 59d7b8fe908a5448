import { Check, Copy, type IconNode } from 'lucide';
import { useEffect, useState } from 'preact/hooks';
import { strings } from '../strings.ts';

/** A text, or why there is none. */
export type CopySource = { readonly text: string } | { readonly problem: string };

export interface CopyState {
  /** What came of it, for a moment. */
  readonly message: { readonly text: string; readonly icon: IconNode } | null;
  readonly copy: (source: CopySource | Promise<CopySource>) => Promise<void>;
}

const words = strings.response;
const SHOWN_FOR = 2000;

/** Puts texts on the clipboard and says for a moment what came of it. */
export function useCopy(): CopyState {
  const [message, setMessage] = useState<CopyState['message']>(null);
  useEffect(() => {
    if (message === null) return undefined;
    const timer = setTimeout(() => setMessage(null), SHOWN_FOR);
    return () => clearTimeout(timer);
  }, [message]);
  return {
    message,
    async copy(source) {
      const found = await source;
      if ('problem' in found) {
        setMessage({ text: found.problem, icon: Copy });
        return;
      }
      const written = await navigator.clipboard.writeText(found.text).then(
        () => true,
        () => false,
      );
      setMessage(written ? { text: words.copied, icon: Check } : { text: words.copyFailed, icon: Copy });
    },
  };
}
