import { type ReactNode, useEffect, useState } from 'react';
import type { TenderKind } from '../../../contract/tender.ts';
import { assertNever } from '../../../contract/result.ts';
import type { FormEmptied, Mode, SaleLink, SaleView } from '../../../contract/till-snapshot.ts';
import { Button } from '../../skin/Button.tsx';
import { Sign } from '../../skin/Sign.tsx';
import { AmountHeading } from './Amount.tsx';
import { useSecondsPassed } from '../use-seconds-passed.ts';
import { useSettled } from '../use-settled.ts';
import { useFunctionKeys } from '../use-shortcuts.ts';
import { useWords } from '../use-words.ts';
import { Described } from './Described.tsx';
import { ModeTag } from './ModeTag.tsx';
import { minutesAndSeconds } from './minutes-and-seconds.ts';
import { WaysToPay } from './WaysToPay.tsx';
import { Said } from '../Said.tsx';

type Paying = Extract<SaleView, { kind: 'preparing' | 'ready' | 'submitting' | 'checking' }>;

export type PayingProps = {
  readonly sale: Paying;
  readonly mode: Mode;
  readonly ways: readonly TenderKind[];
  /** Shown to the customer before, or now; null: none was. */
  readonly link: SaleLink | null;
  /** The right half of a way to pay without a form: the reader, the link's code, saved cards, the insurer's questions. For Sezzle, the text on the left. */
  readonly surface: ReactNode;
  /** In training: the cards for the form. */
  readonly training: ReactNode;
  readonly formEmptied: FormEmptied | null;
  readonly onPayBy: (tender: TenderKind) => void;
  readonly onBack: () => void;
  readonly onServeNext: () => void;
};

/** An outcome that is not known by then is left to the background, if the cashier wants. */
const SERVE_NEXT_AFTER_MS = 15_000;

/** The screen while the customer pays. The card form covers the right half, in a view of its own. */
export function PayingSale({ sale, mode, ways, link, training, surface, formEmptied, onPayBy, onBack, onServeNext }: PayingProps) {
  const { till, format } = useWords();
  const settled = useSettled();
  const isBeforePay = sale.kind === 'preparing' || sale.kind === 'ready';
  const isAtPhone = sale.tender === 'phone';
  // From another way to pay, Back leads to the link.
  const canGoBack = isBeforePay && (link === null || !isAtPhone);
  useFunctionKeys({ Escape: canGoBack && onBack });
  return (
    <main className={`screen paying paying-${sale.kind}`}>
      <section className="sale">
        <AmountHeading money={format.money(sale.amountInCents)} />
        <Described sale={sale} />
        {sale.tender === 'sezzle' && sale.kind !== 'checking' ? (
          surface
        ) : (
          <Said as="div" className="state">
            <StateWords sale={sale} mode={mode} isAsking={sale.tender === 'insured' && surface !== null} wasDeclined={link?.wasDeclined === true} />
          </Said>
        )}
        {link !== null && isBeforePay && <p>{(isAtPhone ? till.paying.phone.stays : till.result.linkStays)(link.payableUntil)}</p>}
        {formEmptied !== null && isBeforePay && (
          <Said className="problem">{till.paying.emptied[formEmptied]}</Said>
        )}
        {training}
        {isBeforePay && <WaysToPay ways={ways} chosen={sale.tender} isDisabled={!settled || sale.kind !== 'ready'} onChoose={onPayBy} />}
        {canGoBack && (
          <Button shortcut={{ key: 'Escape', shown: till.keys.escape }} className="quiet" isDisabled={!settled} onPress={onBack}>
            {sale.kind === 'preparing' ? till.paying.cancel : till.back}
          </Button>
        )}
        {isBeforePay && !canGoBack && (
          <Button className="quiet" isDisabled={!settled || sale.kind !== 'ready'} onPress={onServeNext}>
            {till.paying.serveNext}
          </Button>
        )}
        {sale.kind === 'checking' && <ServeNext onServeNext={onServeNext} />}
      </section>
      <RightHalf sale={sale} surface={surface} />
    </main>
  );
}

/** The right half of the chosen way to pay. */
function RightHalf({ sale, surface }: Pick<PayingProps, 'sale' | 'surface'>) {
  switch (sale.tender) {
    case 'reader':
    case 'saved':
    case 'phone':
      return <section className={`at-${sale.tender}`}>{surface}</section>;
    case 'insured':
      return surface === null ? <FormPlace isOpening={sale.kind === 'preparing'} /> : <section className="at-insured">{surface}</section>;
    case 'card-form':
    case 'plaid':
    case 'sezzle':
      return <FormPlace isOpening={sale.kind === 'preparing'} />;
    default:
      return assertNever(sale.tender);
  }
}

/** The area of the customer's form, which is a view of its own. */
function FormPlace({ isOpening }: { readonly isOpening: boolean }) {
  return (
    <section className="form-place" aria-hidden="true">
      {isOpening && (
        <>
          <span className="bone" />
          <span className="bone" />
          <span className="bone" />
        </>
      )}
    </section>
  );
}

/** `isAsking`: the question itself announces it. */
function StateWords({ sale, mode, isAsking, wasDeclined }: { readonly sale: Paying; readonly mode: Mode; readonly isAsking: boolean; readonly wasDeclined: boolean }) {
  const { paying } = useWords().till;
  const isAtReader = sale.tender === 'reader';
  const { opening, ready } = { ...paying, ...(sale.tender !== 'card-form' && paying[sale.tender]) };
  switch (sale.kind) {
    case 'preparing':
      return <p>{opening}</p>;
    case 'ready':
      return isAsking ? null : <p>{wasDeclined && sale.tender === 'phone' ? paying.phone.declined : ready}</p>;
    case 'submitting':
      return isAtReader ? (
        <p>{paying.reader.waiting}</p>
      ) : (
        <p>
          {paying.processing} <Elapsed />
        </p>
      );
    case 'checking':
      return (
        <>
          <Sign kind="unknown" size="sign" />
          <div className="state-words">
            <div className="word-line">
              <p className="word">{paying.unknownWord}</p>
              <ModeTag mode={mode} />
            </div>
            <p>{paying.unknown}</p>
            <p>
              {paying.checking} <Elapsed />
            </p>
          </div>
        </>
      );
    default:
      return assertNever(sale);
  }
}

/** One deliberate step, and not at once: most outcomes are known within seconds. */
function ServeNext({ onServeNext }: { readonly onServeNext: () => void }) {
  const { paying } = useWords().till;
  const [offered, setOffered] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setOffered(true), SERVE_NEXT_AFTER_MS);
    return () => clearTimeout(timer);
  }, []);
  // Its space is reserved until then: nothing moves under a finger.
  return (
    <Said as="div" className={offered ? 'serve-next' : 'serve-next not-yet'}>
      <p aria-hidden={!offered}>{paying.cannotWait}</p>
      <Button onPress={onServeNext}>{paying.serveNext}</Button>
    </Said>
  );
}

/** Minutes and seconds since this state began. */
function Elapsed() {
  return <span className="elapsed" aria-hidden="true">{minutesAndSeconds(useSecondsPassed())}</span>;
}
