import { useState } from 'react';
import type { Bridge } from '../../../contract/channels.ts';
import type { Look as Settings } from '../../../contract/look.ts';
import type { LookProblems } from '../../words/en/manager.ts';
import { LANGUAGE_NAMES } from '../../words/language.ts';
import { say } from '../../words/sentences.ts';
import { useWords } from '../use-words.ts';
import { Choice } from './Choice.tsx';
import { Switch } from './Switch.tsx';

type Props = { readonly look: Settings; readonly bridge: Pick<Bridge<'manager'>, 'changeLook'> };

/** Language, colours, typing, sounds: each counts at once. What is shown is what main has; nothing waits for a Save. */
export function Look({ look, bridge }: Props) {
  const { manager, format } = useWords();
  const { look: words } = manager;
  const [problem, setProblem] = useState<LookProblems | null>(null);

  async function change(part: Partial<Settings>): Promise<void> {
    const answer = await bridge.changeLook({ ...look, ...part });
    setProblem(answer.kind === 'failed' ? answer.failure : null);
  }

  return (
    <section>
      <h2>{words.title}</h2>
      <Choice
        setting="look.language"
        label={words.language}
        value={look.language}
        options={[['auto', words.languageAuto], ...Object.entries(LANGUAGE_NAMES)]}
        onChange={(language) => void change({ language: language as Settings['language'] })}
      />
      <p>{words.formStaysEnglish}</p>
      <Choice
        setting="look.theme"
        label={words.theme}
        value={look.theme}
        options={[
          ['auto', words.themeAuto],
          ['light', words.light],
          ['dark', words.dark],
        ]}
        onChange={(theme) => void change({ theme: theme as Settings['theme'] })}
      />
      <Choice
        setting="look.entry"
        label={words.entry}
        value={look.entry}
        options={[
          ['cents', words.cents(format.money(3575))],
          ['decimal', words.decimal],
        ]}
        onChange={(entry) => void change({ entry: entry as Settings['entry'] })}
      />
      <Switch setting="look.sounds" label={words.sounds} isOn={look.sounds} onChange={(sounds) => void change({ sounds })} />
      <Switch setting="look.customerDisplay" label={words.customerDisplay} isOn={look.customerDisplay} onChange={(customerDisplay) => void change({ customerDisplay })} />
      <p className="problem" role="alert">
        {problem !== null && say(words.problem, problem)}
      </p>
    </section>
  );
}
