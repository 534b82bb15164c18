import { type ReactNode, useState } from 'react';
import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components';
import type { Bridge } from '../../../contract/channels.ts';
import type { ManagerView, TillSnapshot } from '../../../contract/till-snapshot.ts';
import { disregard } from '../../../contract/result.ts';
import { Button } from '../../skin/Button.tsx';
import { Account } from './Account.tsx';
import { Attention, needsManager } from './Attention.tsx';
import { AllRegisters } from './AllRegisters.tsx';
import { AuditLog } from './AuditLog.tsx';
import { CardReaders } from './CardReaders.tsx';
import { Cashiers } from './Cashiers.tsx';
import { Customers } from './Customers.tsx';
import { Diagnostics } from './Diagnostics.tsx';
import { Limits } from './Limits.tsx';
import { Appearance } from './Appearance.tsx';
import { OpenManager } from '../access/OpenManager.tsx';
import { SettingsCopy } from './SettingsCopy.tsx';
import { Printers } from './Printers.tsx';
import { Receipt } from './Receipt.tsx';
import { LockedSettings } from './use-locked.ts';
import { Tips } from './Tips.tsx';
import { SetPin } from './SetPin.tsx';
import { useStillHere } from './use-still-here.ts';
import { isTyping, useShortcuts } from '../use-shortcuts.ts';
import { useAllWords } from '../use-words.ts';
import { Said } from '../Said.tsx';

type Props = {
  readonly snapshot: TillSnapshot;
  readonly till: Pick<Bridge<'till'>, 'unlockManager' | 'proveSecret' | 'lockManager' | 'openAgain'>;
  readonly bridge: Bridge<'manager'>;
  readonly onDone: () => void;
};

type OpenManagerView = Exclude<ManagerView, { kind: 'locked' }>;
type Section = { readonly id: string; readonly name: string; readonly screen: ReactNode };

/** The manager's side: the PIN screen, then one section for each group of settings. Unsaved text is dropped at a lock. */
export function Manager(props: Props) {
  const { snapshot, till, onDone } = props;
  const { manager, registerId } = snapshot;
  if (manager.kind === 'locked') return <OpenManager manager={manager} registerId={registerId} unlock={till.unlockManager} proveSecret={till.proveSecret} onBack={onDone} />;
  return <Sections {...props} manager={manager} />;
}

function Sections({ snapshot, manager, till, bridge, onDone }: Props & { readonly manager: OpenManagerView }) {
  const { shell } = useAllWords().manager;
  const stillHere = useStillHere(bridge);
  const mayReplacePin = manager.kind === 'unlocked' && manager.by === 'secret';
  const hasPin = manager.kind === 'unlocked' && manager.hasPin;
  const [section, setSection] = useState(needsManager(snapshot) ? 'attention' : mayReplacePin && hasPin ? 'pin' : 'account');
  const { unsaved, isLeaving, tellUnsaved, leave } = useUnsaved(onDone, setSection);
  /** The item that was acknowledged last; with the last item the section is removed. */
  const [told, setTold] = useState<string | null>(null);

  useShortcuts((key, event) => {
    // Esc in a field, or in an open list, belongs to that one.
    if (event.defaultPrevented || !(key === 'F10' || (key === 'Escape' && !isTyping(event)))) return false;
    leave();
    return true;
  });

  const sections = useSections({ snapshot, till, bridge, onDone, hasPin, asksCurrentPin: hasPin && !mayReplacePin, onTold: setTold, tellUnsaved });
  // Needs attention is removed with its last item.
  const shown = sections.some(({ id }) => id === section) ? section : 'account';
  function lock(): void {
    disregard(till.lockManager(), 'the next snapshot shows it');
    onDone();
  }
  return (
    <main className="manager" {...stillHere}>
      <Bar snapshot={snapshot} hasPin={hasPin} isLeaving={isLeaving} told={told} onLeave={leave} onLock={manager.kind === 'unlocked' ? lock : null} />
      {/* The arrows move over the sections, Enter opens one: some put the cursor into their first field, which would stop the arrows there. */}
      <Tabs orientation="vertical" keyboardActivation="manual" className="manager-sections" selectedKey={shown} onSelectionChange={(key) => setSection(String(key))}>
        <TabList aria-label={shell.sections}>
          {sections.map(({ id, name }) => (
            <Tab key={id} id={id}>
              {name}
            </Tab>
          ))}
        </TabList>
        {sections.map(({ id, screen }) => (
          // Typed text is kept until the section is opened again.
          <TabPanel key={id} id={id} shouldForceMount={unsaved.includes(id)}>
            <LockedSettings value={snapshot.policy.locked}>{screen}</LockedSettings>
          </TabPanel>
        ))}
      </Tabs>
    </main>
  );
}

