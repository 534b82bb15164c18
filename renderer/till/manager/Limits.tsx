import { type FormEvent, useEffect, useState } from 'react';
import { Form, Label, Text, TextArea, TextField } from 'react-aria-components';
import type { Bridge } from '../../../contract/channels.ts';
import { parseAmount } from '../../../contract/money.ts';
import type { RegisterSettings } from '../../../contract/register-settings.ts';
import { Button } from '../../skin/Button.tsx';
import type { AmountField, LimitsProblem } from '../../../words/en/manager.ts';
import type { Words } from '../../../words/catalogue.ts';
import { say } from '../../../words/sentences.ts';
import { shownPresets, storedPresets } from '../sale/presets.ts';
import { useAllWords } from '../use-words.ts';
import { Choice } from './Choice.tsx';
import { Line } from './Line.tsx';
import { Switch } from './Switch.tsx';
import { parseQuickItems, quickItemLines } from './quick-items.ts';
import { useLocked } from './use-locked.ts';
import { Said } from '../Said.tsx';

type Props = {
  readonly bridge: Pick<Bridge<'manager'>, 'readSettings' | 'changeSettings'>;
  /** The register has got its name on the step before. */
  readonly isNamed?: boolean;
  /** What the button says; Save, if nothing follows. */
  readonly save?: string;
  readonly onSaved?: () => void;
  /** Told whenever something is typed that is not saved, and when it is. */
  readonly onUnsaved?: (isUnsaved: boolean) => void;
};

/** Midnight to noon. */
const DAY_BEGINS = [...Array(13).keys()];

/** Of the sentence that says what is wrong. */
const PROBLEM = 'limits-problem';

type DescriptionKind = RegisterSettings['description']['kind'];

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
  readonly bankAuthorisation: string;
  readonly plaid: boolean;
  readonly insurance: boolean;
  readonly sezzle: boolean;
  readonly phone: boolean;
  readonly saved: boolean;
  readonly savedConsent: string;
  readonly description: DescriptionKind;
  readonly usualDescription: string;
  readonly presets: string;
  readonly quickItems: string;
  readonly lockAfterAction: boolean;
  readonly dayBeginsAtHour: number;
};

