import { type FormEvent, type ReactNode, useState } from 'react';
import { Form, Input, Label, TextField } from 'react-aria-components';
import type { Bridge } from '../../../contract/channels.ts';
import { type CustomerDetails, LONGEST_CONTACT, LONGEST_CUSTOMER_NAME, type SaveOffer } from '../../../contract/customer.ts';
import { say } from '../../../words/sentences.ts';
import { Button } from '../../skin/Button.tsx';
import { Switch } from '../manager/Switch.tsx';
import { Said } from '../Said.tsx';
import { useShortcuts } from '../use-shortcuts.ts';
import { useAllWords } from '../use-words.ts';
import { cardName } from './SavedCards.tsx';
import { customerSentence } from './customer-sentence.ts';
import { useCustomers } from './use-customers.ts';

type Props = {
  /** The offer when this screen opened: once the card is saved there is none any more. */
  readonly offer: SaveOffer | null;
  readonly bridge: Pick<Bridge<'till'>, 'saveCard' | 'findCustomers'>;
  readonly onClose: () => void;
};

/** The id of the error's sentence. */
const PROBLEM = 'save-card-problem';
/** A shorter text would find too many. */
const SEARCH_FROM = 3;
const SHOWN = 2;

/** The card of the sale that was paid just now is saved, once its customer has agreed. */
export function SaveCard({ offer: offerNow, bridge, onClose }: Props) {
  const words = useAllWords();
  const { customers, till } = words;
  const { save } = customers;
  const [offer] = useState(offerNow);
  const [details, setDetails] = useState<CustomerDetails>({ name: '', phone: '', email: '' });
  const [isAgreed, setAgreed] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<{ readonly kind: string } | null>(null);
  const [isSaved, setSaved] = useState(false);
  useShortcuts((key, event) => {
    if (key !== 'Escape' || event.defaultPrevented) return false;
    onClose();
    return true;
  });
  const change = (part: Partial<CustomerDetails>) => setDetails((before) => ({ ...before, ...part }));

  /** `customerId`: of a known customer; null: a new one. */
  async function keep(customerId: string | null): Promise<void> {
    if (offer === null || !isAgreed || isBusy) return;
    setBusy(true);
    setFailure(null);
    const answer = await bridge.saveCard({ saleId: offer.saleId, customerId, ...details, isAgreed: true });
    setBusy(false);
    if (answer.kind === 'failed') setFailure(answer.failure);
    else setSaved(true);
  }

  function submit(event: FormEvent): void {
    event.preventDefault();
    void keep(null);
  }

  const back = (
    <Button shortcut={{ key: 'Escape', shown: till.keys.escape }} className={isSaved ? 'charge' : 'quiet'} autoFocus={isSaved} onPress={onClose}>
      {save.back}
    </Button>
  );
  if (offer === null || isSaved) return <Over sentence={isSaved ? save.done : say(customers.problem, { kind: 'nothing-to-save' })} back={back} />;
  return (
    <main className="save-card">
      <h1>{save.title}</h1>
      <p>{save.card(cardName(offer, words))}</p>
      <Form onSubmit={submit} validationBehavior="aria">
        <DetailsFields details={details} wrong={failure?.kind ?? null} change={change}>
          <KnownCustomers name={details.name} isDisabled={!isAgreed || isBusy} bridge={bridge} onChoose={(customerId) => void keep(customerId)} />
        </DetailsFields>
        <div className="agreement">
          <Consent text={offer.consent} />
          <Switch label={save.agrees} isOn={isAgreed} onChange={setAgreed} />
          <Said isWarning id={PROBLEM} className="problem">
            {failure !== null && customerSentence(customers, failure)}
          </Said>
          <div className="next">
            <Button type="submit" className="charge" isDisabled={!isAgreed || isBusy}>
              {save.button}
            </Button>
            {back}
          </div>
        </div>
      </Form>
    </main>
  );
}

function Over({ sentence, back }: { readonly sentence: string; readonly back: ReactNode }) {
  const { save } = useAllWords().customers;
  return (
    <main className="save-card">
      <h1>{save.title}</h1>
      <Said>{sentence}</Said>
      <div className="next">{back}</div>
    </main>
  );
}

/** The words that the customer agrees to. */
function Consent({ text }: { readonly text: string }) {
  const { save } = useAllWords().customers;
  return (
    <section className="consent" aria-label={save.consent}>
      <p>
        <strong>{save.consent}</strong>
      </p>
      <p>
        <bdi>{text}</bdi>
      </p>
    </section>
  );
}

type DetailsProps = {
  readonly details: CustomerDetails;
  /** The kind of the error; null: none. */
  readonly wrong: string | null;
  readonly change: (part: Partial<CustomerDetails>) => void;
  /** Below the name. */
  readonly children: ReactNode;
};

function DetailsFields({ details, wrong, change, children }: DetailsProps) {
  const { save } = useAllWords().customers;
  const isNameWrong = wrong === 'name-empty' || wrong === 'customer-card-number';
  return (
    <div className="customer">
      <TextField className="field" autoFocus value={details.name} onChange={(name) => change({ name })} isInvalid={isNameWrong} {...(wrong !== null && { 'aria-describedby': PROBLEM })}>
        <Label>{save.name}</Label>
        <Input autoComplete="off" maxLength={LONGEST_CUSTOMER_NAME} />
      </TextField>
      {children}
      <div className="contact">
        <TextField className="field" type="tel" value={details.phone} onChange={(phone) => change({ phone })} isInvalid={wrong === 'phone-invalid'}>
          <Label>{save.phone}</Label>
          <Input autoComplete="off" maxLength={LONGEST_CONTACT} />
        </TextField>
        <TextField className="field" value={details.email} onChange={(email) => change({ email })} isInvalid={wrong === 'email-invalid'}>
          <Label>{save.email}</Label>
          <Input autoComplete="off" inputMode="email" maxLength={LONGEST_CONTACT} />
        </TextField>
      </div>
    </div>
  );
}

type KnownProps = { readonly name: string; readonly isDisabled: boolean; readonly bridge: Pick<Bridge<'till'>, 'findCustomers'>; readonly onChoose: (customerId: string) => void };

/** A customer of this name may exist: a second card is added to the first. */
function KnownCustomers({ name, isDisabled, bridge, onChoose }: KnownProps) {
  const words = useAllWords();
  const { save } = words.customers;
  const { found } = useCustomers(name.trim(), bridge.findCustomers);
  const known = name.trim().length < SEARCH_FROM ? [] : (found?.customers.slice(0, SHOWN) ?? []);
  if (known.length === 0) return null;
  return (
    <div className="known-customers" role="group" aria-label={save.addTo}>
      <p>{save.addTo}</p>
      {known.map((customer) => (
        <Button key={customer.customerId} isDisabled={isDisabled} onPress={() => onChoose(customer.customerId)}>
          <bdi translate="no">{save.to(customer.name, customer.methods.map((method) => cardName(method, words)).join(' · '))}</bdi>
        </Button>
      ))}
    </div>
  );
}
