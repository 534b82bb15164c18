import type { PrintingView } from '../../../contract/printing.ts';
import type { LastSale as Sold, Mode } from '../../../contract/till-snapshot.ts';
import { Button } from '../../skin/Button.tsx';
import { isOnButton, useShortcuts } from '../use-shortcuts.ts';
import { Sign } from '../../skin/Sign.tsx';
import { useSettled } from '../use-settled.ts';
import { Amount } from './Amount.tsx';
import { Described } from './Described.tsx';
import { ModeTag } from './ModeTag.tsx';
import { ReceiptActions, type ReceiptBridge } from './ReceiptActions.tsx';
import { paidWithWords, resultWords } from './result-words.ts';
import { useAllWords } from '../use-words.ts';
import { Said } from '../Said.tsx';

type Props = { readonly sale: Sold; readonly mode: Mode; readonly printing: PrintingView; readonly bridge: ReceiptBridge; readonly onGiveBack: () => void; readonly onClose: () => void };

/** The last sale that took money, with its reversals and its receipt; F8 gives its money back. */
export function LastSale({ sale, mode, printing, bridge, onGiveBack, onClose }: Props) {
  const isSettled = useSettled();
  const { givenBack, isDisputed } = sale;
  const isGone = givenBack?.kind === 'voided' || givenBack?.kind === 'refunded';
  const canGiveBack = !isGone && !isDisputed;
  useShortcuts((key, event) => {
    if (key === 'F8' && canGiveBack) onGiveBack();
    else if (key === 'Escape' || (key === 'Enter' && !isOnButton(event))) onClose();
    else return false;
    return true;
  });
  const words = useAllWords();
  const { till, format } = words;
  const { lastSale } = words.history;
  const { sentence, ...result } = resultWords(sale, words, null);
  const givenBackWords = givenBack === null ? null : lastSale.givenBack[givenBack.kind](format.money(givenBack.amountInCents));
  const look = isGone ? 'not-charged' : sale.kind;
  const details = 'paidWith' in sale ? `${paidWithWords(sale.paidWith, words)}, ${format.dayAndTime(sale.at)}` : sentence;
  return (
    <main className={`result result-${look} last-sale`}>
      <h1>{lastSale.title}</h1>
      <Said as="div" className="result-words">
        <Sign kind={look} size="sign" />
        <div className="word-line">
          <p className="word">{isGone ? givenBackWords : result.word}</p>
          <ModeTag mode={mode} />
        </div>
        <Amount money={format.money(sale.amountInCents)} />
        <Described sale={sale} />
        <p className="sentence">{details}</p>
        {givenBackWords !== null && !isGone && <p className="sentence">{givenBackWords}</p>}
        {isDisputed && <p className="sentence">{lastSale.disputed}</p>}
      </Said>
      <div className="next">
        <Button shortcut={{ key: 'Escape', shown: till.keys.escape }} className="charge" autoFocus onPress={onClose}>
          {lastSale.back}
        </Button>
        {canGiveBack && (
          <Button shortcut={{ key: 'F8', shown: 'F8' }} className="quiet" onPress={onGiveBack}>
            {till.result.giveBack}
          </Button>
        )}
      </div>
      <ReceiptActions paper={{ kind: 'sale', saleId: sale.saleId }} printing={printing} bridge={bridge} isDisabled={!isSettled} />
    </main>
  );
}
