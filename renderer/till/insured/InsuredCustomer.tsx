import { type FormEvent, useState } from 'react';
import { Form, Input, Label, TextField } from 'react-aria-components';
import type { Bridge } from '../../../contract/channels.ts';
import { INSURED_FIELDS, type Insured, LONGEST_INSURED, wrongFields } from '../../../contract/insured.ts';
import { Button } from '../../skin/Button.tsx';
import { Said } from '../Said.tsx';
import { useAllWords } from '../use-words.ts';

type Props = { readonly saleId: string; readonly bridge: Pick<Bridge<'till'>, 'quoteInsurance'> };

const EMPTY: Insured = { firstName: '', lastName: '', email: '', state: '', postalCode: '' };
/** The id of the error's sentence. */
const PROBLEM = 'insured-problem';

/** The insurer's questions. The card form opens with its price. */
export function InsuredCustomer({ saleId, bridge }: Props) {
  const { insurance: words } = useAllWords();
  const [insured, setInsured] = useState(EMPTY);
  const [wrong, setWrong] = useState<readonly (keyof Insured)[]>([]);
  const [isBusy, setBusy] = useState(false);

  async function ask(): Promise<void> {
    const trimmed: Insured = { firstName: insured.firstName.trim(), lastName: insured.lastName.trim(), email: insured.email.trim(), state: insured.state.trim(), postalCode: insured.postalCode.trim() };
    const found = wrongFields(trimmed);
    setWrong(found);
    if (isBusy) return;
    if (found[0] !== undefined) return document.querySelector<HTMLInputElement>(`input[name="${found[0]}"]`)?.focus();
    setBusy(true);
    const answer = await bridge.quoteInsurance({ saleId, insured: trimmed });
    // The form replaces this screen.
    if (answer.kind === 'failed') setBusy(false);
  }

  function submit(event: FormEvent): void {
    event.preventDefault();
    void ask();
  }

  return (
    <div className="insured-customer">
      <h2>{words.title}</h2>
      <p>{words.hint}</p>
      <Form onSubmit={submit} validationBehavior="aria">
        {INSURED_FIELDS.map((field, place) => (
          <TextField key={field} name={field} className="field" autoFocus={place === 0} value={insured[field]} onChange={(typed) => setInsured((before) => ({ ...before, [field]: typed }))} isInvalid={wrong.includes(field)} {...(wrong.includes(field) && { 'aria-describedby': PROBLEM })}>
            <Label>{words.fields[field]}</Label>
            <Input autoComplete="off" maxLength={LONGEST_INSURED[field]} {...(field === 'email' && { inputMode: 'email' as const })} />
          </TextField>
        ))}
        <Said isWarning id={PROBLEM} className="problem">
          {wrong.length === 0 ? null : words.wrong}
        </Said>
        <Button type="submit" className="charge" isDisabled={isBusy}>
          {words.quote}
        </Button>
      </Form>
    </div>
  );
}
