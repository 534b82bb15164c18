import { useState } from 'react';
import type { Bridge, NoAnswer } from '../../../contract/channels.ts';
import type { SubAccountOffers } from '../../../contract/connecting.ts';
import type { ConnectProblem } from '../../../contract/problem.ts';
import type { TillSnapshot } from '../../../contract/till-snapshot.ts';
import { Button } from '../../skin/Button.tsx';
import { codeOf, say } from '../../../words/sentences.ts';
import { useAllWords } from '../use-words.ts';
import { ConnectAccount } from './ConnectAccount.tsx';
import { ConnectionTest } from './ConnectionTest.tsx';
import { Said } from '../Said.tsx';

type Props = {
  readonly snapshot: Pick<TillSnapshot, 'account' | 'registerId' | 'registerState' | 'openPayments'>;
  readonly bridge: Pick<Bridge<'manager'>, 'findSubAccounts' | 'connect' | 'testConnection' | 'disconnect'>;
  readonly openAgain: Bridge<'till'>['openAgain'];
  readonly onDone: () => void;
};

type Step = { readonly kind: 'account' } | { readonly kind: 'leaving' } | { readonly kind: 'key' } | { readonly kind: 'shop'; readonly found: SubAccountOffers };

/** The shop's JustiFi account: connected here, looked at here, replaced here. */
export function Account({ snapshot, bridge, openAgain, onDone }: Props) {
  const { account: words, till } = useAllWords();
  const { account, registerId, registerState, openPayments } = snapshot;
  const [step, setStep] = useState<Step>({ kind: 'account' });
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ConnectProblem | NoAnswer<'manager'>['failure'] | null>(null);
  const current = account.kind === 'connected' ? account.subAccountId : null;

  async function changeShop(): Promise<void> {
    setBusy(true);
    setProblem(null);
    const answer = await bridge.findSubAccounts(null);
    setBusy(false);
    if (answer.kind === 'ok') setStep({ kind: 'shop', found: answer.value });
    else setProblem(answer.failure);
  }

  async function disconnect(): Promise<void> {
    setBusy(true);
    setProblem(null);
    const answer = await bridge.disconnect({ openPayments });
    setBusy(false);
    if (answer.kind === 'ok') onDone();
    else setProblem(answer.failure);
  }

  const code = codeOf(problem);
  const refusal = (
    <Said isWarning className="problem">
      {problem !== null && say(words.problem, problem)}
      {code !== null && <small> ({code})</small>}
    </Said>
  );
  if (step.kind === 'leaving' && account.kind !== 'training') {
    return (
      <section className="set-up">
        <h2>{words.leave.title}</h2>
        <p>{words.leave.sentence}</p>
        {openPayments > 0 && (
          <p>
            <strong>{words.leave.openPayments(openPayments)}</strong>
          </p>
        )}
        {refusal}
        <div className="next">
          <Button className="charge" autoFocus isDisabled={busy} onPress={() => setStep({ kind: 'account' })}>
            {words.leave.stay}
          </Button>
          <Button isDisabled={busy} onPress={() => void disconnect()}>
            {words.leave.disconnect}
          </Button>
        </div>
      </section>
    );
  }
  if (account.kind === 'training' || (step.kind !== 'account' && step.kind !== 'leaving')) {
    return (
      <section className="set-up">
        <h2>{words.title}</h2>
        {account.kind === 'training' && <p>{say(words.view, account)}</p>}
        <ConnectAccount
          key={step.kind}
          bridge={bridge}
          registerId={registerId}
          current={current}
          autoFocus={step.kind !== 'account'}
          {...(step.kind === 'shop' ? { found: step.found } : {})}
          onConnected={onDone}
          onBack={step.kind === 'account' ? null : () => setStep({ kind: 'account' })}
        />
      </section>
    );
  }
  return (
    <section className="set-up">
      <h2>{words.titleConnected}</h2>
      <p>{say(words.view, account)}</p>
      {account.kind === 'broken' && (
        <>
          <Said isWarning>{say(till.problem, account.problem)}</Said>
          {registerState.kind === 'stopped' && <p>{words.stopped}</p>}
          <div className="next">
            <Button className="charge" isDisabled={busy} onPress={() => void openAgain()}>
              {words.tryAgain}
            </Button>
          </div>
        </>
      )}
      <ConnectionTest testConnection={bridge.testConnection} />
      {refusal}
      <div className="next">
        {registerState.kind !== 'stopped' && (
          <Button isDisabled={busy} onPress={() => void changeShop()}>
            {words.changeShop}
          </Button>
        )}
        <Button isDisabled={busy} onPress={() => setStep({ kind: 'key' })}>
          {words.replaceKey}
        </Button>
        <Button className="quiet" isDisabled={busy} onPress={() => setStep({ kind: 'leaving' })}>
          {words.disconnect}
        </Button>
      </div>
    </section>
  );
}
