import { ArrowLeftRight } from 'lucide';
import { useMemo, useState } from 'preact/hooks';
import { createHistoryList } from '../../history/history-list.ts';
import { strings } from '../../strings.ts';
import { Icon } from '../../widgets/icon.tsx';
import { ModalDialog } from '../../widgets/modal-dialog.tsx';
import '../compare.css';
import { BodyDifferences } from './body-differences.tsx';
import { BodyPicker } from './body-picker.tsx';
import './body-compare.css';
import type { BodyChoice, BodyOffers } from './chosen-body.ts';
import type { BodyOrigin, NamedBody } from './open-body-compare.tsx';
import { useFoundBody } from './use-found-body.ts';

const words = strings.compareBodies;

interface BodyCompareDialogProps {
  offers: () => BodyOffers;
  named: readonly NamedBody[];
  onClose: () => void;
}

/** Two bodies, wherever they come from, and what differs between them. */
export function BodyCompareDialog({ offers: offer, named, onClose }: BodyCompareDialogProps) {
  // What is in view stays what it was when one asked.
  const offers = useMemo(offer, []);
  const origins = useMemo((): BodyOrigin[] => {
    const { view, capture, history } = offers;
    return [
      ...(view === null ? [] : ['view' as const]),
      ...(capture === null ? [] : ['captured' as const]),
      ...(history === null ? [] : ['history' as const]),
      'file',
      'text',
    ];
  }, [offers]);
  const list = useMemo(
    // It lasts as long as the dialog: what is recorded meanwhile is not waited for.
    () => (offers.history === null ? null : createHistoryList({ reader: offers.history, hear: () => () => {} })),
    [offers],
  );
  const [first, setFirst] = useState(() => choiceFor(named[0], origins, 'view'));
  const [second, setSecond] = useState(() => choiceFor(named[1], origins, secondOrigin(named[0])));
  const before = useFoundBody(first, offers);
  const after = useFoundBody(second, offers);
  const sides = [
    { side: 'first', choice: first, onChange: setFirst, found: before },
    { side: 'second', choice: second, onChange: setSecond, found: after },
  ] as const;
  return (
    <ModalDialog
      title={words.title}
      size="full"
      onClose={onClose}
      actions={
        <>
          <button
            type="button"
            class="button body-swap"
            title={words.swapHint}
            onClick={() => {
              setFirst(second);
              setSecond(first);
            }}
          >
            <Icon of={ArrowLeftRight} size={12} /> {words.swap}
          </button>
          <button type="button" class="button button-strong" onClick={onClose}>
            {words.close}
          </button>
        </>
      }
    >
      <div class="body-compare" tabIndex={0} role="group" aria-label={words.title}>
        <div class="body-sides">
          {sides.map((one) => (
            <BodyPicker key={one.side} {...one} origins={origins} capture={offers.capture} list={list} />
          ))}
        </div>
        <section class="compare body-result" aria-label={words.result}>
          <BodyDifferences before={before} after={after} />
        </section>
      </div>
    </ModalDialog>
  );
}

/** A body is mostly compared with an earlier or later one of its kind. */
function secondOrigin(first: NamedBody | undefined): BodyOrigin {
  return first?.origin === 'captured' ? 'captured' : 'history';
}

function choiceFor(named: NamedBody | undefined, origins: readonly BodyOrigin[], otherwise: BodyOrigin): BodyChoice {
  const wanted = named?.origin ?? otherwise;
  const origin = origins.includes(wanted) ? wanted : 'text';
  return { origin, part: 'response', id: named?.id ?? null, file: null, text: '' };
}
