import { type FormEvent, useEffect, useState } from 'react';
import { Button, Form, Input, Label, Text, TextArea, TextField } from 'react-aria-components';
import type { Bridge } from '../../../contract/channels.ts';
import { parseAmount } from '../../../contract/money.ts';
import type { RegisterSettings } from '../../../contract/register-settings.ts';
import type { LimitsProblem } from '../../words/en/manager.ts';
import type { Words } from '../../words/catalogue.ts';
import { say } from '../../words/sentences.ts';
import { shownPresets, storedPresets } from '../presets.ts';
import { useWords } from '../use-words.ts';
import { Choice } from './Choice.tsx';
import { Switch } from './Switch.tsx';
import { useLocked } from './use-locked.ts';

type Props = { readonly bridge: Pick<Bridge<'manager'>, 'readSettings' | 'changeSettings'> };

/** What is typed; amounts as people write them. */
type Typed = {
  readonly registerName: string;
  readonly smallest: string;
  readonly largest: string;
  readonly confirmAbove: string;
  readonly sameAgain: string;
  readonly cards: boolean;
  readonly bankAccounts: boolean;
  readonly billing: 'short' | 'full';
  readonly presets: string;
  /** Set elsewhere; goes back as it came. */
  readonly rights: RegisterSettings['rights'];
};

/** What a cashier may charge, what is asked about, and what the customer finds on the form. */
export function Limits({ bridge }: Props) {
  const all = useWords();
  const { limits: words, shell } = all.manager;
  const [typed, setTyped] = useState<Typed | null>(null);
  const [problem, setProblem] = useState<LimitsProblem | null>(null);
  const [saved, setSaved] = useState(false);
  const presetsLocked = useLocked('descriptionPresets');

  useEffect(() => {
    void bridge.readSettings().then((answer) => {
      if (answer.kind === 'ok') setTyped(asTyped(answer.value, all));
      else setProblem(answer.failure);
    });
  }, [bridge, all]);

  function change(part: Partial<Typed>): void {
    setSaved(false);
    setTyped((before) => (before === null ? null : { ...before, ...part }));
  }

  async function save(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (typed === null) return;
    setSaved(false);
    const read = asSettings(typed, all);
    if ('kind' in read) return setProblem(read);
    const answer = await bridge.changeSettings(read);
    setProblem(answer.kind === 'failed' ? answer.failure : null);
    setSaved(answer.kind === 'ok');
  }

  if (typed === null) return <p role="alert">{problem !== null && say(words.problem, problem)}</p>;
  return (
    <section>
      <h2>{words.title}</h2>
      <Form className="limits" onSubmit={(event) => void save(event)} validationBehavior="aria">
        <Line setting="registerName" label={words.registerName} value={typed.registerName} onChange={(registerName) => change({ registerName })} />
        <div className="limits-pair">
          <Line setting="limits.smallestInCents" label={words.smallest} value={typed.smallest} onChange={(smallest) => change({ smallest })} />
          <Line setting="limits.largestInCents" label={words.largest} value={typed.largest} onChange={(largest) => change({ largest })} />
        </div>
        <div className="limits-pair">
          <Line setting="limits.confirmAboveInCents" label={words.confirmAbove} hint={words.confirmAboveHint} value={typed.confirmAbove} onChange={(confirmAbove) => change({ confirmAbove })} />
          <Line setting="limits.sameAgainWithinMinutes" label={words.sameAgain} hint={words.sameAgainHint} value={typed.sameAgain} onChange={(sameAgain) => change({ sameAgain })} />
        </div>
        <Switch setting="form.cards" label={words.cards} isOn={typed.cards} onChange={(cards) => change({ cards })} />
        <Switch setting="form.bankAccounts" label={words.bankAccounts} isOn={typed.bankAccounts} onChange={(bankAccounts) => change({ bankAccounts })} />
        <Choice
          setting="form.billing"
          label={words.billing}
          value={typed.billing}
          options={[
            ['short', words.billingShort],
            ['full', words.billingFull],
          ]}
          onChange={(billing) => change({ billing: billing === 'full' ? 'full' : 'short' })}
        />
        <TextField className="field" isDisabled={presetsLocked !== null} value={typed.presets} onChange={(presets) => change({ presets })}>
          <Label>{words.presets}</Label>
          <TextArea rows={5} />
          {presetsLocked !== null && <Text slot="description">{presetsLocked}</Text>}
        </TextField>
        <p className="problem" role="alert">
          {problem !== null && say(words.problem, problem)}
        </p>
        <p role="status">{saved && shell.saved}</p>
        <div className="next">
          <Button type="submit" className="charge">
            {shell.save}
          </Button>
        </div>
      </Form>
    </section>
  );
}

function Line({ setting, label, hint, value, onChange }: { readonly setting: string; readonly label: string; readonly hint?: string; readonly value: string; readonly onChange: (value: string) => void }) {
  const locked = useLocked(setting);
  const said = locked ?? hint;
  return (
    <TextField className="field" isDisabled={locked !== null} value={value} onChange={onChange}>
      <Label>{label}</Label>
      <Input autoComplete="off" />
      {said !== undefined && <Text slot="description">{said}</Text>}
    </TextField>
  );
}

function asTyped({ registerName, limits, form, rights, descriptionPresets }: RegisterSettings, words: Words): Typed {
  const { money } = words.format;
  return {
    registerName,
    smallest: money(limits.smallestInCents),
    largest: money(limits.largestInCents),
    confirmAbove: limits.confirmAboveInCents === null ? '' : money(limits.confirmAboveInCents),
    sameAgain: String(limits.sameAgainWithinMinutes),
    ...form,
    presets: shownPresets(descriptionPresets, words).join('\n'),
    rights,
  };
}

function asSettings(typed: Typed, words: Words): RegisterSettings | LimitsProblem {
  const { locale } = words.format;
  const smallest = parseAmount(typed.smallest, locale);
  const largest = parseAmount(typed.largest, locale);
  const confirmAbove = typed.confirmAbove.trim() === '' ? null : parseAmount(typed.confirmAbove, locale);
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
    form: { cards: typed.cards, bankAccounts: typed.bankAccounts, billing: typed.billing },
    rights: typed.rights,
    descriptionPresets: [...storedPresets(typed.presets.split('\n').filter((preset) => preset.trim() !== ''), words)],
  };
}
