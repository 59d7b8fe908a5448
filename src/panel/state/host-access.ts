import { signal, type ReadonlySignal } from '@preact/signals';

/** Whether the browser lets the extension reach the draft's host. */
export interface HostAccess {
  /** The origin that is withheld, or null: granted, or not known. */
  readonly withheld: ReadonlySignal<string | null>;
  /** Looks again. `url` is the prepared request's, or null when there is none. */
  check(url: string | null): void;
  /** Opens what the browser needs to ask its user. */
  ask(url: string): void;
}

interface AccessSource {
  access: (url: string) => Promise<boolean>;
  askAccess: (url: string) => Promise<boolean>;
}

export function createHostAccess({ access, askAccess }: AccessSource): HostAccess {
  const withheld = signal<string | null>(null);
  let latest = 0;

  async function settle(url: string, answer: Promise<boolean>): Promise<void> {
    const mine = ++latest;
    // Without an answer it is not known: the exchange itself will tell.
    const granted = await answer.catch(() => null);
    if (mine === latest && granted !== null) withheld.value = granted ? null : new URL(url).origin;
  }

  return {
    withheld,
    check(url) {
      if (url !== null && URL.canParse(url)) void settle(url, access(url));
      else {
        latest++;
        withheld.value = null;
      }
    },
    ask(url) {
      if (URL.canParse(url)) void settle(url, askAccess(url));
    },
  };
}
