import { useState } from 'react';
import type { Bridge, NoAnswer } from '../../../contract/channels.ts';
import type { SubAccountOffers } from '../../../contract/connecting.ts';
import type { Credentials } from '../../../contract/credentials.ts';
import type { ConnectProblem } from '../../../contract/problem.ts';
import { Button } from '../../skin/Button.tsx';
import { codeOf, say } from '../../../words/sentences.ts';
import { useAllWords } from '../use-words.ts';
import { ChooseSubAccount } from './ChooseSubAccount.tsx';
import { CredentialsForm } from './CredentialsForm.tsx';

type Problem = ConnectProblem | NoAnswer<'manager'>['failure'];

type Props = {
  readonly bridge: Pick<Bridge<'manager'>, 'findSubAccounts' | 'connect'>;
  readonly registerId: string;
  /** The sub account in use. */
  readonly current: string | null;
  /** The shops that were found with the key in the keychain. */
  readonly found?: SubAccountOffers;
  /** Whether the cursor begins in the first field. */
  readonly autoFocus?: boolean;
  readonly onConnected: () => void;
  readonly onBack: (() => void) | null;
};

/** First the key, tried with JustiFi at once; then the shop. The page clears the key once JustiFi has accepted it, and never gets it back. */
export function ConnectAccount({ bridge, registerId, current, found: given, autoFocus = true, onConnected, onBack }: Props) {
  const { account: words } = useAllWords();
  const [found, setFound] = useState<SubAccountOffers | null>(given ?? null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);

  async function find(typed: Credentials): Promise<void> {
    setBusy(true);
    setProblem(null);
    const answer = await bridge.findSubAccounts(typed);
    setBusy(false);
    if (answer.kind === 'ok') setFound(answer.value);
    else setProblem(answer.failure);
  }

  async function connect(subAccountId: string): Promise<void> {
    setBusy(true);
    setProblem(null);
    const answer = await bridge.connect({ subAccountId });
    setBusy(false);
    if (answer.kind === 'ok') return onConnected();
    // The key has to be typed again; other problems are shown in place.
    if (answer.failure.kind === 'credentials-forgotten') setFound(null);
    return setProblem(answer.failure);
  }

  const code = codeOf(problem);
  const sentence = problem === null ? null : `${say(words.problem, problem)}${code === null ? '' : ` (${code})`}`;
  return found === null ? (
    <>
      <p>{words.pasteHint}</p>
      <CredentialsForm only={null} registerId={registerId} action={words.next} busy={busy} problem={sentence} autoFocus={autoFocus} onSubmit={(typed) => void find(typed)}>
        {onBack !== null && (
          <Button className="quiet" isDisabled={busy} onPress={onBack}>
            {words.back}
          </Button>
        )}
      </CredentialsForm>
    </>
  ) : (
    <ChooseSubAccount
      found={found}
      current={current}
      busy={busy}
      problem={sentence}
      onChoose={(id) => void connect(id)}
      onBack={() => {
        setProblem(null);
        if (given !== undefined && onBack !== null) onBack();
        else setFound(null);
      }}
    />
  );
}
