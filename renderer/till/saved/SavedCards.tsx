import { useEffect, useEffectEvent, useState } from 'react';
import { Input, Label, ListBox, ListBoxItem, SearchField } from 'react-aria-components';
import type { Bridge } from '../../../contract/channels.ts';
import { LONGEST_CUSTOMER_NAME, type SavedCustomer, type SavedMethod } from '../../../contract/customer.ts';
import type { SaleView } from '../../../contract/till-snapshot.ts';
import type { Words } from '../../../words/catalogue.ts';
import { Button } from '../../skin/Button.tsx';
import { Said } from '../Said.tsx';
import { paidWithWords } from '../sale/result-words.ts';
import { useSettled } from '../use-settled.ts';
import { useAllWords } from '../use-words.ts';
import { customerSentence } from './customer-sentence.ts';
import { useCustomers } from './use-customers.ts';

type Props = { readonly sale: SaleView; readonly bridge: Pick<Bridge<'till'>, 'findCustomers' | 'readCustomer' | 'paySaved'> };

/**
 * The customer is found first; only then their cards are buttons, so that no finger in a list charges a stranger's card. Meanwhile JustiFi is asked whether the
 * checkout can be paid, and no card can be charged before it has answered.
 */
export function SavedCards({ sale, bridge }: Props) {
  const [chosen, setChosen] = useState<SavedCustomer | null>(null);
  if (sale.kind !== 'preparing' && sale.kind !== 'ready') return null;
  if (chosen !== null) return <CardsOfCustomer sale={sale} customer={chosen} bridge={bridge} onJudged={setChosen} onBack={() => setChosen(null)} />;
  return <FindCustomer bridge={bridge} onChoose={setChosen} />;
}

function FindCustomer({ bridge, onChoose }: Pick<Props, 'bridge'> & { readonly onChoose: (customer: SavedCustomer) => void }) {
  const words = useAllWords();
  const { customers } = words;
  const [search, setSearch] = useState('');
  const { found, failure } = useCustomers(search, bridge.findCustomers);
  const choose = (customerId: string) => {
    const customer = found?.customers.find((each) => each.customerId === customerId);
    if (customer !== undefined) onChoose(customer);
  };
  return (
    <>
      <SearchField className="field" autoFocus value={search} onChange={setSearch} onSubmit={() => found?.customers.length === 1 && onChoose(found.customers[0]!)}>
        <Label>{customers.search}</Label>
        <Input autoComplete="off" maxLength={LONGEST_CUSTOMER_NAME} />
      </SearchField>
      <Said isWarning className="problem">
        {failure !== null && customerSentence(customers, failure)}
      </Said>
      <Said>
        {found?.customers.length === 0 && customers.notFound}
        {found?.isCut === true && customers.more}
      </Said>
      <ListBox aria-label={customers.found} className="customer-list" selectionMode="none" items={found?.customers.map((customer) => ({ ...customer, id: customer.customerId })) ?? []} onAction={(key) => choose(String(key))}>
        {({ customerId, name, phone, email, methods }) => (
          <ListBoxItem id={customerId} textValue={name} className="customer-line">
            <bdi translate="no">{name}</bdi>
            <small>
              <bdi>{[...methods.map((method) => standingName(method, words)), phone, email].filter((part) => part !== '').join(' · ')}</bdi>
            </small>
          </ListBoxItem>
        )}
      </ListBox>
    </>
  );
}

type CardsProps = Props & { readonly customer: SavedCustomer; readonly onJudged: (customer: SavedCustomer) => void; readonly onBack: () => void };

function CardsOfCustomer({ sale, customer: { customerId, name, phone, email, methods }, bridge, onJudged, onBack }: CardsProps) {
  const words = useAllWords();
  const { customers, format } = words;
  const isSettled = useSettled();
  const [isAsking, setAsking] = useState(false);
  const [failure, setFailure] = useState<{ readonly kind: string } | null>(null);
  useJudged(customerId, bridge, onJudged);

  async function pay(methodId: string): Promise<void> {
    setAsking(true);
    setFailure(null);
    const answer = await bridge.paySaved({ saleId: sale.saleId, customerId, methodId });
    setAsking(false);
    if (answer.kind === 'failed') setFailure(answer.failure);
  }

  return (
    <>
      <h2>
        <bdi translate="no">{name}</bdi>
      </h2>
      {(phone !== '' || email !== '') && <p translate="no"><bdi>{[phone, email].filter((part) => part !== '').join(' · ')}</bdi></p>}
      <p>{customers.isItThem}</p>
      <div className="saved-cards">
        {methods.map((method) =>
          method.standing === 'usable' ? (
            <Button key={method.methodId} className="charge" isDisabled={!isSettled || isAsking || sale.kind !== 'ready'} onPress={() => void pay(method.methodId)}>
              {customers.charge(format.money(sale.amountInCents), cardName(method, words))}
            </Button>
          ) : (
            <p key={method.methodId} className="card-unusable">
              {standingName(method, words)}
            </p>
          ),
        )}
      </div>
      <Said isWarning className="problem">
        {failure !== null && customerSentence(customers, failure)}
      </Said>
      <Button className="quiet" onPress={onBack}>
        {customers.another}
      </Button>
    </>
  );
}

/** The cards of a customer are read from JustiFi when they are shown; until it answers their last known state is shown. */
function useJudged(customerId: string, bridge: Pick<Props['bridge'], 'readCustomer'>, onJudged: (customer: SavedCustomer) => void): void {
  const judged = useEffectEvent(onJudged);
  useEffect(() => {
    let isWanted = true;
    void bridge.readCustomer({ customerId }).then((answer) => {
      if (isWanted && answer.kind === 'ok') judged(answer.value);
    });
    return () => {
      isWanted = false;
    };
  }, [customerId, bridge]);
}

/** "Visa •••• 4242, expired" */
export function standingName(method: SavedMethod, words: Words): string {
  const standing = words.customers.standing[method.standing];
  return standing === null ? cardName(method, words) : `${cardName(method, words)}, ${standing}`;
}

/** "Visa •••• 4242" */
export function cardName({ brand, last4 }: Pick<SavedMethod, 'brand' | 'last4'>, words: Words): string {
  return paidWithWords({ kind: 'card', brand, last4 }, words);
}