/** What a cashier may charge, what is asked about, and what the customer finds on the form. */
export function Limits({ bridge, isNamed = false, save: saveName, onSaved, onUnsaved }: Props) {
  const all = useAllWords();
  const { limits: words, shell } = all.manager;
  const [typed, setTyped] = useState<Typed | null>(null);
  const [problem, setProblem] = useState<LimitsProblem | null>(null);
  /** Null: as it was read. */
  const [state, setState] = useState<'saved' | 'unsaved' | null>(null);
  const presetsLocked = useLocked('descriptionPresets');

  useEffect(() => {
    void bridge.readSettings().then((answer) => {
      if (answer.kind === 'ok') setTyped(asTyped(answer.value, all));
      else setProblem(answer.failure);
    });
  }, [bridge, all]);

  function change(part: Partial<Typed>): void {
    setState('unsaved');
    onUnsaved?.(true);
    setTyped((before) => (before === null ? null : { ...before, ...part }));
  }

  async function save(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (typed === null) return;
    const read = asSettings(typed, all);
    if ('kind' in read) return setProblem(read);
    // What is set in another section may have changed since this one was opened.
    const before = await bridge.readSettings();
    const answer = before.kind === 'ok' ? await bridge.changeSettings({ ...before.value, ...read }) : before;
    setProblem(answer.kind === 'failed' ? answer.failure : null);
    if (answer.kind === 'failed') return;
    setState('saved');
    onUnsaved?.(false);
    onSaved?.();
  }

  const isAuthorisationWrong = problem?.kind === 'bank-authorisation-incomplete' || problem?.kind === 'bank-authorisation-card-number';
  const isConsentWrong = problem?.kind === 'saved-consent-incomplete' || problem?.kind === 'saved-consent-card-number';
  const isUsualWrong = problem?.kind === 'usual-description-invalid';
  const descriptions: readonly (readonly [DescriptionKind, string])[] = [
    ['required', words.descriptionRequired],
    ['optional', words.descriptionOptional],
    ['usual', words.descriptionUsual],
  ];
  if (typed === null) return <Said isWarning>{problem !== null && say(words.problem, problem)}</Said>;
  return (
    <section>
      <h2>{words.title}</h2>
      <Form className="limits" onSubmit={(event) => void save(event)} validationBehavior="aria">
        {!isNamed && <Line problem={PROBLEM} setting="registerName" label={words.registerName} value={typed.registerName} onChange={(registerName) => change({ registerName })} />}
        <div className="limits-pair">
          <Line problem={PROBLEM} setting="limits.smallestInCents" label={words.smallest} value={typed.smallest} isWrong={isWrongAmount(problem, 'smallest')} onChange={(smallest) => change({ smallest })} />
          <Line problem={PROBLEM} setting="limits.largestInCents" label={words.largest} value={typed.largest} isWrong={isWrongAmount(problem, 'largest')} onChange={(largest) => change({ largest })} />
        </div>
        <div className="limits-pair">
          <Line problem={PROBLEM} setting="limits.confirmAboveInCents" label={words.confirmAbove} hint={words.confirmAboveHint} value={typed.confirmAbove} isWrong={isWrongAmount(problem, 'confirmAbove')} onChange={(confirmAbove) => change({ confirmAbove })} />
          <Line problem={PROBLEM} setting="limits.sameAgainWithinMinutes" label={words.sameAgain} hint={words.sameAgainHint} value={typed.sameAgain} onChange={(sameAgain) => change({ sameAgain })} />
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
        <Switch setting="form.plaid" label={`${words.plaid}. ${words.plaidHint}`} isOn={typed.plaid} onChange={(plaid) => change({ plaid })} />
        <Switch setting="form.insurance" label={`${words.insurance}. ${words.insuranceHint}`} isOn={typed.insurance} onChange={(insurance) => change({ insurance })} />
        <Switch setting="form.sezzle" label={`${words.sezzle}. ${words.sezzleHint}`} isOn={typed.sezzle} onChange={(sezzle) => change({ sezzle })} />
        <Switch setting="form.phone" label={`${words.phone}. ${words.phoneHint}`} isOn={typed.phone} onChange={(phone) => change({ phone })} />
        <Switch setting="form.saved" label={`${words.saved}. ${words.savedHint}`} isOn={typed.saved} onChange={(saved) => change({ saved })} />
        {(typed.saved || isConsentWrong) && (
          <Line
            setting="form.savedConsent"
            label={words.savedConsent}
            hint={words.savedConsentHint}
            rows={4}
            problem={PROBLEM}
            value={typed.savedConsent}
            isWrong={isConsentWrong}
            onChange={(savedConsent) => change({ savedConsent })}
          />
        )}
        {(typed.bankAccounts || typed.plaid || isAuthorisationWrong) && (
          <Line
            setting="form.bankAuthorisation"
            label={words.bankAuthorisation}
            hint={words.bankAuthorisationHint}
            rows={4}
            problem={PROBLEM}
            value={typed.bankAuthorisation}
            isWrong={isAuthorisationWrong}
            onChange={(bankAuthorisation) => change({ bankAuthorisation })}
          />
        )}
        <Choice
          setting="description.kind"
          label={words.description}
          value={typed.description}
          options={descriptions}
          onChange={(chosen) => change({ description: descriptions.find(([kind]) => kind === chosen)?.[0] ?? 'required' })}
        />
        {(typed.description === 'usual' || isUsualWrong) && (
          <Line problem={PROBLEM} setting="description.usual" label={words.usualDescription} value={typed.usualDescription} isWrong={isUsualWrong} onChange={(usualDescription) => change({ usualDescription })} />
        )}
        <TextField className="field" isDisabled={presetsLocked !== null} value={typed.presets} onChange={(presets) => change({ presets })}>
          <Label>{words.presets}</Label>
          <TextArea rows={5} />
          {presetsLocked !== null && <Text slot="description">{presetsLocked}</Text>}
        </TextField>
        <Line problem={PROBLEM} setting="quickItems" label={words.quickItems} hint={words.quickItemsHint} rows={4} value={typed.quickItems} isWrong={problem?.kind === 'quick-item-invalid'} onChange={(quickItems) => change({ quickItems })} />
        <Switch setting="lockAfterAction" label={words.lockAfterAction} isOn={typed.lockAfterAction} onChange={(lockAfterAction) => change({ lockAfterAction })} />
        <Choice setting="dayBeginsAtHour" label={words.dayBeginsAt} value={String(typed.dayBeginsAtHour)} options={DAY_BEGINS.map((hour) => [String(hour), all.format.hour(hour)] as const)} onChange={(hour) => change({ dayBeginsAtHour: Number(hour) })} />
        <Said isWarning id={PROBLEM} className="problem">
          {problem !== null && say(words.problem, problem)}
        </Said>
        <Said>{state !== null && shell[state]}</Said>
        <div className="next">
          <Button type="submit" className="charge">
            {saveName ?? shell.save}
          </Button>
        </div>
      </Form>
    </section>
  );
}

