import { use, useEffect, useEffectEvent, useRef, useState } from 'react';
import type { PrintingView } from '../../../contract/printing.ts';
import type { TenderKind } from '../../../contract/tender.ts';
import type { Mode, SaleLink } from '../../../contract/till-snapshot.ts';
import { Button } from '../../skin/Button.tsx';
import { Sign } from '../../skin/Sign.tsx';
import { LONGEST_GAP_MS } from '../scan/longest-gap.ts';
import { ScannerContext } from '../scan/use-scanner.ts';
import { useSettled } from '../use-settled.ts';
import { isOnButton, useFunctionKeys, useShortcuts } from '../use-shortcuts.ts';
import { useWords } from '../use-words.ts';
import { Amount } from './Amount.tsx';
import { Described } from './Described.tsx';
import { ModeTag } from './ModeTag.tsx';
import { type ResultChoices, type ResultStep, createResultKeys } from './result-keys.ts';
import { type SaleResultView, resultWords } from './result-words.ts';
import type { TypeAhead } from './type-ahead.ts';
import { ReceiptActions, type ReceiptBridge } from './ReceiptActions.tsx';
import { WaysToPay } from './WaysToPay.tsx';
import { Said } from '../Said.tsx';

type Props = {
  readonly sale: SaleResultView;
  readonly mode: Mode;
  readonly ways: readonly TenderKind[];
  readonly link: SaleLink | null;
  readonly printing: PrintingView;
  readonly receiptBridge: ReceiptBridge;
  readonly typeAhead: TypeAhead;
  readonly onNewSale: () => void;
  readonly onTryAgain: () => void;
  readonly onPayBy: (tender: TenderKind) => void;
  /** Voids or refunds the sale that was just paid. */
  readonly onGiveBack: () => void;
  /** Null: the card of this sale cannot be saved. */
  readonly onSaveCard: (() => void) | null;
  readonly onCancel: () => void;
};

/** The outcome by JustiFi's answer: one word, one colour, one sign, and the next step under Enter. */
export function SaleResult({ sale, mode, ways, link, printing, receiptBridge, typeAhead, onNewSale, onTryAgain, onPayBy, onGiveBack, onSaveCard, onCancel }: Props) {
  const isSettled = useSettled();
  const mayTryAgain = sale.kind === 'declined' || (sale.kind === 'not-charged' && sale.reason !== 'expired');
  const mayCancel = sale.kind === 'declined' || sale.kind === 'not-charged';
  const isDone = sale.kind === 'paid' || sale.kind === 'accepted';
  useFunctionKeys(isDone && isSettled ? { F8: onGiveBack, F3: onSaveCard } : {});
  const beginNewSale = useResultKeys({ isDone, mayTryAgain, mayCancel, isSettled, typeAhead, onNewSale, onTryAgain, onCancel });
  const words = useWords();
  const { result, keys } = words.till;
  const { word, sentence } = resultWords(sale, words, link);
  return (
    <main className={`result result-${sale.kind}`}>
      <Said as="div" className="result-words">
        <Sign kind={sale.kind} size="sign" />
        <div className="word-line">
          <h1 className="word">{word}</h1>
          <ModeTag mode={mode} />
        </div>
        {sale.kind === 'wrong-amount' ? <BothAmounts saleInCents={sale.amountInCents} chargedInCents={sale.chargedInCents} /> : <Amount money={words.format.money(sale.amountInCents)} />}
        <Described sale={sale} />
        <p className="sentence">{sentence}</p>
        {link !== null && <p className="sentence">{result.linkStays(link.payableUntil)}</p>}
      </Said>
      <div className="next">
        {isDone && (
          <Button shortcut={{ key: 'Enter', shown: keys.enter }} className="charge" isDisabled={!isSettled} onPress={beginNewSale}>
            {result.newSale}
          </Button>
        )}
        {isDone && (
          <Button shortcut={{ key: 'F8', shown: 'F8' }} className="quiet" isDisabled={!isSettled} onPress={onGiveBack}>
            {result.giveBack}
          </Button>
        )}
        {onSaveCard !== null && (
          <Button shortcut={{ key: 'F3', shown: 'F3' }} className="quiet" isDisabled={!isSettled} onPress={onSaveCard}>
            {result.saveCard}
          </Button>
        )}
        {mayTryAgain && (
          <Button shortcut={{ key: 'Enter', shown: keys.enter }} className="charge" isDisabled={!isSettled} onPress={onTryAgain}>
            {result.tryAgain}
          </Button>
        )}
        {mayCancel && (
          <Button shortcut={{ key: 'Escape', shown: keys.escape }} className="quiet" isDisabled={!isSettled} onPress={onCancel}>
            {link === null ? result.cancelSale : words.till.paying.serveNext}
          </Button>
        )}
        {mayTryAgain && <WaysToPay ways={ways} chosen={sale.tender} onlyOthers isDisabled={!isSettled} onChoose={onPayBy} />}
      </div>
      {isDone && <ReceiptActions paper={{ kind: 'sale', saleId: sale.saleId }} printing={printing} bridge={receiptBridge} isDisabled={!isSettled} />}
    </main>
  );
}