type Unsaved = {
  /** The sections with unsaved text. */
  readonly unsaved: readonly string[];
  /** Back was pressed with unsaved text. */
  readonly isLeaving: boolean;
  readonly tellUnsaved: (id: string) => (isUnsaved: boolean) => void;
  /** Shows the unsaved sections first, and leaves at the second press. */
  leave(): void;
};

function useUnsaved(onLeave: () => void, onShow: (section: string) => void): Unsaved {
  const [unsaved, setUnsaved] = useState<readonly string[]>([]);
  const [isLeaving, setLeaving] = useState(false);
  return {
    unsaved,
    isLeaving,
    tellUnsaved: (id) => (isUnsaved) => {
      setUnsaved((before) => [...before.filter((each) => each !== id), ...(isUnsaved ? [id] : [])]);
      if (!isUnsaved) setLeaving(false);
    },
    leave() {
      const [first] = unsaved;
      if (first === undefined || isLeaving) return onLeave();
      setLeaving(true);
      onShow(first);
    },
  };
}

type SectionsParts = Props & {
  readonly hasPin: boolean;
  readonly asksCurrentPin: boolean;
  readonly onTold: (told: string | null) => void;
  readonly tellUnsaved: Unsaved['tellUnsaved'];
};

/** Each section of the manager's side, in their order. */
function useSections({ snapshot, till, bridge, onDone, hasPin, asksCurrentPin, onTold, tellUnsaved }: SectionsParts): readonly Section[] {
  const { manager, printing, customers, report, tip } = useAllWords();
  const { shell } = manager;
  return [
    ...(needsManager(snapshot) ? [{ id: 'attention', name: shell.attention, screen: <Attention snapshot={snapshot} bridge={bridge} onDone={onTold} /> }] : []),
    { id: 'account', name: shell.account, screen: <Account snapshot={snapshot} bridge={bridge} openAgain={till.openAgain} onDone={onDone} /> },
    { id: 'pin', name: shell.pin, screen: <SetPin hasPin={hasPin} asksCurrent={asksCurrentPin} setPin={bridge.setPin} /> },
    { id: 'limits', name: shell.limits, screen: <Limits bridge={bridge} onUnsaved={tellUnsaved('limits')} /> },
    { id: 'tips', name: tip.manager.title, screen: <Tips bridge={bridge} onUnsaved={tellUnsaved('tips')} /> },
    { id: 'receipt', name: printing.receipt.title, screen: <Receipt bridge={bridge} onUnsaved={tellUnsaved('receipt')} /> },
    { id: 'printers', name: printing.printers.title, screen: <Printers bridge={bridge} onUnsaved={tellUnsaved('printers')} /> },
    { id: 'cashiers', name: shell.cashiers, screen: <Cashiers cashiers={snapshot.cashiers.all} bridge={bridge} /> },
    { id: 'card-reader', name: shell.cardReader, screen: <CardReaders paired={snapshot.cardReader} bridge={bridge} /> },
    { id: 'customers', name: customers.manager.title, screen: <Customers bridge={bridge} /> },
    { id: 'registers', name: report.registers.title, screen: <AllRegisters progress={snapshot.registersProgress} hasPrinter={snapshot.printing.hasPrinter} bridge={bridge} /> },
    { id: 'appearance', name: shell.appearance, screen: <Appearance appearance={snapshot.appearance} bridge={bridge} /> },
    { id: 'copy', name: shell.copy, screen: <SettingsCopy bridge={bridge} /> },
    { id: 'audit', name: shell.audit, screen: <AuditLog bridge={bridge} /> },
    { id: 'diagnostics', name: shell.diagnostics, screen: <Diagnostics bridge={bridge} /> },
  ];
}

type BarProps = Pick<Props, 'snapshot'> & {
  readonly hasPin: boolean;
  readonly isLeaving: boolean;
  readonly told: string | null;
  readonly onLeave: () => void;
  /** Null: nothing can be locked. */
  readonly onLock: (() => void) | null;
};

function Bar({ snapshot, hasPin, isLeaving, told, onLeave, onLock }: BarProps) {
  const { shell, policy } = useAllWords().manager;
  return (
    <header className="manager-bar">
      <h1>{shell.title}</h1>
      {!hasPin && <p className="manager-hint">{shell.noPin}</p>}
      {snapshot.policy.trouble !== null && <p className="manager-hint">{policy.trouble(snapshot.policy.trouble)}</p>}
      {snapshot.isPageChanged && <p className="manager-hint">{shell.pageChanged}</p>}
      {isLeaving && (
        <Said isWarning className="manager-hint">
          {shell.discard}
        </Said>
      )}
      {told !== null && <Said className="manager-told">{told}</Said>}
      <Button shortcut={{ key: 'F10', shown: 'F10' }} className="quiet" onPress={onLeave}>
        {shell.backToTill}
      </Button>
      {onLock !== null && (
        <Button shortcut={{ key: 'Control+L', shown: 'Ctrl+L' }} onPress={onLock}>
          {shell.lock}
        </Button>
      )}
    </header>
  );
}
