import { useState } from 'react';
import type { Bridge } from '../../../contract/channels.ts';
import { disregard } from '../../../contract/result.ts';
import type { SaleView } from '../../../contract/till-snapshot.ts';
import { say } from '../../../words/sentences.ts';
import { Button } from '../../skin/Button.tsx';
import { Sign } from '../../skin/Sign.tsx';
import { Said } from '../Said.tsx';
import type { EntryMode } from '../sale/amount-entry.ts';
import { AmountHeading } from '../sale/Amount.tsx';
import { useAllWords } from '../use-words.ts';
import { useSettled } from '../use-settled.ts';
import { isOnButton, useShortcuts } from '../use-shortcuts.ts';
import { OwnTip } from './OwnTip.tsx';
import { ANOTHER_KEY, type AskedSale, TipChoices } from './TipChoices.tsx';
import { useLoneKey } from './use-lone-key.ts';

type Props = { readonly sale: SaleView; readonly mode: EntryMode; readonly bridge: Pick<Bridge<'till'>, 'chooseTip' | 'goBack'> };

/** Between Charge and the form: the customer's half of the screen asks them, and the cashier's half shows the choice. */
export function ChooseTip({ sale, mode, bridge }: Props) {
  return sale.kind === 'tip' ? <Question key={sale.saleId} sale={sale} mode={mode} bridge={bridge} /> : null;
}

function Question({ sale, mode, bridge }: Props & { readonly sale: AskedSale }) {
  const { till, tip: words, format } = useAllWords();
  const { saleId, amountInCents, description, offer, chosenInCents, isDoubtful, problem } = sale;
  const [isTyping, setTyping] = useState(false);
  const isSettled = useSettled(`${isTyping} ${chosenInCents} ${isDoubtful} ${problem?.kind}`);

  const isAsked = isDoubtful && chosenInCents !== null;
  const choose = (tipInCents: number, isConfirmed = false) => isSettled && disregard(bridge.chooseTip({ saleId, tipInCents, isConfirmed }), 'the next snapshot shows it');
  const chooseAgain = () => chosenInCents !== null && choose(chosenInCents, isDoubtful);
  const goBack = () => disregard(bridge.goBack({ saleId }), 'the next snapshot shows it');

  useTipKeys(sale, isTyping, { choose, chooseAgain, goBack, type: () => setTyping(true) });

  return (
    <main className="screen paying">
      <section className="sale">
        <AmountHeading money={format.money(amountInCents)} />
        <p className="described">
          <bdi>{description}</bdi>
        </p>
        <Said as="div" className="state">
          <p>{chosenInCents === null ? words.choosing : words.chosen(chosenInCents, amountInCents + chosenInCents)}</p>
        </Said>
        <Said isWarning className={isAsked ? 'question' : 'problem'}>
          {isAsked && <Sign kind="unknown" />}
          {isAsked ? words.doubtful(chosenInCents) : problem !== null && say(till.problem, problem)}
        </Said>
        {chosenInCents !== null && (
          <Button {...(isTyping ? {} : { shortcut: isDoubtful ? { key: 'F9', shown: 'F9' } : { key: 'Enter', shown: till.keys.enter } })} className="charge" isDisabled={!isSettled} onPress={chooseAgain}>
            {till.enter.charge(format.money(amountInCents + chosenInCents))}
          </Button>
        )}
        <div className="next">
          <Button {...(isTyping ? {} : { shortcut: chosenInCents === null ? { key: 'Enter', shown: till.keys.enter } : { key: '0', shown: '0' } })} isDisabled={!isSettled} onPress={() => choose(0)}>
            {words.skip}
          </Button>
          <Button {...(isTyping ? {} : { shortcut: { key: 'Escape', shown: till.keys.escape } })} className="quiet" isDisabled={!isSettled} onPress={goBack}>
            {till.back}
          </Button>
        </div>
      </section>
      <section className="at-tip" aria-label={words.question}>
        {isTyping && offer.anotherUpToInCents !== null ? (
          <OwnTip amountInCents={amountInCents} upToInCents={offer.anotherUpToInCents} mode={mode} isSettled={isSettled} onAdd={choose} onBack={() => setTyping(false)} />
        ) : (
          <TipChoices sale={sale} isSettled={isSettled} onChoose={choose} onAnother={() => setTyping(true)} />
        )}
      </section>
    </main>
  );
}

type TipActions = { readonly choose: (tipInCents: number) => void; readonly chooseAgain: () => void; readonly goBack: () => void; readonly type: () => void };

function useTipKeys({ offer, chosenInCents, isDoubtful }: AskedSale, isTyping: boolean, { choose, chooseAgain, goBack, type }: TipActions): void {
  function take(key: string): void {
    if (key === 'Enter' && chosenInCents === null) choose(0);
    else if (key === 'Enter' && !isDoubtful) chooseAgain();
    else if (key === '0') choose(0);
    else if (key === String(ANOTHER_KEY) && offer.anotherUpToInCents !== null) type();
    else {
      const choice = /^[1-3]$/u.test(key) ? offer.choices[Number(key) - 1] : undefined;
      if (choice !== undefined) choose(choice.amountInCents);
    }
  }

  const press = useLoneKey(take);
  useShortcuts((key, event) => {
    // The customer's own amount has keys of its own.
    if (isTyping) return false;
    if (key === 'Escape') goBack();
    else if (key === 'F9' && chosenInCents !== null) chooseAgain();
    else if (key.length === 1 || (key === 'Enter' && !isOnButton(event))) press(key);
    else return false;
    return true;
  });
}
