import { useState } from 'react';
import type { Bridge, NoAnswer } from '../../../contract/channels.ts';
import type { ConnectionCheck } from '../../../contract/connecting.ts';
import { Button } from '../../skin/Button.tsx';
import { codeOf, say } from '../../../words/sentences.ts';
import { useAllWords } from '../use-words.ts';
import { Said } from '../Said.tsx';

type Props = { readonly testConnection: Bridge<'manager'>['testConnection'] };

/** Checks everything that a payment needs, and shows it line by line. */
export function ConnectionTest({ testConnection }: Props) {
  const { account: words } = useAllWords();
  const [busy, setBusy] = useState(false);
  const [checks, setChecks] = useState<readonly ConnectionCheck[] | null>(null);
  const [refused, setRefused] = useState<NoAnswer<'manager'>['failure'] | null>(null);

  async function test(): Promise<void> {
    setBusy(true);
    setChecks(null);
    const answer = await testConnection();
    setBusy(false);
    setRefused(answer.kind === 'failed' ? answer.failure : null);
    if (answer.kind === 'ok') setChecks(answer.value);
  }

  return (
    <div className="connection-test">
      <p>{words.testHint}</p>
      <Button isDisabled={busy} onPress={() => void test()}>
        {busy ? words.testing : words.testConnection}
      </Button>
      <Said as="div" className="checked">
        {refused !== null && <p>{say(words.problem, refused)}</p>}
        {checks !== null && (
          <>
            <p>{checks.every(({ result }) => result === 'ok') ? words.tested : words.testedBadly}</p>
            <ul className="checks">
              {checks.map(({ name, result }) => (
                <li key={name} data-result={typeof result === 'string' ? result : 'failed'}>
                  <span aria-hidden="true">{result === 'ok' ? '✓' : result === 'skipped' ? '–' : '✗'}</span> {words.checks[name]}
                  {result === 'skipped' && <small> ({words.skipped})</small>}
                  {typeof result !== 'string' && (
                    <small>
                      {' '}
                      {say(words.problem, result)}
                      {codeOf(result) !== null && ` (${codeOf(result)})`}
                    </small>
                  )}
                </li>
              ))}
            </ul>
          </>
        )}
      </Said>
    </div>
  );
}
