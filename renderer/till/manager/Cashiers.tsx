import { useEffect, useId, useRef, useState } from 'react';
import { Input, Label, TextField } from 'react-aria-components';
import { type CashierProblem, type CashierView, GUARDED_ACTIONS, type GuardedAction, LONGEST_CASHIER_NAME, type Right } from '../../../contract/cashier.ts';
import type { Bridge, NoAnswer } from '../../../contract/channels.ts';
import type { RegisterSettings } from '../../../contract/register-settings.ts';
import { Button } from '../../skin/Button.tsx';
import type { LimitsProblem } from '../../../words/en/manager.ts';
import { isolated } from '../../../words/isolated.ts';
import { say } from '../../../words/sentences.ts';
import { useAllWords } from '../use-words.ts';
import { Choice } from './Choice.tsx';
import { PinPad } from '../access/PinPad.tsx';
import { Said } from '../Said.tsx';

type Props = {
  readonly cashiers: readonly CashierView[];
  readonly bridge: Pick<Bridge<'manager'>, 'saveCashier' | 'removeCashier' | 'readSettings' | 'changeSettings'>;
};

/** Null: none; `cashier` null: a new one. */
type Editing = { readonly cashier: CashierView | null; readonly name: string } | null;

/** The people at this register, and what they may do without the manager. */
export function Cashiers({ cashiers, bridge }: Props) {
  const { cashiers: words, manager } = useAllWords();
  const { shell } = manager;
  const [editing, setEditing] = useState<Editing>(null);
  /** Asked about before it is done: a name and a PIN cannot be had back. */
  const [removing, setRemoving] = useState<string | null>(null);
  const title = useRef<HTMLHeadingElement>(null);
  const [problem, setProblem] = useState<CashierProblem | NoAnswer<'manager'>['failure'] | null>(null);

  const [told, setTold] = useState<string | null>(null);
  const sentenceId = useId();
  const isNameWrong = problem?.kind.startsWith('cashier-name') === true;

  async function finish(answer: ReturnType<typeof bridge.saveCashier>, done: string): Promise<void> {
    setProblem(null);
    setTold(null);
    const result = await answer;
    if (result.kind === 'failed') return setProblem(result.failure);
    setEditing(null);
    setRemoving(null);
    setTold(done);
    // The button that was pressed is gone, and the focus must not go with it.
    title.current?.focus();
  }

  function edit(cashier: CashierView | null): void {
    setTold(null);
    setEditing({ cashier, name: cashier?.name ?? '' });
  }

  return (
    <section>
      <h2 ref={title} tabIndex={-1}>
        {words.title}
      </h2>
      <Said>{told}</Said>
      <p>{cashiers.length === 0 ? words.nobody : words.everybody}</p>
      <ul className="cashier-list">
        {cashiers.map((cashier) => (
          <li key={cashier.id}>
            <strong>
              <bdi>{cashier.name}</bdi>
            </strong>
            {removing === cashier.id ? (
              <>
                <Said as="span">{words.removeForGood}</Said>
                <Button aria-label={words.removeOne(cashier.name)} onPress={() => void finish(bridge.removeCashier({ cashierId: cashier.id }), words.wasRemoved(cashier.name))}>
                  {words.remove}
                </Button>
                <Button autoFocus className="quiet" onPress={() => setRemoving(null)}>
                  {words.keep}
                </Button>
              </>
            ) : (
              <>
                <Button aria-label={`${words.nameAndPin}: ${isolated(cashier.name)}`} onPress={() => edit(cashier)}>
                  {words.nameAndPin}
                </Button>
                <Button aria-label={words.removeOne(cashier.name)} onPress={() => setRemoving(cashier.id)}>
                  {words.remove}
                </Button>
              </>
            )}
          </li>
        ))}
      </ul>
      {editing === null ? (
        <>
          <Said isWarning className="problem">
            {problem !== null && say(words.problem, problem)}
          </Said>
          <div>
            <Button onPress={() => edit(null)}>{words.add}</Button>
          </div>
          <RightsTable bridge={bridge} />
        </>
      ) : (
        <>
          <TextField className="field" value={editing.name} onChange={(name) => setEditing({ ...editing, name })} isInvalid={isNameWrong} {...(isNameWrong && { 'aria-describedby': sentenceId })} autoFocus>
            <Label>{words.name}</Label>
            <Input autoComplete="off" maxLength={LONGEST_CASHIER_NAME} />
          </TextField>
          <PinPad
            label={words.fourDigits}
            autoFocus={false}
            action={shell.save}
            sentence={problem !== null && say(words.problem, problem)}
            isAboutPin={!isNameWrong}
            sentenceId={sentenceId}
            onPin={(pin) => void finish(bridge.saveCashier({ cashierId: editing.cashier?.id ?? null, name: editing.name, pin }), words.wasSaved(editing.name.trim()))}
          >
            {editing.cashier !== null && (
              <Button className="quiet" onPress={() => void finish(bridge.saveCashier({ cashierId: editing.cashier?.id ?? null, name: editing.name, pin: null }), words.wasSaved(editing.name.trim()))}>
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
  const { cashiers: words, manager } = useAllWords();
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
      <Said isWarning className="problem">{problem !== null && say(manager.limits.problem, problem)}</Said>
    </>
  );
}
