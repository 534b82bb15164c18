import { useId, useRef, useState } from 'react';
import { Input, Label, TextField } from 'react-aria-components';
import { type CashierProblem, type CashierView, LONGEST_CASHIER_NAME } from '../../../contract/cashier.ts';
import type { Bridge, NoAnswer } from '../../../contract/channels.ts';
import { Button } from '../../skin/Button.tsx';
import { isolated } from '../../../words/isolated.ts';
import { say } from '../../../words/sentences.ts';
import { useAllWords } from '../use-words.ts';
import { Rights } from './Rights.tsx';
import { PinPad } from '../access/PinPad.tsx';
import { Said } from '../Said.tsx';

type Props = {
  readonly cashiers: readonly CashierView[];
  readonly bridge: Pick<Bridge<'manager'>, 'saveCashier' | 'removeCashier' | 'readSettings' | 'changeSettings'>;
};

type Problem = CashierProblem | NoAnswer<'manager'>['failure'];

/** Null: none; `cashier` null: a new one. */
type Editing = { readonly cashier: CashierView | null; readonly name: string } | null;

/** The cashiers of this register, and their rights. */
export function Cashiers({ cashiers, bridge }: Props) {
  const { cashiers: words } = useAllWords();
  const [editing, setEditing] = useState<Editing>(null);
  /** Confirmed first: a name and a PIN cannot be restored. */
  const [removing, setRemoving] = useState<string | null>(null);
  const title = useRef<HTMLHeadingElement>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [told, setTold] = useState<string | null>(null);

  async function finish(answer: ReturnType<typeof bridge.saveCashier>, done: string): Promise<void> {
    setProblem(null);
    setTold(null);
    const result = await answer;
    if (result.kind === 'failed') return setProblem(result.failure);
    setEditing(null);
    setRemoving(null);
    setTold(done);
    // The pressed button is removed, and the focus must stay in the section.
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
      <p>{cashiers.length === 0 ? words.none : words.everybody}</p>
      <ul className="cashier-list">
        {cashiers.map((cashier) => (
          <CashierLine key={cashier.id} cashier={cashier} isRemoving={removing === cashier.id} onEdit={() => edit(cashier)} onRemoving={setRemoving} onRemove={() => void finish(bridge.removeCashier({ cashierId: cashier.id }), words.wasRemoved(cashier.name))} />
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
          <Rights bridge={bridge} />
        </>
      ) : (
        <EditCashier
          editing={editing}
          problem={problem}
          onName={(name) => setEditing({ ...editing, name })}
          onSave={(pin) => void finish(bridge.saveCashier({ cashierId: editing.cashier?.id ?? null, name: editing.name, pin }), words.wasSaved(editing.name.trim()))}
          onBack={() => {
            setProblem(null);
            setEditing(null);
          }}
        />
      )}
    </section>
  );
}

type LineProps = {
  readonly cashier: CashierView;
  /** The cashier whose removal has to be confirmed. */
  readonly isRemoving: boolean;
  readonly onEdit: () => void;
  readonly onRemoving: (cashierId: string | null) => void;
  readonly onRemove: () => void;
};

function CashierLine({ cashier, isRemoving, onEdit, onRemoving, onRemove }: LineProps) {
  const { cashiers: words } = useAllWords();
  return (
    <li>
      <strong>
        <bdi>{cashier.name}</bdi>
      </strong>
      {isRemoving ? (
        <>
          <Said as="span">{words.removeForGood}</Said>
          <Button aria-label={words.removeOne(cashier.name)} onPress={onRemove}>
            {words.remove}
          </Button>
          <Button autoFocus className="quiet" onPress={() => onRemoving(null)}>
            {words.keep}
          </Button>
        </>
      ) : (
        <>
          <Button aria-label={`${words.nameAndPin}: ${isolated(cashier.name)}`} onPress={onEdit}>
            {words.nameAndPin}
          </Button>
          <Button aria-label={words.removeOne(cashier.name)} onPress={() => onRemoving(cashier.id)}>
            {words.remove}
          </Button>
        </>
      )}
    </li>
  );
}

type EditProps = {
  readonly editing: Exclude<Editing, null>;
  readonly problem: Problem | null;
  readonly onName: (name: string) => void;
  /** `pin`: null: unchanged. */
  readonly onSave: (pin: string | null) => void;
  readonly onBack: () => void;
};

function EditCashier({ editing, problem, onName, onSave, onBack }: EditProps) {
  const { cashiers: words, manager } = useAllWords();
  const sentenceId = useId();
  const isNameWrong = problem?.kind.startsWith('cashier-name') === true;
  return (
    <>
      <TextField className="field" value={editing.name} onChange={onName} isInvalid={isNameWrong} {...(isNameWrong && { 'aria-describedby': sentenceId })} autoFocus>
        <Label>{words.name}</Label>
        <Input autoComplete="off" maxLength={LONGEST_CASHIER_NAME} />
      </TextField>
      <PinPad label={words.fourDigits} autoFocus={false} action={manager.shell.save} sentence={problem !== null && say(words.problem, problem)} isAboutPin={!isNameWrong} sentenceId={sentenceId} onPin={onSave}>
        {editing.cashier !== null && (
          <Button className="quiet" onPress={() => onSave(null)}>
            {words.saveName}
          </Button>
        )}
        <Button className="quiet" onPress={onBack}>
          {manager.shell.back}
        </Button>
      </PinPad>
    </>
  );
}
