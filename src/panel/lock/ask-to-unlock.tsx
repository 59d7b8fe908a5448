import { render } from 'preact';
import { standardSettings } from '../../model/settings.ts';
import { hearUnlocked, lockState, unlock } from '../../storage/passphrase.ts';
import { readSettings } from '../../storage/settings.ts';

/** `open`: everything can be read. `sealed`: the person goes on without. */
export type Unlocked = 'open' | 'sealed';

/**
 * Asks for the passphrase where there is one that was not entered yet. Resolves at once where there is none.
 * @param erase for who has forgotten it; the page is loaded anew after it
 */
export async function askToUnlock(root: Element, erase: () => Promise<void>): Promise<Unlocked> {
  // A database that cannot be opened is told of by whoever opens it next.
  if ((await lockState().catch(() => null)) !== 'locked') return 'open';
  const { LockScreen } = await import('./lock-screen.tsx');
  const { theme } = await readSettings().catch(() => standardSettings);
  document.documentElement.dataset['theme'] = theme;
  return new Promise((resolve) => {
    const proceed = (how: Unlocked): void => {
      stop();
      render(null, root);
      resolve(how);
    };
    const stop = hearUnlocked(() => proceed('open'));
    render(
      <LockScreen
        unlock={async (passphrase) => {
          const right = await unlock(passphrase);
          if (right) proceed('open');
          return right;
        }}
        onSkip={() => proceed('sealed')}
        erase={async () => {
          await erase();
          location.reload();
        }}
      />,
      root,
    );
  });
}
