import { useEffect, useState } from 'preact/hooks';
import { findBody, type BodyChoice, type BodyOffers, type FoundBody } from './chosen-body.ts';

/** The body that a choice stands for; null while it is being read. */
export function useFoundBody(choice: BodyChoice, offers: BodyOffers): FoundBody | null {
  const { origin, id } = choice;
  const [found, setFound] = useState<{ readonly of: BodyChoice; readonly body: FoundBody } | null>(null);
  // The browser may still be reading it.
  const kept = origin === 'captured' && id !== null ? offers.capture?.responseBody(id) : undefined;
  useEffect(() => {
    let wanted = true;
    const take = (body: FoundBody): void => {
      if (wanted) setFound({ of: choice, body });
    };
    findBody(choice, offers).then(take, () => take({ state: 'missing', why: 'gone' }));
    return () => {
      wanted = false;
    };
  }, [choice, offers, kept]);
  return found?.of === choice ? found.body : null;
}
