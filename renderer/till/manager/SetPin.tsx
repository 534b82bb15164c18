import { useState } from 'react';
import type { Bridge, NoAnswer } from '../../../contract/channels.ts';
import { type AccessProblem, SHORTEST_MANAGER_PIN, checkManagerPin } from '../../../contract/pin.ts';
import { say } from '../../../words/sentences.ts';
import { useAllWords } from '../use-words.ts';
import { PinPad } from '../access/PinPad.tsx';
import { Said } from '../Said.tsx';

type Props = {
  readonly hasPin: boolean;
  readonly asksCurrent: boolean;
  readonly setPin: Bridge<'manager'>['setPin'];
  /** Called where a next step follows; otherwise success is shown here. */
  readonly onDone?: () => void;
};

type Step =
  | { readonly kind: 'current' }
  | { readonly kind: 'new'; readonly currentPin: string | null }
  | { readonly kind: 'again'; readonly currentPin: string | null; readonly pin: string };

type Problem = AccessProblem | NoAnswer<'manager'>['failure'] | { readonly kind: 'not-the-same' };

/** Sets the manager's PIN, or changes it: the current one where it must be known, then the new one twice. */
export function SetPin({ hasPin, asksCurrent, setPin, onDone }: Props) {
  const { access, setPin: words } = useAllWords().manager;
  const first: Step = asksCurrent ? { kind: 'current' } : { kind: 'new', currentPin: null };
  const [step, setStep] = useState<Step>(first);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [done, setDone] = useState(false);

  async function take(pin: string): Promise<void> {
    setProblem(null);
    setDone(false);
    if (step.kind === 'current') return setStep({ kind: 'new', currentPin: pin });
    if (step.kind === 'new') {
      const checked = checkManagerPin(pin);
      return checked.kind === 'failed' ? setProblem(checked.failure) : setStep({ ...step, kind: 'again', pin });
    }
    if (pin !== step.pin) {
      setStep({ kind: 'new', currentPin: step.currentPin });
      return setProblem({ kind: 'not-the-same' });
    }
    setBusy(true);
    const answer = await setPin({ currentPin: step.currentPin, pin });
    setBusy(false);
    if (answer.kind === 'failed') {
      setStep(first);
      return setProblem(answer.failure);
    }
    if (onDone !== undefined) return onDone();
    setDone(true);
    return setStep({ kind: 'current' });
  }

  return (
    <section>
      <h2>{hasPin ? words.change : words.set}</h2>
      <p>{words.rule(SHORTEST_MANAGER_PIN)}</p>
      <Said>{done && words.done}</Said>
      <PinPad
        key={step.kind}
        label={step.kind === 'current' ? words.current : step.kind === 'new' ? words.new : words.again}
        action={busy ? words.saving : step.kind === 'again' ? words.setPin : words.next}
        isDisabled={busy}
        sentence={problem === null ? null : problem.kind === 'not-the-same' ? words.notTheSame : say(access, problem)}
        onPin={(pin) => void take(pin)}
      />
    </section>
  );
}
