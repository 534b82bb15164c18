import { useState } from 'react';
import type { Bridge } from '../../../contract/channels.ts';
import { type Appearance as Settings, TEXT_SIZES } from '../../../contract/appearance.ts';
import type { AppearanceProblems } from '../../../words/en/manager.ts';
import { LANGUAGE_NAMES } from '../../../words/language.ts';
import { say } from '../../../words/sentences.ts';
import { useAllWords } from '../use-words.ts';
import { Choice } from './Choice.tsx';
import { Switch } from './Switch.tsx';
import { Said } from '../Said.tsx';

type Props = { readonly appearance: Settings; readonly bridge: Pick<Bridge<'manager'>, 'changeAppearance'> };

/** Language, colours, typing, sounds: each change applies at once, without Save, and is shown when main has it. */
export function Appearance({ appearance, bridge }: Props) {
  const { manager, format } = useAllWords();
  const { appearance: words } = manager;
  const [problem, setProblem] = useState<AppearanceProblems | null>(null);

  async function change(part: Partial<Settings>): Promise<void> {
    const answer = await bridge.changeAppearance({ ...appearance, ...part });
    setProblem(answer.kind === 'failed' ? answer.failure : null);
  }

  return (
    <section>
      <h2>{words.title}</h2>
      <Choice
        setting="appearance.language"
        label={words.language}
        value={appearance.language}
        options={[['auto', words.languageAuto], ...Object.entries(LANGUAGE_NAMES)]}
        onChange={(language) => void change({ language: language as Settings['language'] })}
      />
      <p>{words.formStaysEnglish}</p>
      <Choice
        setting="appearance.theme"
        label={words.theme}
        value={appearance.theme}
        options={[
          ['auto', words.themeAuto],
          ['light', words.light],
          ['dark', words.dark],
        ]}
        onChange={(theme) => void change({ theme: theme as Settings['theme'] })}
      />
      <Choice
        setting="appearance.textSize"
        label={words.textSize}
        value={String(appearance.textSize)}
        options={TEXT_SIZES.map((size) => [String(size), format.percent(size)] as const)}
        onChange={(chosen) => void change({ textSize: TEXT_SIZES.find((size) => String(size) === chosen) ?? appearance.textSize })}
      />
      <Choice
        setting="appearance.entry"
        label={words.entry}
        value={appearance.entry}
        options={[
          ['cents', words.cents(format.money(3575))],
          ['decimal', words.decimal],
        ]}
        onChange={(entry) => void change({ entry: entry as Settings['entry'] })}
      />
      <Switch setting="appearance.sounds" label={words.sounds} isOn={appearance.sounds} onChange={(sounds) => void change({ sounds })} />
      <Switch setting="appearance.customerDisplay" label={words.customerDisplay} isOn={appearance.customerDisplay} onChange={(customerDisplay) => void change({ customerDisplay })} />
      <Said isWarning className="problem">
        {problem !== null && say(words.problem, problem)}
      </Said>
    </section>
  );
}
