import { useState } from 'react';
import type { Bridge } from '../../../contract/channels.ts';
import type { CopyChanges } from '../../../contract/settings-copy.ts';
import { Button } from '../../skin/Button.tsx';
import type { CopyProblems } from '../../../words/en/manager.ts';
import { say } from '../../../words/sentences.ts';
import { useAllWords } from '../use-words.ts';
import { settingWords, storedValue } from './setting-words.ts';
import { Switch } from './Switch.tsx';
import { Said } from '../Said.tsx';

type Props = { readonly bridge: Pick<Bridge<'manager'>, 'exportSettings' | 'readSettingsCopy' | 'applySettingsCopy'> };

/** Clones a register: saves its settings to a file, and loads a file's settings, shown before they are applied. */
export function SettingsCopy({ bridge }: Props) {
  const all = useAllWords();
  const { copy: words, shell } = all.manager;
  const [found, setFound] = useState<CopyChanges | null>(null);
  const [keepName, setKeepName] = useState(true);
  const [problem, setProblem] = useState<CopyProblems | null>(null);
  const [done, setDone] = useState<string | null>(null);

  async function finish(answer: ReturnType<typeof bridge.exportSettings> | ReturnType<typeof bridge.applySettingsCopy>, sentence: string): Promise<void> {
    setDone(null);
    const result = await answer;
    setProblem(result.kind === 'failed' && result.failure.kind !== 'copy-cancelled' ? result.failure : null);
    if (result.kind === 'ok') {
      setFound(null);
      setDone(sentence);
    }
  }

  async function open(): Promise<void> {
    setDone(null);
    setFound(null);
    const answer = await bridge.readSettingsCopy();
    setProblem(answer.kind === 'failed' && answer.failure.kind !== 'copy-cancelled' ? answer.failure : null);
    if (answer.kind === 'ok') setFound(answer.value);
  }

  const changes = found?.changes.filter(({ setting }) => !(keepName && setting === 'registerName')) ?? [];
  return (
    <section>
      <h2>{words.title}</h2>
      <p>{words.sentence}</p>
      <div className="next">
        <Button onPress={() => void finish(bridge.exportSettings(), words.exported)}>{words.export}</Button>
        <Button onPress={() => void open()}>{words.import}</Button>
      </div>
      {found !== null && (
        <>
          <p>{changes.length === 0 ? words.nothing : words.changes}</p>
          <Changes changes={changes} />
          {found.locked.length > 0 && <p>{words.stays(found.locked.map((setting) => settingWords(setting, all).name).join(', '))}</p>}
          <Switch label={words.keepName} isOn={keepName} onChange={setKeepName} />
          <div className="next">
            <Button className="charge" isDisabled={changes.length === 0} onPress={() => void finish(bridge.applySettingsCopy({ keepName }), shell.saved)}>
              {words.apply}
            </Button>
          </div>
        </>
      )}
      <Said isWarning className="problem">
        {problem !== null && say(words.problem, problem)}
      </Said>
      <Said>{done}</Said>
    </section>
  );
}

function Changes({ changes }: Pick<CopyChanges, 'changes'>) {
  const words = useAllWords();
  return (
    <ul className="copy-changes">
      {changes.map(({ setting, old, new: next }) => {
        const { name, value } = settingWords(setting, words);
        return (
          <li key={setting}>
            <b>{name}</b> {value(storedValue(old))} → {value(storedValue(next))}
          </li>
        );
      })}
    </ul>
  );
}
