import type { ReactNode } from 'react';
import { Button, Tab, TabList, TabPanel, Tabs } from 'react-aria-components';
import type { Bridge } from '../../../contract/channels.ts';
import type { TillSnapshot } from '../../../contract/till-snapshot.ts';
import { Account } from './Account.tsx';
import { Attention, needsManager } from './Attention.tsx';
import { AuditLog } from './AuditLog.tsx';
import { Cashiers } from './Cashiers.tsx';
import { Diagnostics } from './Diagnostics.tsx';
import { Limits } from './Limits.tsx';
import { Look } from './Look.tsx';
import { OpenManager } from './OpenManager.tsx';
import { SettingsCopy } from './SettingsCopy.tsx';
import { LockedSettings } from './use-locked.ts';
import { SetPin } from './SetPin.tsx';
import { useStillHere } from './use-still-here.ts';
import { useArrival } from '../use-arrival.ts';
import { useWords } from '../use-words.ts';

type Props = {
  readonly snapshot: TillSnapshot;
  readonly till: Pick<Bridge<'till'>, 'unlockManager' | 'proveSecret' | 'lockManager' | 'openAgain'>;
  readonly bridge: Bridge<'manager'>;
  readonly onDone: () => void;
};

type Section = { readonly id: string; readonly name: string; readonly screen: ReactNode };

/** The manager's side: the door, and behind it one section for each thing that can be set. */
export function Manager({ snapshot, till, bridge, onDone }: Props) {
  const { manager, registerId } = snapshot;
  const { shell, policy } = useWords().manager;
  const stillHere = useStillHere(bridge);
  const arrival = useArrival<HTMLHeadingElement>();

  if (manager.kind === 'locked') return <OpenManager manager={manager} registerId={registerId} unlock={till.unlockManager} proveSecret={till.proveSecret} onBack={onDone} />;

  const hasPin = manager.kind === 'unlocked' && manager.hasPin;
  const mayReplacePin = manager.kind === 'unlocked' && manager.by === 'secret';
  const isCalled = needsManager(snapshot);
  const sections: readonly Section[] = [
    ...(isCalled ? [{ id: 'attention', name: shell.attention, screen: <Attention snapshot={snapshot} bridge={bridge} /> }] : []),
    { id: 'account', name: shell.account, screen: <Account snapshot={snapshot} bridge={bridge} openAgain={till.openAgain} onDone={onDone} /> },
    { id: 'pin', name: shell.pin, screen: <SetPin hasPin={hasPin} asksCurrent={hasPin && !mayReplacePin} setPin={bridge.setPin} /> },
    { id: 'limits', name: shell.limits, screen: <Limits bridge={bridge} /> },
    { id: 'cashiers', name: shell.cashiers, screen: <Cashiers cashiers={snapshot.cashiers.all} bridge={bridge} /> },
    { id: 'look', name: shell.look, screen: <Look look={snapshot.look} bridge={bridge} /> },
    { id: 'copy', name: shell.copy, screen: <SettingsCopy bridge={bridge} /> },
    { id: 'audit', name: shell.audit, screen: <AuditLog bridge={bridge} /> },
    { id: 'diagnostics', name: shell.diagnostics, screen: <Diagnostics bridge={bridge} /> },
  ];
  return (
    <main className="manager" {...stillHere}>
      <header className="manager-bar">
        <h1 ref={arrival} tabIndex={-1}>
          {shell.title}
        </h1>
        {!hasPin && <p className="manager-hint">{shell.noPin}</p>}
        {snapshot.policy.trouble !== null && <p className="manager-hint">{policy.trouble(snapshot.policy.trouble)}</p>}
        {snapshot.isPageChanged && <p className="manager-hint">{shell.pageChanged}</p>}
        <Button className="quiet" onPress={onDone}>
          {shell.backToTill}
        </Button>
        {manager.kind === 'unlocked' && (
          <Button
            onPress={() => {
              void till.lockManager();
              onDone();
            }}
          >
            {shell.lock} <kbd>Ctrl+L</kbd>
          </Button>
        )}
      </header>
      {/* The arrows pass by a section, Enter opens it: some put the cursor into their first field, which would end the way there. */}
      <Tabs orientation="vertical" keyboardActivation="manual" className="manager-sections" defaultSelectedKey={isCalled ? 'attention' : mayReplacePin && hasPin ? 'pin' : 'account'}>
        <TabList aria-label={shell.sections}>
          {sections.map(({ id, name }) => (
            <Tab key={id} id={id}>
              {name}
            </Tab>
          ))}
        </TabList>
        {sections.map(({ id, screen }) => (
          <TabPanel key={id} id={id}>
            <LockedSettings value={snapshot.policy.locked}>{screen}</LockedSettings>
          </TabPanel>
        ))}
      </Tabs>
    </main>
  );
}
