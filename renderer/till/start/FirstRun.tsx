import { useState } from 'react';
import type { Bridge } from '../../../contract/channels.ts';
import type { Language } from '../../../contract/language.ts';
import { Button } from '../../skin/Button.tsx';
import { say } from '../../../words/sentences.ts';
import { useHelpKey } from '../use-help-key.ts';
import { useAllWords } from '../use-words.ts';
import { LanguageChoice } from './LanguageChoice.tsx';
import { Said } from '../Said.tsx';

type Props = {
  readonly bridge: Pick<Bridge<'till'>, 'beginTraining'>;
  readonly language: Language;
  readonly onSpeak: (language: Language) => void;
  readonly onConnect: () => void;
  readonly onHelp: () => void;
};

/** The very first screen: two ways to begin, in plain words. */
export function FirstRun({ bridge, language, onSpeak, onConnect, onHelp }: Props) {
  useHelpKey(onHelp);
  const { firstRun, problem } = useAllWords().account;
  const [failure, setFailure] = useState<'settings-unwritable' | 'refused' | null>(null);

  async function begin(): Promise<void> {
    setFailure(null);
    const begun = await bridge.beginTraining();
    if (begun.kind === 'failed') setFailure(begun.failure.kind);
  }

  return (
    <main className="first-run">
      <LanguageChoice language={language} onSpeak={onSpeak} />
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
      <Said isWarning className="problem">
        {failure !== null && say(problem, { kind: failure })}
      </Said>
    </main>
  );
}
