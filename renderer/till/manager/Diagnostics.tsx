import { useEffect, useEffectEvent, useState } from 'react';
import { Button } from 'react-aria-components';
import type { Bridge } from '../../../contract/channels.ts';
import type { Diagnostics as Looked } from '../../../contract/diagnostics.ts';
import { Sign } from '../../skin/Sign.tsx';
import { useWords } from '../use-words.ts';

type Props = { readonly bridge: Pick<Bridge<'manager'>, 'readDiagnostics' | 'exportDiagnostics'> };

/** What is read over the phone to whoever helps; the same as a file. */
export function Diagnostics({ bridge }: Props) {
  const { diagnostics: words } = useWords().manager;
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
      {looked !== null && <p role="status">{troubles.length === 0 ? words.allWell : words.lookHere}</p>}
      <dl>
        {looked?.lines.map(({ name, value, isTrouble }) => (
          <div key={name} data-trouble={isTrouble}>
            <dt>
              {isTrouble && <Sign kind="unknown" />} {words.names[name]}
            </dt>
            <dd translate="no">{value}</dd>
          </div>
        ))}
      </dl>
      <div className="next">
        <Button onPress={() => void save()}>{words.save}</Button>
        <Button className="quiet" onPress={() => void bridge.readDiagnostics({ screen: screenWords() }).then(show)}>
          {words.again}
        </Button>
      </div>
      <p role="status">{said}</p>
      <h3>{words.log}</h3>
      {/* Scrolled by keyboard too. */}
      <pre role="region" tabIndex={0} aria-label={words.log} translate="no">
        {looked?.log.join('\n')}
      </pre>
    </section>
  );
}

function screenWords(): string {
  return `${window.innerWidth}×${window.innerHeight} · ${Math.round(window.devicePixelRatio * 100)} % · ${navigator.language}`;
}
