import { useState } from 'react';
import { Button } from 'react-aria-components';
import type { Bridge } from '../../contract/channels.ts';
import { say } from '../words/sentences.ts';
import { useWords } from './use-words.ts';

type Props = { readonly bridge: Pick<Bridge<'till'>, 'beginTraining'>; readonly onConnect: () => void };

/** The very first screen: two ways to begin, in plain words. */
export function FirstRun({ bridge, onConnect }: Props) {
  const { firstRun, problem } = useWords().account;
  const [failure, setFailure] = useState<'settings-unwritable' | 'refused' | null>(null);

  async function begin(): Promise<void> {
    setFailure(null);
    const begun = await bridge.beginTraining();
    if (begun.kind === 'failed') setFailure(begun.failure.kind);
  }

  return (
    <main className="first-run">
      <h1>{firstRun.title}</h1>
      <p>{firstRun.sentence}</p>
      <div className="first-run-ways">
        <Button className="first-run-way" autoFocus onPress={() => void begin()}>
          <b>{firstRun.training}</b>
          <span>{firstRun.trainingHint}</span>
        </Button>
        <Button className="first-run-way" onPress={onConnect}>
          <b>{firstRun.connect}</b>
          <span>{firstRun.connectHint}</span>
        </Button>
      </div>
      <p className="problem" role="alert">
        {failure !== null && say(problem, { kind: failure })}
      </p>
    </main>
  );
}
