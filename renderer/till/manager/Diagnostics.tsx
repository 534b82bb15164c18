import { useEffect, useEffectEvent, useState } from 'react';
import type { Bridge } from '../../../contract/channels.ts';
import { type Diagnostics as Looked, USUAL_VALUES, type UsualValue } from '../../../contract/diagnostics.ts';
import { Button } from '../../skin/Button.tsx';
import { Sign } from '../../skin/Sign.tsx';
import { useAllWords } from '../use-words.ts';
import { Said } from '../Said.tsx';

type Props = { readonly bridge: Pick<Bridge<'manager'>, 'readDiagnostics' | 'exportDiagnostics'> };

/** The lines that a manager reads out to support; also as a file. */
export function Diagnostics({ bridge }: Props) {
  const { diagnostics: words } = useAllWords().manager;
  const [looked, setLooked] = useState<Looked | null>(null);
  const [said, setSaid] = useState<string | null>(null);

  const show = (answer: Awaited<ReturnType<typeof bridge.readDiagnostics>>) => {
    if (answer.kind === 'ok') setLooked(answer.value);
  };
  const look = useEffectEvent(() => bridge.readDiagnostics({ screen: screenWords() }).then(show));
  useEffect(() => void look(), []);

  async function save(): Promise<void> {
    setSaid(null);
    const answer = await bridge.exportDiagnostics({ screen: screenWords() });
    if (answer.kind === 'ok') setSaid(words.saved);
    else if (answer.failure.kind !== 'diagnostics-cancelled') setSaid(words.notSaved);
  }

  const troubles = looked?.lines.filter(({ isTrouble }) => isTrouble) ?? [];
  return (
    <section className="diagnostics">
      <h2>{words.title}</h2>
      <p>{words.sentence}</p>
      {looked !== null && <Said className={troubles.length === 0 ? '' : 'manager-hint'}>{troubles.length === 0 ? words.allWell : words.lookHere}</Said>}
      <dl>
        {looked?.lines.map(({ name, value, isTrouble }) => (
          <div key={name} data-trouble={isTrouble}>
            <dt>
              {isTrouble && <Sign kind="unknown" />} {words.names[name]}
            </dt>
            <dd translate="no">
              <bdi>{isUsual(value) ? words.values[value] : value}</bdi>
            </dd>
          </div>
        ))}
      </dl>
      <div className="next">
        <Button onPress={() => void save()}>{words.save}</Button>
        <Button className="quiet" onPress={() => void bridge.readDiagnostics({ screen: screenWords() }).then(show)}>
          {words.again}
        </Button>
      </div>
      <Said>{said}</Said>
      <h3>{words.log}</h3>
      {/* Scrolled by keyboard too. */}
      <pre role="region" tabIndex={0} aria-label={words.log} translate="no">
        {looked?.log.join('\n')}
      </pre>
      {looked !== null && looked.licences !== '' && (
        <>
          <h3>{words.licences}</h3>
          <pre role="region" tabIndex={0} aria-label={words.licences} translate="no">
            {looked.licences}
          </pre>
        </>
      )}
    </section>
  );
}

function isUsual(value: string): value is UsualValue {
  return USUAL_VALUES.some((usual) => usual === value);
}

function screenWords(): string {
  return `${window.innerWidth}×${window.innerHeight} · ${Math.round(window.devicePixelRatio * 100)} % · ${navigator.language}`;
}
