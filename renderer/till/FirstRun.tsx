import { Button } from 'react-aria-components';
import { useWords } from './use-words.ts';

type Props = { readonly onTraining: () => void; readonly onConnect: () => void };

/** The very first screen: two ways to begin, in plain words. */
export function FirstRun({ onTraining, onConnect }: Props) {
  const { firstRun } = useWords().account;
  return (
    <main className="first-run">
      <h1>{firstRun.title}</h1>
      <p>{firstRun.sentence}</p>
      <div className="first-run-ways">
        <Button className="first-run-way" autoFocus onPress={onTraining}>
          <b>{firstRun.training}</b>
          <span>{firstRun.trainingHint}</span>
        </Button>
        <Button className="first-run-way" onPress={onConnect}>
          <b>{firstRun.connect}</b>
          <span>{firstRun.connectHint}</span>
        </Button>
      </div>
    </main>
  );
}
