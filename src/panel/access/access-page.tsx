import { useState } from 'preact/hooks';
import { strings } from '../strings.ts';

interface AccessPageProps {
  /** The URL whose host the extension wants to reach; from the address bar, so checked here. */
  url: string;
  ask: (origin: string) => Promise<boolean>;
  close: () => void;
}

/**
 * Asks for access to one host. Browsers let only a click in a tab of the extension do that (Firefox's panel has no
 * permissions API), so the panel opens this page.
 */
export function AccessPage({ url, ask, close }: AccessPageProps) {
  const [refused, setRefused] = useState(false);
  const words = strings.access;
  if (!/^https?:/i.test(url) || !URL.canParse(url)) return <p>{words.noUrl}</p>;
  const { protocol, hostname } = new URL(url);

  const answer = async (): Promise<void> => {
    const granted = await ask(`${protocol}//${hostname}/*`).catch(() => false);
    if (granted) close();
    else setRefused(true);
  };
  return (
    <>
      <h1>{words.title(hostname)}</h1>
      <p>{words.why}</p>
      <div class="actions">
        <button type="button" class="primary" onClick={() => void answer()}>
          {words.allow(hostname)}
        </button>
        <button type="button" onClick={close}>
          {words.notNow}
        </button>
      </div>
      <p role="status">{refused ? words.refused : ''}</p>
    </>
  );
}
