import { useEffect, useState } from 'react';
import { GUARDED_ACTIONS, type GuardedAction, type Right } from '../../../contract/cashier.ts';
import type { Bridge } from '../../../contract/channels.ts';
import type { RegisterSettings } from '../../../contract/register-settings.ts';
import type { LimitsProblem } from '../../../words/en/manager.ts';
import { say } from '../../../words/sentences.ts';
import { Said } from '../Said.tsx';
import { useAllWords } from '../use-words.ts';
import { Choice } from './Choice.tsx';

type Props = { readonly bridge: Pick<Bridge<'manager'>, 'readSettings' | 'changeSettings'> };

/** The rights, one line for each action. Saved with each choice. */
export function Rights({ bridge }: Props) {
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
