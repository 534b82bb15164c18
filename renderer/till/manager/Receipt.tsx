import { useEffect, useState } from 'react';
import { Form } from 'react-aria-components';
import type { Bridge } from '../../../contract/channels.ts';
import type { RegisterSettings, Roll } from '../../../contract/register-settings.ts';
import { say } from '../../../words/sentences.ts';
import { Button } from '../../skin/Button.tsx';
import { Said } from '../Said.tsx';
import { useAllWords } from '../use-words.ts';
import { Line } from './Line.tsx';
import { useSettingsForm } from './use-settings-form.ts';

type Props = { readonly bridge: Pick<Bridge<'manager'>, 'readSettings' | 'changeSettings' | 'previewReceipt' | 'chooseLogo' | 'removeLogo'>; readonly onUnsaved: (isUnsaved: boolean) => void };

const PROBLEM = 'receipt-problem';

/** Lines as they are typed. `paper`: of the printer that is chosen. */
type Typed = { readonly shopName: string; readonly address: string; readonly taxId: string; readonly header: string; readonly footer: string; readonly paper: Roll };

/** The text of every receipt, with a preview beside it. */
export function Receipt({ bridge, onUnsaved }: Props) {
  const { manager, printing } = useAllWords();
  const { receipt: words } = printing;
  const { typed, problem, state, change, save } = useSettingsForm({ bridge, asTyped, asSettings: (each: Typed) => ({ receipt: asSettings(each) }), onUnsaved });
  const [logoProblem, setLogoProblem] = useState<string | null>(null);
  const [isLogoSaved, setLogoSaved] = useState(false);
  /** The number of changes: the preview is redrawn. */
  const [logos, setLogos] = useState(0);

  async function changeLogo(answer: ReturnType<typeof bridge.chooseLogo>): Promise<void> {
    setLogoSaved(false);
    const { kind, ...rest } = await answer;
    setLogoSaved(kind === 'ok');
    const failure = kind === 'failed' && 'failure' in rest ? rest.failure : null;
    setLogoProblem(failure === null || failure.kind === 'logo-cancelled' ? null : failure.kind === 'locked' || failure.kind === 'refused' ? say(manager.limits.problem, failure) : say(printing.logoProblem, failure));
    setLogos((count) => count + 1);
  }

  if (typed === null) return <Said isWarning>{problem !== null && say(manager.limits.problem, problem)}</Said>;
  const line = (name: 'shopName' | 'taxId') => <Line setting={`receipt.${name}`} label={words[name]} value={typed[name]} problem={PROBLEM} onChange={(value) => change({ [name]: value })} />;
  const lines = (name: 'address' | 'header' | 'footer', rows: number) => <Line setting={`receipt.${name}`} label={words[name]} value={typed[name]} rows={rows} problem={PROBLEM} onChange={(value) => change({ [name]: value })} />;
  return (
    <section className="receipt-settings">
      <div>
        <h2>{words.title}</h2>
        <Form className="limits" onSubmit={(event) => void save(event)} validationBehavior="aria">
          {line('shopName')}
          {lines('address', 3)}
          {line('taxId')}
          {lines('header', 2)}
          {lines('footer', 3)}
          <Said isWarning id={PROBLEM} className="problem">
            {problem !== null && say(manager.limits.problem, problem)}
          </Said>
          <Said>{state !== null && manager.shell[state]}</Said>
          <div className="next">
            <Button type="submit" className="charge">
              {manager.shell.save}
            </Button>
          </div>
        </Form>
      </div>
      <Preview key={logos} typed={typed} bridge={bridge} onChoose={() => void changeLogo(bridge.chooseLogo())} onRemove={() => void changeLogo(bridge.removeLogo())} problem={logoProblem} said={isLogoSaved ? manager.shell.saved : null} />
    </section>
  );
}

type PreviewProps = {
  readonly typed: Typed;
  readonly bridge: Pick<Bridge<'manager'>, 'previewReceipt'>;
  readonly problem: string | null;
  /** The logo was changed. */
  readonly said: string | null;
  readonly onChoose: () => void;
  readonly onRemove: () => void;
};

/** Drawn by main, like the printer's commands. As a picture it can neither run nor load anything. */
function Preview({ typed, bridge, problem, said, onChoose, onRemove }: PreviewProps) {
  const { receipt: words } = useAllWords().printing;
  const [drawn, setDrawn] = useState<{ readonly svg: string; readonly hasLogo: boolean } | null>(null);
  useEffect(() => {
    let isLate = false;
    void bridge.previewReceipt({ receipt: asSettings(typed), paper: typed.paper }).then((answer) => {
      if (!isLate && answer.kind === 'ok') setDrawn(answer.value);
    });
    return () => {
      isLate = true;
    };
  }, [bridge, typed]);
  return (
    <aside className="receipt-preview" aria-label={words.preview}>
      {drawn !== null && <img alt={words.previewOf} src={`data:image/svg+xml;charset=utf-8,${encodeURIComponent(drawn.svg)}`} />}
      <div className="next">
        <Button onPress={onChoose}>{words.chooseLogo}</Button>
        {drawn?.hasLogo === true && <Button onPress={onRemove}>{words.removeLogo}</Button>}
      </div>
      <p>{words.logoHint}</p>
      <Said isWarning className="problem">
        {problem}
      </Said>
      <Said>{said}</Said>
    </aside>
  );
}

function asTyped({ receipt, printing }: RegisterSettings): Typed {
  const { shopName, address, taxId, header, footer } = receipt;
  return { shopName, address: address.join('\n'), taxId, header: header.join('\n'), footer: footer.join('\n'), paper: printing.paper === '58' ? '58' : '80' };
}

function asSettings({ shopName, address, taxId, header, footer }: Typed): RegisterSettings['receipt'] {
  return { shopName, address: linesOf(address), taxId, header: linesOf(header), footer: linesOf(footer) };
}

function linesOf(text: string): string[] {
  return text.split('\n').filter((line) => line.trim() !== '');
}
