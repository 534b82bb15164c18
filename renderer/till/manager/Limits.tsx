import { Form } from 'react-aria-components';
import type { Bridge } from '../../../contract/channels.ts';
import { say } from '../../../words/sentences.ts';
import { Button } from '../../skin/Button.tsx';
import { Said } from '../Said.tsx';
import { useAllWords } from '../use-words.ts';
import { Choice } from './Choice.tsx';
import { DescriptionFields } from './DescriptionFields.tsx';
import { FormFields } from './FormFields.tsx';
import { LimitsFields } from './LimitsFields.tsx';
import { Line } from './Line.tsx';
import { Switch } from './Switch.tsx';
import { PROBLEM, type TypedLimits, asSettings, asTyped } from './typed-limits.ts';
import { useSettingsForm } from './use-settings-form.ts';

type Props = {
  readonly bridge: Pick<Bridge<'manager'>, 'readSettings' | 'changeSettings'>;
  /** The register got its name in the step before. */
  readonly isNamed?: boolean;
  /** The button's text; Save if there is no next step. */
  readonly save?: string;
  readonly onSaved?: () => void;
  /** Called when there is unsaved text, and when it is saved. */
  readonly onUnsaved?: (isUnsaved: boolean) => void;
};

/** Midnight to noon. */
const DAY_BEGINS = [...Array(13).keys()];

/** The limits of a charge, its warnings, and the customer's form. */
export function Limits(props: Props) {
  const { format } = useAllWords();
  // Another language writes amounts differently: the typed text is read again.
  return <LimitsForm key={format.locale} {...props} />;
}

function LimitsForm({ bridge, isNamed = false, save: saveName, onSaved, onUnsaved }: Props) {
  const all = useAllWords();
  const { limits: words, shell } = all.manager;
  const { typed, problem, state, change, save } = useSettingsForm<TypedLimits>({ bridge, asTyped: (settings) => asTyped(settings, all), asSettings: (each) => asSettings(each, all), onSaved, onUnsaved });
  if (typed === null) return <Said isWarning>{problem !== null && say(words.problem, problem)}</Said>;
  const fields = { typed, problem, change };
  return (
    <section>
      <h2>{words.title}</h2>
      <Form className="limits" onSubmit={(event) => void save(event)} validationBehavior="aria">
        {!isNamed && <Line problem={PROBLEM} setting="registerName" label={words.registerName} value={typed.registerName} onChange={(registerName) => change({ registerName })} />}
        <LimitsFields {...fields} />
        <FormFields {...fields} />
        <DescriptionFields {...fields} />
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