/** The sign and the word distinguish the outcomes. */
function BothAmounts({ saleInCents, chargedInCents }: { readonly saleInCents: number; readonly chargedInCents: number }) {
  const { till, format } = useWords();
  return (
    <dl className="both-amounts">
      <div>
        <dt>{till.result.ofThisSale}</dt>
        <dd>
          <Amount money={format.money(saleInCents)} />
        </dd>
      </div>
      <div className="charged">
        <dt>{till.result.chargedByJustifi}</dt>
        <dd>
          <Amount money={format.money(chargedInCents)} />
        </dd>
      </div>
    </dl>
  );
}

/** The scanner watch judges a run of keys when the longest gap is over. */
const JUDGED_WITHIN_MS = 50;

type ResultActions = Pick<Props, 'typeAhead' | 'onNewSale' | 'onTryAgain' | 'onCancel'> & ResultChoices;

/** The keyboard on the screen of a sale that is over (result-keys.ts). Returns what New sale does. */
function useResultKeys({ typeAhead, onNewSale, onTryAgain, onCancel, ...choices }: ResultActions): () => void {
  const [keys] = useState(() => createResultKeys(typeAhead));
  const { isSettled } = choices;
  const steps: Readonly<Record<ResultStep, () => void>> = { 'new-sale': onNewSale, 'try-again': onTryAgain, cancel: onCancel };
  const take = (step: ResultStep | null) => step !== null && steps[step]();
  const beginNewSale = () => void take(keys.beginNewSale(isSettled));

  const scanner = use(ScannerContext);
  const pause = useRef<number | undefined>(undefined);
  const leaveWithDigits = useEffectEvent(() => {
    if (typeAhead.isHolding()) beginNewSale();
  });
  useEffect(
    () => () => {
      window.clearTimeout(pause.current);
      typeAhead.dropHeld();
    },
    [typeAhead],
  );

  /** A scanned code has keys that no screen gets, and they are no pause (C-07). */
  function waitForScanner(): void {
    window.clearTimeout(pause.current);
    const quietMs = performance.now() - (scanner?.lastKeyMs() ?? Number.NEGATIVE_INFINITY);
    const leftMs = LONGEST_GAP_MS + JUDGED_WITHIN_MS - quietMs;
    if (leftMs > 0) pause.current = window.setTimeout(waitForScanner, leftMs);
    else leaveWithDigits();
  }

  const leaveIfKept = useEffectEvent(() => {
    if (keys.isKept()) beginNewSale();
  });
  useEffect(() => {
    if (isSettled) leaveIfKept();
  }, [isSettled]);

  useShortcuts((key, event) => {
    const { step, isTaken, isHeld } = keys.press(key, isOnButton(event), choices);
    take(step);
    // Any key in between: a slow code has letters and signs among its digits.
    if (isHeld || typeAhead.isHolding()) waitForScanner();
    return isTaken;
  });
  return beginNewSale;
}
