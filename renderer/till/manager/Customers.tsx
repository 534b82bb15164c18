import { useState } from 'react';
import { Input, Label, SearchField } from 'react-aria-components';
import type { Bridge } from '../../../contract/channels.ts';
import { LONGEST_CUSTOMER_NAME, type SavedCustomer } from '../../../contract/customer.ts';
import { isolated } from '../../../words/isolated.ts';
import { Button } from '../../skin/Button.tsx';
import { Said } from '../Said.tsx';
import { cardName, standingName } from '../saved/SavedCards.tsx';
import { customerSentence } from '../saved/customer-sentence.ts';
import { useCustomers } from '../saved/use-customers.ts';
import { useAllWords } from '../use-words.ts';

type Props = { readonly bridge: Pick<Bridge<'manager'>, 'readCustomers' | 'removeSavedCard' | 'forgetCustomer'> };
type Asking = { readonly customerId: string; readonly methodId: string | null; readonly sentence: string };
type Done = { readonly kind: 'ok' } | { readonly kind: 'failed'; readonly failure: { readonly kind: string } };

/** The customers who have saved a card here: a card is removed, a customer forgotten. */
export function Customers({ bridge }: Props) {
  const { customers, till } = useAllWords();
  const { manager: own } = customers;
  const [search, setSearch] = useState('');
  const [changes, setChanges] = useState(0);
  /** The action to confirm. */
  const [asking, setAsking] = useState<Asking | null>(null);
  const [told, setTold] = useState<string | null>(null);
  const [failure, setFailure] = useState<{ readonly kind: string } | null>(null);
  const { found, failure: unread } = useCustomers(search, bridge.readCustomers, changes);
  const problem = failure ?? unread;

  async function take(call: Promise<Done>, done: string): Promise<void> {
    setTold(null);
    const answer = await call;
    setAsking(null);
    setFailure(answer.kind === 'failed' ? answer.failure : null);
    if (answer.kind === 'ok') setTold(done);
    setChanges((before) => before + 1);
  }

  const done = ({ customerId, methodId }: Asking) => (methodId === null ? take(bridge.forgetCustomer({ customerId }), own.forgotten) : take(bridge.removeSavedCard({ customerId, methodId }), own.removed));

  return (
    <section>
      <h2>{own.title}</h2>
      <p>{own.intro}</p>
      <SearchField className="field" value={search} onChange={setSearch}>
        <Label>{customers.search}</Label>
        <Input autoComplete="off" maxLength={LONGEST_CUSTOMER_NAME} />
      </SearchField>
      {found?.customers.length === 0 && <p>{search.trim() === '' ? own.none : customers.notFound}</p>}
      <ul className="cashier-list customer-cards">
        {found?.customers.map((customer) => (
          <CustomerLine key={customer.customerId} customer={customer} asking={asking?.customerId === customer.customerId ? asking : null} onAsk={setAsking} onDone={(asked) => void done(asked)} />
        ))}
      </ul>
      {found?.isCut === true && <p>{customers.more}</p>}
      <p>{own.stays}</p>
      <Said isWarning className="problem">
        {problem !== null && customerSentence(customers, problem)}
      </Said>
      {unread !== null && <Button onPress={() => setChanges((before) => before + 1)}>{till.result.tryAgain}</Button>}
      <Said>{told}</Said>
    </section>
  );
}

type LineProps = {
  readonly customer: SavedCustomer;
  readonly asking: Asking | null;
  readonly onAsk: (asking: Asking | null) => void;
  readonly onDone: (asked: Asking) => void;
};

function CustomerLine({ customer: { customerId, name, phone, email, methods }, asking, onAsk, onDone }: LineProps) {
  const words = useAllWords();
  const { manager: own } = words.customers;
  return (
    <li>
      <strong>
        <bdi translate="no">{name}</bdi> <small><bdi>{[phone, email].filter((part) => part !== '').join(' · ')}</bdi></small>
      </strong>
      {asking !== null ? (
        <>
          <p>{asking.sentence}</p>
          <Button className="charge" onPress={() => onDone(asking)}>
            {asking.methodId === null ? own.yes : own.remove}
          </Button>
          <Button className="quiet" onPress={() => onAsk(null)}>
            {words.manager.shell.back}
          </Button>
        </>
      ) : (
        <>
          {methods.map((method) => (
            <Button key={method.methodId} aria-label={`${own.remove}: ${standingName(method, words)}, ${isolated(name)}`} onPress={() => onAsk({ customerId, methodId: method.methodId, sentence: own.sureCard(name, cardName(method, words)) })}>
              {own.remove}: <bdi>{standingName(method, words)}</bdi>
            </Button>
          ))}
          <Button aria-label={`${own.forget}: ${isolated(name)}`} onPress={() => onAsk({ customerId, methodId: null, sentence: own.sure(name) })}>
            {own.forget}
          </Button>
        </>
      )}
    </li>
  );
}
