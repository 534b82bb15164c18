import { type FormEvent, useState } from 'react';
import { Button, Form, Input, Label, Text, TextField } from 'react-aria-components';
import type { Bridge } from '../../../contract/channels.ts';
import type { TillSnapshot } from '../../../contract/till-snapshot.ts';
import type { LimitsProblem } from '../../words/en/manager.ts';
import { say } from '../../words/sentences.ts';
import { useWords } from '../use-words.ts';
import { ConnectAccount } from './ConnectAccount.tsx';
import { ConnectionTest } from './ConnectionTest.tsx';
import { Limits } from './Limits.tsx';
import { SetPin } from './SetPin.tsx';
import { useStillHere } from './use-still-here.ts';

type Props = {
  readonly snapshot: TillSnapshot;
  readonly bridge: Bridge<'manager'>;
  readonly onDone: () => void;
};

const STEPS = ['connect', 'register', 'pin', 'limits', 'test'] as const;
type Step = (typeof STEPS)[number];

/** A new register, from the account to the test, one thing at a time. All of it is under Manager later. */
export function SetUp({ snapshot, bridge, onDone }: Props) {
  const { account: words, till } = useWords();
  const { steps } = words;
  const [step, setStep] = useState<Step>('connect');
  const stillHere = useStillHere(bridge);
  const { manager } = snapshot;
  const hasPin = manager.kind === 'unlocked' && manager.hasPin;
  const number = STEPS.indexOf(step) + 1;
  const next = () => (step === 'test' ? onDone() : setStep(STEPS[number]!));

  return (
    <main className="manager set-up-steps" {...stillHere}>
      <header className="manager-bar">
        <h1>{steps[step]}</h1>
        <p className="manager-hint">{steps.name(number, STEPS.length)}</p>
        <span className={`mode mode-${snapshot.mode}`}>{till.mode[snapshot.mode]}</span>
      </header>
      <section className="set-up" key={step}>
        {step === 'connect' && <ConnectAccount bridge={bridge} registerId={snapshot.registerId} current={null} onConnected={next} onBack={onDone} />}
        {step === 'register' && <RegisterName before={snapshot.registerName} bridge={bridge} onSaved={next} />}
        {step === 'pin' && <SetPin hasPin={hasPin} asksCurrent={false} setPin={bridge.setPin} />}
        {step === 'limits' && <Limits bridge={bridge} />}
        {step === 'test' && <ConnectionTest testConnection={bridge.testConnection} />}
        {step !== 'connect' && step !== 'register' && (
          <div className="next set-up-next">
            <Button className={step === 'pin' && !hasPin ? 'quiet' : 'charge'} onPress={next}>
              {step === 'test' ? steps.finish : step === 'pin' && !hasPin ? steps.later : steps.next}
            </Button>
          </div>
        )}
      </section>
    </main>
  );
}

function RegisterName({ before, bridge, onSaved }: { readonly before: string; readonly bridge: Props['bridge']; readonly onSaved: () => void }) {
  const { manager, account } = useWords();
  const { limits } = manager;
  const [name, setName] = useState(before);
  const [problem, setProblem] = useState<LimitsProblem | null>(null);

  async function save(event: FormEvent): Promise<void> {
    event.preventDefault();
    const settings = await bridge.readSettings();
    const answer = settings.kind === 'ok' ? await bridge.changeSettings({ ...settings.value, registerName: name }) : settings;
    if (answer.kind === 'ok') onSaved();
    else setProblem(answer.failure);
  }

  return (
    <Form onSubmit={(event) => void save(event)} validationBehavior="aria">
      <TextField className="field" value={name} onChange={setName} autoFocus>
        <Label>{limits.registerName}</Label>
        <Input autoComplete="off" maxLength={60} />
        <Text slot="description">{account.steps.registerHint}</Text>
      </TextField>
      <p className="problem" role="alert">
        {problem !== null && say(limits.problem, problem)}
      </p>
      <div className="next">
        <Button type="submit" className="charge">
          {account.steps.next}
        </Button>
      </div>
    </Form>
  );
}
