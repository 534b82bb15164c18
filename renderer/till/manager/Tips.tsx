import { Form } from 'react-aria-components';
import type { Bridge } from '../../../contract/channels.ts';
import { parseAmount } from '../../../contract/money.ts';
import { type RegisterSettings, TIPS_OFFERED } from '../../../contract/register-settings.ts';
import type { Words } from '../../../words/catalogue.ts';
import type { LimitsProblem } from '../../../words/en/manager.ts';
import { say } from '../../../words/sentences.ts';
import { Button } from '../../skin/Button.tsx';
import { Said } from '../Said.tsx';
import { useAllWords } from '../use-words.ts';
import { Choice } from './Choice.tsx';
import { Line } from './Line.tsx';
import { Switch } from './Switch.tsx';
import { useSettingsForm } from './use-settings-form.ts';

type Props = { readonly bridge: Pick<Bridge<'manager'>, 'readSettings' | 'changeSettings'>; readonly onUnsaved: (isUnsaved: boolean) => void };

const PROBLEM = 'tips-problem';
const MOST = 3;

/** The typed texts. */
type Typed = { readonly offered: RegisterSettings['tips']['offered']; readonly percents: string; readonly amounts: string; readonly amountsBelow: string; readonly another: boolean };

/** The tips that the customer is offered. */
export function Tips({ bridge, onUnsaved }: Props) {
  const all = useAllWords();
  const { manager } = all.tip;
  const { typed, problem, state, change, save } = useSettingsForm<Typed>({ bridge, asTyped: (settings) => asTyped(settings, all), asSettings: (each) => asSettings(each, all), onUnsaved });
  if (typed === null) return <Said isWarning>{problem !== null && say(all.manager.limits.problem, problem)}</Said>;
  const { offered } = typed;
  const amountsBelow = typed.amountsBelow.trim();
  return (
    <section>
      <h2>{manager.title}</h2>
      <p>{manager.hint}</p>
      <Form className="limits" onSubmit={(event) => void save(event)} validationBehavior="aria">
        <Choice setting="tips.offered" label={manager.offered} value={offered} options={TIPS_OFFERED.map((kind) => [kind, manager.kinds[kind]] as const)} onChange={(chosen) => change({ offered: TIPS_OFFERED.find((kind) => kind === chosen) ?? 'none' })} />
        {offered === 'percents' && (
          <>
            <Line problem={PROBLEM} setting="tips.percents" label={manager.percents} hint={manager.percentsHint} value={typed.percents} isWrong={problem?.kind === 'percents-invalid'} onChange={(percents) => change({ percents })} />
            <Line problem={PROBLEM} setting="tips.amountsBelowInCents" label={manager.amountsBelow} hint={manager.amountsBelowHint} value={typed.amountsBelow} isWrong={isWrongAmount(problem)} onChange={(next) => change({ amountsBelow: next })} />
          </>
        )}
        {(offered === 'amounts' || (offered === 'percents' && amountsBelow !== '')) && (
          <Line problem={PROBLEM} setting="tips.amountsInCents" label={manager.amounts} hint={manager.amountsHint} rows={MOST} value={typed.amounts} isWrong={problem?.kind === 'tip-amounts-invalid'} onChange={(amounts) => change({ amounts })} />
        )}
        {offered !== 'none' && <Switch setting="tips.another" label={manager.another} isOn={typed.another} onChange={(another) => change({ another })} />}
        <Said isWarning id={PROBLEM} className="problem">
          {problem !== null && say(all.manager.limits.problem, problem)}
        </Said>
        <Said>{state !== null && all.manager.shell[state]}</Said>
        <div className="next">
          <Button type="submit" className="charge">
            {all.manager.shell.save}
          </Button>
        </div>
      </Form>
    </section>
  );
}

function isWrongAmount(problem: LimitsProblem | null): boolean {
  return problem?.kind === 'not-an-amount' && problem.field === 'amountsBelow';
}

function asTyped({ tips }: RegisterSettings, { format }: Words): Typed {
  const { offered, percents, amountsInCents, amountsBelowInCents, another } = tips;
  return { offered, another, percents: percents.join(', '), amounts: amountsInCents.map(format.money).join('\n'), amountsBelow: amountsBelowInCents === 0 ? '' : format.money(amountsBelowInCents) };
}

function asSettings({ offered, percents, amounts, amountsBelow, another }: Typed, { format }: Words): Pick<RegisterSettings, 'tips'> | LimitsProblem {
  const whole = percents.split(/[\s,;%]+/u).filter((part) => part !== '');
  const cents = amounts.split('\n').filter((line) => line.trim() !== '').map((line) => parseAmount(line, format.locale));
  const below = amountsBelow.trim() === '' ? 0 : parseAmount(amountsBelow, format.locale);
  const isPercent = (part: string) => /^\d{1,3}$/u.test(part) && Number(part) >= 1 && Number(part) <= 100;
  if (whole.length > MOST || !whole.every(isPercent) || (offered === 'percents' && whole.length === 0)) return { kind: 'percents-invalid' };
  if (below !== 0 && below.kind === 'failed') return { kind: 'not-an-amount', field: 'amountsBelow' };
  const amountsInCents = cents.flatMap((read) => (read.kind === 'ok' && read.value > 0 ? [read.value] : []));
  const isNeeded = offered === 'amounts' || (offered === 'percents' && below !== 0);
  if (cents.length > MOST || amountsInCents.length < cents.length || (isNeeded && cents.length === 0)) return { kind: 'tip-amounts-invalid' };
  return { tips: { offered, percents: [...new Set(whole.map(Number))], amountsInCents: [...new Set(amountsInCents)], amountsBelowInCents: below === 0 ? 0 : below.value, another } };
}
