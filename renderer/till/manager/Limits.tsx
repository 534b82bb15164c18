import { type FormEvent, useEffect, useState } from 'react';
import { Button, Checkbox, Form, Input, Label, Text, TextArea, TextField } from 'react-aria-components';
import type { Bridge } from '../../../contract/channels.ts';
import { type Currency, parseAmount } from '../../../contract/money.ts';
import type { RegisterSettings } from '../../../contract/register-settings.ts';
import { LOCALE, money } from '../words.ts';
import { Choice } from './Choice.tsx';
import { type LimitsProblem, limitsSentence } from './limits-words.ts';

type Props = { readonly currency: Currency; readonly bridge: Pick<Bridge<'manager'>, 'readSettings' | 'changeSettings'> };

/** What is typed; amounts as people write them. */
type Typed = {
  readonly registerName: string;
  readonly smallest: string;
  readonly largest: string;
  readonly confirmAbove: string;
  readonly sameAgain: string;
  readonly bankAccounts: boolean;
  readonly billing: 'short' | 'full';
  readonly presets: string;
  /** Set elsewhere; goes back as it came. */
  readonly rights: RegisterSettings['rights'];
};

/** What a cashier may charge, what is asked about, and what the customer finds on the form. */
export function Limits({ currency, bridge }: Props) {
  const [typed, setTyped] = useState<Typed | null>(null);
  const [problem, setProblem] = useState<LimitsProblem | null>(null);
  const [saved, setSaved] = useState(false);

  useEffect(() => {
    void bridge.readSettings().then((answer) => {
      if (answer.kind === 'ok') setTyped(asTyped(answer.value, currency));
      else setProblem(answer.failure);
    });
  }, [bridge, currency]);

  function change(part: Partial<Typed>): void {
    setSaved(false);
    setTyped((before) => (before === null ? null : { ...before, ...part }));
  }

  async function save(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (typed === null) return;
    setSaved(false);
    const read = asSettings(typed);
    if ('kind' in read) return setProblem(read);
    const answer = await bridge.changeSettings(read);
    setProblem(answer.kind === 'failed' ? answer.failure : null);
    setSaved(answer.kind === 'ok');
  }

  if (typed === null) return <p role="alert">{problem !== null && limitsSentence(problem)}</p>;
  return (
    <section>
      <h2>Sales and limits</h2>
      <Form className="limits" onSubmit={(event) => void save(event)} validationBehavior="aria">
        <Line label="Name of this register" value={typed.registerName} onChange={(registerName) => change({ registerName })} />
        <div className="limits-pair">
          <Line label="Smallest amount" value={typed.smallest} onChange={(smallest) => change({ smallest })} />
          <Line label="Largest amount" value={typed.largest} onChange={(largest) => change({ largest })} />
        </div>
        <div className="limits-pair">
          <Line label="Ask before charging more than" hint="Empty: never ask." value={typed.confirmAbove} onChange={(confirmAbove) => change({ confirmAbove })} />
          <Line label="Ask about the same sale within (minutes)" hint="0: never ask." value={typed.sameAgain} onChange={(sameAgain) => change({ sameAgain })} />
        </div>
        <Checkbox className="check" isSelected={typed.bankAccounts} onChange={(bankAccounts) => change({ bankAccounts })}>
          <span className="check-box" aria-hidden="true" /> Customers may pay from a bank account
        </Checkbox>
        <Choice
          label="What the customer enters besides the card"
          value={typed.billing}
          options={[
            ['short', 'Postal code only'],
            ['full', 'Name and whole address'],
          ]}
          onChange={(billing) => change({ billing: billing === 'full' ? 'full' : 'short' })}
        />
        <TextField className="field" value={typed.presets} onChange={(presets) => change({ presets })}>
          <Label>Buttons under “What is it for?”, one a line</Label>
          <TextArea rows={5} />
        </TextField>
        <p className="problem" role="alert">
          {problem !== null && limitsSentence(problem)}
        </p>
        <p role="status">{saved && 'Saved.'}</p>
        <div className="next">
          <Button type="submit" className="charge">
            Save
          </Button>
        </div>
      </Form>
    </section>
  );
}

function Line({ label, hint, value, onChange }: { readonly label: string; readonly hint?: string; readonly value: string; readonly onChange: (value: string) => void }) {
  return (
    <TextField className="field" value={value} onChange={onChange}>
      <Label>{label}</Label>
      <Input autoComplete="off" />
      {hint !== undefined && <Text slot="description">{hint}</Text>}
    </TextField>
  );
}

function asTyped({ registerName, limits, form, rights, descriptionPresets }: RegisterSettings, currency: Currency): Typed {
  return {
    registerName,
    smallest: money(limits.smallestInCents, currency),
    largest: money(limits.largestInCents, currency),
    confirmAbove: limits.confirmAboveInCents === null ? '' : money(limits.confirmAboveInCents, currency),
    sameAgain: String(limits.sameAgainWithinMinutes),
    ...form,
    presets: descriptionPresets.join('\n'),
    rights,
  };
}

function asSettings(typed: Typed): RegisterSettings | LimitsProblem {
  const smallest = parseAmount(typed.smallest, LOCALE);
  const largest = parseAmount(typed.largest, LOCALE);
  const confirmAbove = typed.confirmAbove.trim() === '' ? null : parseAmount(typed.confirmAbove, LOCALE);
  if (smallest.kind === 'failed' || largest.kind === 'failed' || confirmAbove?.kind === 'failed') return { kind: 'not-an-amount' };
  if (!/^\d{1,2}$/u.test(typed.sameAgain.trim()) || Number(typed.sameAgain) > 60) return { kind: 'minutes-invalid' };
  return {
    registerName: typed.registerName,
    limits: {
      smallestInCents: smallest.value,
      largestInCents: largest.value,
      confirmAboveInCents: confirmAbove === null ? null : confirmAbove.value,
      sameAgainWithinMinutes: Number(typed.sameAgain),
    },
    form: { bankAccounts: typed.bankAccounts, billing: typed.billing },
    rights: typed.rights,
    descriptionPresets: typed.presets.split('\n').filter((preset) => preset.trim() !== ''),
  };
}
