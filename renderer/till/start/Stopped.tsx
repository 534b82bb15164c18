import type { StopReason } from '../../../contract/problem.ts';
import { Button } from '../../skin/Button.tsx';
import { say } from '../../../words/sentences.ts';
import { useAllWords } from '../use-words.ts';
import { Said } from '../Said.tsx';

type Props = { readonly why: StopReason; readonly onTryAgain: () => void };

/** The register was connected, and a part of its data is missing. No sale can be typed; the manager's side, in the bar above, can repair it. */
export function Stopped({ why, onTryAgain }: Props) {
  const { till, account } = useAllWords();
  return (
    <main className="first-run stopped">
      <h1>{account.registerStopped}</h1>
      <Said isWarning>{say(till.problem, { kind: why })}</Said>
      <div className="next">
        <Button className="charge" autoFocus onPress={onTryAgain}>
          {till.result.tryAgain}
        </Button>
      </div>
    </main>
  );
}
