import { type ClipboardEvent, type FormEvent, type ReactNode, useState } from 'react';
import { Form, Input, Label, Radio, RadioGroup, TextField } from 'react-aria-components';
import type { Credentials } from '../../../contract/credentials.ts';
import { readPastedCredentials } from '../../../contract/pasted-credentials.ts';
import { Button } from '../../skin/Button.tsx';
import { useAllWords } from '../use-words.ts';
import { Said } from '../Said.tsx';

type Props = {
  /** The only kind offered, because the register is connected by it. */
  readonly only: Credentials['kind'] | null;
  readonly registerId: string;
  readonly action: string;
  readonly busy: boolean;
  readonly problem: ReactNode;
  /** Whether the cursor begins here. Yes, unless the screen opens at its heading. */
  readonly autoFocus?: boolean;
  readonly onSubmit: (typed: Credentials) => void;
  readonly children?: ReactNode;
};

/** The id of the error's sentence. */
const PROBLEM = 'credentials-problem';

/**
 * The shop's key: client id and secret, or a register key at the shop's token broker. The typed text is in these fields only, until it is
 * given to main; a paste of several lines is sorted into them.
 */
export function CredentialsForm({ only, registerId, action, busy, problem, autoFocus = true, onSubmit, children }: Props) {
  const { account: words } = useAllWords();
  const [way, setWay] = useState<Credentials['kind']>(only ?? 'client');
  const [client, setClient] = useState({ clientId: '', clientSecret: '' });
  const [broker, setBroker] = useState({ url: '', key: '' });

  // JustiFi does not report which of the two is wrong.
  const described = { isInvalid: problem !== null, 'aria-describedby': PROBLEM };

  function paste(event: ClipboardEvent): void {
    const pasted = readPastedCredentials(event.clipboardData.getData('text/plain'));
    if (pasted === null) return;
    event.preventDefault();
    setClient((before) => ({ clientId: pasted.clientId ?? before.clientId, clientSecret: pasted.clientSecret ?? before.clientSecret }));
  }

  function submit(event: FormEvent): void {
    event.preventDefault();
    onSubmit(way === 'client' ? { kind: 'client', ...client } : { kind: 'broker', ...broker });
  }

  return (
    <Form onSubmit={submit} validationBehavior="aria">
      {only === null && <WayChoice way={way} onChange={setWay} />}
      {way === 'client' ? (
        <>
          <TextField {...described} className="field" value={client.clientId} onChange={(clientId) => setClient({ ...client, clientId })} autoFocus={autoFocus}>
            <Label>{words.clientId}</Label>
            <Input autoComplete="off" spellCheck={false} placeholder="test_…" onPaste={paste} />
          </TextField>
          <TextField {...described} className="field" type="password" value={client.clientSecret} onChange={(clientSecret) => setClient({ ...client, clientSecret })}>
            <Label>{words.clientSecret}</Label>
            <Input autoComplete="off" onPaste={paste} />
          </TextField>
        </>
      ) : (
        <>
          <TextField {...described} className="field" value={broker.url} onChange={(url) => setBroker({ ...broker, url })}>
            <Label>{words.brokerUrl}</Label>
            <Input autoComplete="off" spellCheck={false} placeholder="https://" />
          </TextField>
          <TextField {...described} className="field" type="password" value={broker.key} onChange={(key) => setBroker({ ...broker, key })}>
            <Label>{words.brokerKey}</Label>
            <Input autoComplete="off" />
          </TextField>
          <p className="manager-hint">{words.registerId(registerId)}</p>
        </>
      )}
      <Said isWarning id={PROBLEM} className="problem">
        {problem}
      </Said>
      <div className="next">
        <Button type="submit" className="charge" isDisabled={busy}>
          {busy ? words.asking : action}
        </Button>
        {children}
      </div>
    </Form>
  );
}

type Way = Credentials['kind'];

function WayChoice({ way, onChange }: { readonly way: Way; readonly onChange: (way: Way) => void }) {
  const { account: words } = useAllWords();
  return (
    <RadioGroup className="way" value={way} onChange={(next) => onChange(next === 'broker' ? 'broker' : 'client')}>
      <Label>{words.way}</Label>
      <Radio value="client">{words.wayClient}</Radio>
      <Radio value="broker">{words.wayBroker}</Radio>
    </RadioGroup>
  );
}
