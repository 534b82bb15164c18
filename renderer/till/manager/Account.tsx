import { type ReactNode, useState } from 'react';
import type { Bridge, NoAnswer } from '../../../contract/channels.ts';
import type { SubAccountOffers } from '../../../contract/connecting.ts';
import type { ChargeProblem, ConnectProblem } from '../../../contract/problem.ts';
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

type Problem = ConnectProblem | NoAnswer<'manager'>['failure'];

type Step = { readonly kind: 'account' } | { readonly kind: 'leaving' } | { readonly kind: 'key' } | { readonly kind: 'shop'; readonly found: SubAccountOffers };

/** The shop's JustiFi account: connect it, view it, replace it. */
export function Account({ snapshot, bridge, openAgain, onDone }: Props) {
  const { account: words } = useAllWords();
  const { account, registerId, registerState, openPayments } = snapshot;
  const [step, setStep] = useState<Step>({ kind: 'account' });
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);

  async function ask<Value>(call: Promise<{ readonly kind: 'ok'; readonly value: Value } | { readonly kind: 'failed'; readonly failure: Problem }>, done: (value: Value) => void): Promise<void> {
    setBusy(true);
    setProblem(null);
    const answer = await call;
    setBusy(false);
    if (answer.kind === 'ok') done(answer.value);
    else setProblem(answer.failure);
  }

  const changeShop = () => ask(bridge.findSubAccounts(null), (found) => setStep({ kind: 'shop', found }));
  const disconnect = () => ask(bridge.disconnect({ openPayments }), onDone);
  const back = () => setStep({ kind: 'account' });
  if (step.kind === 'leaving' && account.kind !== 'training') return <Leaving openPayments={openPayments} busy={busy} refusal={<Refusal problem={problem} />} onStay={back} onDisconnect={() => void disconnect()} />;
  if (account.kind === 'training' || (step.kind !== 'account' && step.kind !== 'leaving')) {
    return (
      <section className="set-up">
        <h2>{words.title}</h2>
        {account.kind === 'training' && <p>{say(words.view, account)}</p>}
        <ConnectAccount
          key={step.kind}
          bridge={bridge}
          registerId={registerId}
          current={account.kind === 'connected' ? account.subAccountId : null}
          autoFocus={step.kind !== 'account'}
          {...(step.kind === 'shop' ? { found: step.found } : {})}
          onConnected={onDone}
          onBack={step.kind === 'account' ? null : back}
        />
      </section>
    );
  }
  const isStopped = registerState.kind === 'stopped';
  return (
    <section className="set-up">
      <h2>{words.titleConnected}</h2>
      <p>{say(words.view, account)}</p>
      {account.kind === 'broken' && <Broken problem={account.problem} isStopped={isStopped} busy={busy} onTryAgain={() => void openAgain()} />}
      <ConnectionTest testConnection={bridge.testConnection} />
      <Refusal problem={problem} />
      <div className="next">
        {!isStopped && (
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

function Refusal({ problem }: { readonly problem: Problem | null }) {
  const { account: words } = useAllWords();
  const code = codeOf(problem);
  return (
    <Said isWarning className="problem">
      {problem !== null && say(words.problem, problem)}
      {code !== null && <small> ({code})</small>}
    </Said>
  );
}

type LeavingProps = { readonly openPayments: number; readonly busy: boolean; readonly refusal: ReactNode; readonly onStay: () => void; readonly onDisconnect: () => void };

/** Asked before the account is disconnected. */
function Leaving({ openPayments, busy, refusal, onStay, onDisconnect }: LeavingProps) {
  const { leave } = useAllWords().account;
  return (
    <section className="set-up">
      <h2>{leave.title}</h2>
      <p>{leave.sentence}</p>
      {openPayments > 0 && (
        <p>
          <strong>{leave.openPayments(openPayments)}</strong>
        </p>
      )}
      {refusal}
      <div className="next">
        <Button className="charge" autoFocus isDisabled={busy} onPress={onStay}>
          {leave.stay}
        </Button>
        <Button isDisabled={busy} onPress={onDisconnect}>
          {leave.disconnect}
        </Button>
      </div>
    </section>
  );
}

type BrokenProps = { readonly problem: ChargeProblem; readonly isStopped: boolean; readonly busy: boolean; readonly onTryAgain: () => void };

/** Why this account takes no payments now. */
function Broken({ problem, isStopped, busy, onTryAgain }: BrokenProps) {
  const { account: words, till } = useAllWords();
  return (
    <>
      <Said isWarning>{say(till.problem, problem)}</Said>
      {isStopped && <p>{words.stopped}</p>}
      <div className="next">
        <Button className="charge" isDisabled={busy} onPress={onTryAgain}>
          {words.tryAgain}
        </Button>
      </div>
    </>
  );
}
