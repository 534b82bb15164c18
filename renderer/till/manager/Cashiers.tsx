import { useEffect, useState } from 'react';
import { Button, Input, Label, TextField } from 'react-aria-components';
import { type CashierProblem, type CashierView, GUARDED_ACTIONS, type GuardedAction, LONGEST_CASHIER_NAME, type Right } from '../../../contract/cashier.ts';
import type { Bridge, NoAnswer } from '../../../contract/channels.ts';
import type { RegisterSettings } from '../../../contract/register-settings.ts';
import type { LimitsProblem } from '../../words/en/manager.ts';
import { say } from '../../words/sentences.ts';
import { useWords } from '../use-words.ts';
import { Choice } from './Choice.tsx';
import { PinPad } from './PinPad.tsx';

type Props = {
  readonly cashiers: readonly CashierView[];
  readonly bridge: Pick<Bridge<'manager'>, 'saveCashier' | 'removeCashier' | 'readSettings' | 'changeSettings'>;
};

/** Null: nobody; `cashier` null: somebody new. */
type Editing = { readonly cashier: CashierView | null; readonly name: string } | null;

/** The people at this register, and what they may do without the manager. */
export function Cashiers({ cashiers, bridge }: Props) {
  const { cashiers: words, manager } = useWords();
  const { shell } = manager;
  const [editing, setEditing] = useState<Editing>(null);
  const [problem, setProblem] = useState<CashierProblem | NoAnswer<'manager'>['failure'] | null>(null);

  async function finish(answer: ReturnType<typeof bridge.saveCashier>): Promise<void> {
    setProblem(null);
    const result = await answer;
    if (result.kind === 'failed') setProblem(result.failure);
    else setEditing(null);
  }

  return (
    <section>
      <h2>{words.title}</h2>
      <p>{cashiers.length === 0 ? words.nobody : words.everybody}</p>
      <ul className="cashier-list">
        {cashiers.map((cashier) => (
          <li key={cashier.id}>
            <strong>{cashier.name}</strong>
            <Button aria-label={`${words.nameAndPin}: ${cashier.name}`} onPress={() => setEditing({ cashier, name: cashier.name })}>
              {words.nameAndPin}
            </Button>
            <Button aria-label={words.removeOne(cashier.name)} onPress={() => void finish(bridge.removeCashier({ cashierId: cashier.id }))}>
              {words.remove}
            </Button>
          </li>
        ))}
      </ul>
      {editing === null ? (
        <>
          <p className="problem" role="alert">
            {problem !== null && say(words.problem, problem)}
          </p>
          <div>
            <Button onPress={() => setEditing({ cashier: null, name: '' })}>{words.add}</Button>
          </div>
          <RightsTable bridge={bridge} />
        </>
      ) : (
        <>
          <TextField className="field" value={editing.name} onChange={(name) => setEditing({ ...editing, name })} autoFocus>
            <Label>{words.name}</Label>
            <Input autoComplete="off" maxLength={LONGEST_CASHIER_NAME} />
          </TextField>
          <PinPad
            label={words.fourDigits}
            autoFocus={false}
            action={shell.save}
            sentence={problem !== null && say(words.problem, problem)}
            onPin={(pin) => void finish(bridge.saveCashier({ cashierId: editing.cashier?.id ?? null, name: editing.name, pin }))}
          >
            {editing.cashier !== null && (
              <Button className="quiet" onPress={() => void finish(bridge.saveCashier({ cashierId: editing.cashier?.id ?? null, name: editing.name, pin: null }))}>
                {words.saveName}
              </Button>
            )}
            <Button
              className="quiet"
              onPress={() => {
                setProblem(null);
                setEditing(null);
              }}
            >
              {shell.back}
            </Button>
          </PinPad>
        </>
      )}
    </section>
  );
}

/** Who may do what, one line an action. Saved with each choice. */
function RightsTable({ bridge }: Pick<Props, 'bridge'>) {
  const { cashiers: words, manager } = useWords();
  const [settings, setSettings] = useState<RegisterSettings | null>(null);
  const [problem, setProblem] = useState<LimitsProblem | null>(null);

  useEffect(() => {
    void bridge.readSettings().then((answer) => {
      if (answer.kind === 'ok') setSettings(answer.value);
    });
  }, [bridge]);

  async function change(before: RegisterSettings, action: GuardedAction, right: Right): Promise<void> {
    const after = { ...before, rights: { ...before.rights, [action]: right } };
    const answer = await bridge.changeSettings(after);
    setProblem(answer.kind === 'failed' ? answer.failure : null);
    if (answer.kind === 'ok') setSettings(after);
  }

  if (settings === null) return null;
  return (
    <>
      <h2>{words.whoMay}</h2>
      {GUARDED_ACTIONS.map((action) => (
        <Choice
          key={action}
          setting={`rights.${action}`}
          label={words.actions[action]}
          value={settings.rights[action]}
          options={[
            ['cashier', words.mayCashiers],
            ['manager', words.mayManager],
          ]}
          onChange={(right) => void change(settings, action, right === 'manager' ? 'manager' : 'cashier')}
        />
      ))}
      <p className="problem">{problem !== null && say(manager.limits.problem, problem)}</p>
    </>
  );
}
