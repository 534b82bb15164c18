import { type FormEvent, useState } from 'react';
import { Form, Input, Label, Radio, RadioGroup, TextField } from 'react-aria-components';
import type { SubAccountOffer, SubAccountOffers } from '../../../contract/connecting.ts';
import { Button } from '../../skin/Button.tsx';
import type { AccountWords } from '../../../words/en/account.ts';
import { useAllWords } from '../use-words.ts';
import { Said } from '../Said.tsx';

type Props = {
  readonly found: SubAccountOffers;
  /** The one in use, where there is one. */
  readonly current: string | null;
  readonly busy: boolean;
  readonly problem: string | null;
  readonly onChoose: (subAccountId: string) => void;
  readonly onBack: () => void;
};

const BY_HAND = 'by-hand';
/** The id of the error's sentence. */
const PROBLEM = 'sub-account-problem';

/** The shops that the key may use, by name; those that cannot be chosen show the reason. */
export function ChooseSubAccount({ found, current, busy, problem, onChoose, onBack }: Props) {
  const { account: words } = useAllWords();
  const usable = found.offers.filter(({ obstacle }) => obstacle === null);
  const [choice, setChoice] = useState(() => usable.find(({ id }) => id === current)?.id ?? (usable.length === 0 ? BY_HAND : usable[0]!.id));
  const [typedId, setTypedId] = useState('');

  function submit(event: FormEvent): void {
    event.preventDefault();
    onChoose(choice === BY_HAND ? typedId : choice);
  }

  return (
    <Form onSubmit={submit} validationBehavior="aria">
      <RadioGroup className="offers" value={choice} onChange={setChoice}>
        <Label>{words.choose}</Label>
        {found.offers.length === 0 && <p>{words.none}</p>}
        {found.offers.map((offer) => (
          <Radio key={offer.id} value={offer.id} autoFocus={offer.id === choice} isDisabled={offer.obstacle !== null} className="offer">
            <b>
              <bdi>{offer.name}</bdi>
            </b> <span>{offer.id}</span> <small>{describe(offer, words)}</small>
          </Radio>
        ))}
        {found.isCut && <p className="manager-hint">{words.cut}</p>}
        <Radio value={BY_HAND} className="offer">
          {words.byHand}
        </Radio>
      </RadioGroup>
      {choice === BY_HAND && (
        <TextField className="field" value={typedId} onChange={setTypedId} isInvalid={problem !== null} aria-describedby={PROBLEM} autoFocus>
          <Label>{words.subAccountId}</Label>
          <Input autoComplete="off" spellCheck={false} placeholder="acc_…" />
        </TextField>
      )}
      <Said isWarning id={PROBLEM} className="problem">
        {problem}
      </Said>
      <div className="next">
        <Button type="submit" className="charge" isDisabled={busy}>
          {busy ? words.asking : words.connect}
        </Button>
        <Button className="quiet" isDisabled={busy} onPress={onBack}>
          {words.back}
        </Button>
      </div>
    </Form>
  );
}

function describe({ obstacle, status, currency, takes, mode }: SubAccountOffer, words: AccountWords): string {
  if (obstacle !== null) return words.obstacle[obstacle](status);
  const ways = takes === null ? [] : [...(takes.cards ? [words.takesCards] : []), ...(takes.bankAccounts ? [words.takesBankAccounts] : [])];
  const taken = takes === null ? [] : [ways.length === 0 ? words.takesNothing : ways.join(', ')];
  return [words.mode[mode], ...(currency === null ? [] : [words.currency[currency]]), ...taken].join(' · ').replaceAll('. ·', ' ·');
}