function isWrongAmount(problem: LimitsProblem | null, field: AmountField): boolean {
  return problem?.kind === 'not-an-amount' && problem.field === field;
}

function asTyped({ registerName, limits, form, lockAfterAction, dayBeginsAtHour, description, descriptionPresets, quickItems }: RegisterSettings, words: Words): Typed {
  const { money } = words.format;
  return {
    registerName,
    smallest: money(limits.smallestInCents),
    largest: money(limits.largestInCents),
    confirmAbove: limits.confirmAboveInCents === null ? '' : money(limits.confirmAboveInCents),
    sameAgain: String(limits.sameAgainWithinMinutes),
    ...form,
    description: description.kind,
    usualDescription: description.usual,
    presets: shownPresets(descriptionPresets, words).join('\n'),
    quickItems: quickItemLines(quickItems, words.format).join('\n'),
    lockAfterAction,
    dayBeginsAtHour,
  };
}

function asSettings(typed: Typed, words: Words): Omit<RegisterSettings, 'rights' | 'tips' | 'receipt' | 'printing'> | LimitsProblem {
  const { locale } = words.format;
  const smallest = parseAmount(typed.smallest, locale);
  const largest = parseAmount(typed.largest, locale);
  const confirmAbove = typed.confirmAbove.trim() === '' ? null : parseAmount(typed.confirmAbove, locale);
  if (smallest.kind === 'failed') return { kind: 'not-an-amount', field: 'smallest' };
  if (largest.kind === 'failed') return { kind: 'not-an-amount', field: 'largest' };
  if (confirmAbove?.kind === 'failed') return { kind: 'not-an-amount', field: 'confirmAbove' };
  if (!/^\d{1,2}$/u.test(typed.sameAgain.trim()) || Number(typed.sameAgain) > 60) return { kind: 'minutes-invalid' };
  const quickItems = parseQuickItems(typed.quickItems, words.format);
  if (quickItems.kind === 'failed') return { kind: 'quick-item-invalid', item: quickItems.failure };
  return {
    registerName: typed.registerName,
    limits: {
      smallestInCents: smallest.value,
      largestInCents: largest.value,
      confirmAboveInCents: confirmAbove === null ? null : confirmAbove.value,
      sameAgainWithinMinutes: Number(typed.sameAgain),
    },
    form: { cards: typed.cards, bankAccounts: typed.bankAccounts, billing: typed.billing, bankAuthorisation: typed.bankAuthorisation, plaid: typed.plaid, insurance: typed.insurance, sezzle: typed.sezzle, phone: typed.phone, saved: typed.saved, savedConsent: typed.savedConsent },
    lockAfterAction: typed.lockAfterAction,
    dayBeginsAtHour: typed.dayBeginsAtHour,
    description: { kind: typed.description, usual: typed.usualDescription },
    descriptionPresets: [...storedPresets(typed.presets.split('\n').filter((preset) => preset.trim() !== ''), words)],
    quickItems: [...quickItems.value],
  };
}
