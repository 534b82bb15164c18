import { type ClipboardEvent, type FormEvent, type ReactNode, useState } from 'react';
import { Button, Form, Input, Label, Radio, RadioGroup, TextField } from 'react-aria-components';
import type { Credentials } from '../../../contract/credentials.ts';
import { readPastedCredentials } from '../../../contract/pasted-credentials.ts';
import { useWords } from '../use-words.ts';

type Props = {
  /** Given: only this way, because the register is connected by it. */
  readonly only: Credentials['kind'] | null;
  readonly registerId: string;
  readonly action: string;
  readonly busy: boolean;
  readonly problem: ReactNode;
  readonly onSubmit: (typed: Credentials) => void;
  readonly children?: ReactNode;
};

/**
 * The shop's key: client id and secret, or a register key at the shop's token broker. What is typed lives in these fields only, until it is
 * given to main; a paste of several lines is sorted into them.
 */
export function CredentialsForm({ only, registerId, action, busy, problem, onSubmit, children }: Props) {
  const { account: words } = useWords();
  const [way, setWay] = useState<Credentials['kind']>(only ?? 'client');
  const [client, setClient] = useState({ clientId: '', clientSecret: '' });
  const [broker, setBroker] = useState({ url: '', key: '' });

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
      {only === null && (
        <RadioGroup className="way" value={way} onChange={(next) => setWay(next === 'broker' ? 'broker' : 'client')}>
          <Label>{words.way}</Label>
          <Radio value="client">{words.wayClient}</Radio>
          <Radio value="broker">{words.wayBroker}</Radio>
        </RadioGroup>
      )}
      {way === 'client' ? (
        <>
          <TextField className="field" value={client.clientId} onChange={(clientId) => setClient({ ...client, clientId })} autoFocus>
            <Label>{words.clientId}</Label>
            <Input autoComplete="off" spellCheck={false} placeholder="test_…" onPaste={paste} />
          </TextField>
          <TextField className="field" type="password" value={client.clientSecret} onChange={(clientSecret) => setClient({ ...client, clientSecret })}>
            <Label>{words.clientSecret}</Label>
            <Input autoComplete="off" onPaste={paste} />
          </TextField>
        </>
      ) : (
        <>
          <TextField className="field" value={broker.url} onChange={(url) => setBroker({ ...broker, url })}>
            <Label>{words.brokerUrl}</Label>
            <Input autoComplete="off" spellCheck={false} placeholder="https://" />
          </TextField>
          <TextField className="field" type="password" value={broker.key} onChange={(key) => setBroker({ ...broker, key })}>
            <Label>{words.brokerKey}</Label>
            <Input autoComplete="off" />
          </TextField>
          <p className="manager-hint">{words.registerId(registerId)}</p>
        </>
      )}
      <p className="problem" role="alert">
        {problem}
      </p>
      <div className="next">
        <Button type="submit" className="charge" isDisabled={busy}>
          {busy ? words.asking : action}
        </Button>
        {children}
      </div>
    </Form>
  );
}
