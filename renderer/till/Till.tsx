import { Activity, useEffect, useEffectEvent, useMemo, useState, useSyncExternalStore } from 'react';
import { Button } from 'react-aria-components';
import type { Bridge } from '../../contract/channels.ts';
import { assertNever } from '../../contract/result.ts';
import type { AccountView, SaleView, TillSnapshot } from '../../contract/till-snapshot.ts';
import { openWords } from '../words/catalogue.ts';
import { say } from '../words/sentences.ts';
import { chosenLanguage } from '../words/language.ts';
import { EnterSale } from './EnterSale.tsx';
import { FirstRun } from './FirstRun.tsx';
import { KeyHelp } from './KeyHelp.tsx';
import { LastSale } from './LastSale.tsx';
import { LatePayments } from './LatePayments.tsx';
import { PayingSale } from './PayingSale.tsx';
import { SaleResult } from './SaleResult.tsx';
import { SignIn } from './SignIn.tsx';
import { AllowOnce, type Asking, type RightAnswer } from './manager/AllowOnce.tsx';
import { Manager } from './manager/Manager.tsx';
import { SetUp } from './manager/SetUp.tsx';
import type { Scanner } from './scanner.ts';
import type { SnapshotStore } from './snapshot-store.ts';
import { StatusBar } from './StatusBar.tsx';
import type { TypeAhead } from './type-ahead.ts';
import { useChimes } from './use-chimes.ts';
import { Speaking } from './Speaking.tsx';

type Props = { readonly store: SnapshotStore; readonly bridge: Bridge<'till'>; readonly managerBridge: Bridge<'manager'>; readonly typeAhead: TypeAhead; readonly scanner: Scanner };

/** The cashier's window: a status bar, and below it the sale in the state that main says it is in. */
export function Till({ store, bridge, managerBridge, typeAhead, scanner }: Props) {
  const snapshot = useSyncExternalStore(store.subscribe, store.read);
  const [managing, setManaging] = useState(false);
  const [settingUp, setSettingUp] = useState(false);
  const [helping, setHelping] = useState(false);
  const [lookingBack, setLookingBack] = useState(false);
  const [asking, setAsking] = useState<Asking | null>(null);
  const [refused, setRefused] = useState<string | null>(null);
  useChimes(snapshot?.sale, snapshot?.look.sounds ?? false);
  useLockKey(() => {
    void bridge.lockManager();
    setManaging(false);
    setSettingUp(false);
  });
  const language = chosenLanguage(snapshot?.look.language ?? 'auto', navigator.languages);
  const currency = snapshot?.currency ?? 'USD';
  const words = useMemo(() => openWords(language, currency), [language, currency]);
  const theme = snapshot?.look.theme ?? 'auto';
  useEffect(() => {
    document.documentElement.lang = language;
    document.documentElement.dataset['theme'] = theme;
  }, [language, theme]);
  if (snapshot === null) return null;
  const { account, sale, lastSale, cashiers, manager } = snapshot;

  // Locked meanwhile: what is left is under Manager, behind the door. It does not begin again at its first step.
  if (settingUp && manager.kind === 'locked') setSettingUp(false);
  if (settingUp && manager.kind !== 'locked') {
    return (
      <Speaking words={words}>
        <SetUp snapshot={snapshot} bridge={managerBridge} onDone={() => setSettingUp(false)} />
      </Speaking>
    );
  }
  if (snapshot.isFirstRun) {
    return (
      <Speaking words={words}>
        <FirstRun bridge={bridge} onConnect={() => setSettingUp(true)} />
      </Speaking>
    );
  }

  /** Asked without the manager first; when only the manager may allow it, asked again with the PIN. */
  async function askMain(amountInCents: number, call: (managerPin: string | null) => Promise<RightAnswer>): Promise<RightAnswer> {
    setRefused(null);
    const answer = await call(null);
    if (answer.kind === 'failed' && answer.failure.kind === 'needs-manager') setAsking({ action: answer.failure.action, amountInCents, call });
    if (answer.kind === 'failed' && answer.failure.kind === 'needs-sign-in') setRefused(say(words.cashiers.right, answer.failure));
    return answer;
  }

  const guardedBridge: Bridge<'till'> = { ...bridge, charge: (order) => askMain(order.amountInCents, (managerPin) => bridge.charge({ ...order, managerPin })), tryAgain: (order) => askMain(sale.amountInCents, () => bridge.tryAgain(order)) };
  const needsSignIn = sale.kind === 'entering' && cashiers.all.length > 0 && cashiers.signedIn === null;
  const isAtRest = sale.kind === 'entering' && !managing && asking === null;
  const showsLastSale = lookingBack && isAtRest && lastSale !== null;
  return (
    <Speaking words={words}>
      <StatusBar
        snapshot={snapshot}
        canManage={isAtRest || (sale.kind === 'wrong-amount' && !managing)}
        onManage={() => setManaging(true)}
        onHelp={() => setHelping(true)}
        canLookBack={isAtRest && lastSale !== null}
        onLookBack={() => setLookingBack((before) => !before)}
        canSignOut={isAtRest}
        onSignOut={() => void bridge.signOut()}
      />
      {account.kind === 'broken' && !managing && (
        <section className="late" role="alert">
          <p>{say(words.till.problem, account.problem)}</p>
          <Button onPress={() => void bridge.openAgain()}>{words.account.tryAgain}</Button>
        </section>
      )}
      {snapshot.journalNotice !== null && !managing && (
        <section className="late" role="alert">
          <p>{words.till.status.callTheManager}</p>
        </section>
      )}
      {snapshot.auditTrouble !== null && !managing && (
        <section className="late" role="alert">
          <p>{words.till.status.auditTrouble}</p>
        </section>
      )}
      <LatePayments payments={snapshot.latePayments} onSettle={({ saleId, amountInCents }, how) => void askMain(amountInCents, (managerPin) => bridge.settleLate({ saleId, how, managerPin }))} />
      {refused !== null && cashiers.signedIn === null && (
        <section className="late" role="alert">
          <p>{refused}</p>
        </section>
      )}
      {helping && <KeyHelp onClose={() => setHelping(false)} />}
      {managing && <Manager snapshot={snapshot} till={bridge} bridge={managerBridge} onDone={() => setManaging(false)} />}
      {asking !== null && !managing && <AllowOnce asking={asking} manager={snapshot.manager} onDone={() => setAsking(null)} />}
      {needsSignIn && isAtRest && !showsLastSale && <SignIn cashiers={cashiers.all} signIn={bridge.signIn} />}
      {showsLastSale && <LastSale sale={lastSale} onClose={() => setLookingBack(false)} />}
      {/* Kept while it is out of sight, keys and all: what was typed half is not typed again. */}
      <Activity mode={managing || showsLastSale || asking !== null || needsSignIn ? 'hidden' : 'visible'}>
        <SaleScreen snapshot={snapshot} bridge={guardedBridge} typeAhead={typeAhead} scanner={scanner} />
      </Activity>
    </Speaking>
  );
}

/** Ctrl+L locks, from every screen. */
function useLockKey(lock: () => void): void {
  const press = useEffectEvent(lock);
  useEffect(() => {
    const listener = (event: KeyboardEvent) => {
      if (!event.ctrlKey || event.altKey || event.key.toLowerCase() !== 'l') return;
      event.preventDefault();
      press();
    };
    window.addEventListener('keydown', listener);
    return () => window.removeEventListener('keydown', listener);
  }, []);
}

/** What stands above the screen already is not said twice. */
function withoutRepetition(sale: Extract<SaleView, { kind: 'entering' }>, account: AccountView): Extract<SaleView, { kind: 'entering' }> {
  return account.kind === 'broken' && sale.problem?.kind === account.problem.kind ? { ...sale, problem: null } : sale;
}

function SaleScreen({ snapshot, bridge, typeAhead, scanner }: { readonly snapshot: TillSnapshot; readonly bridge: Bridge<'till'>; readonly typeAhead: TypeAhead; readonly scanner: Scanner }) {
  const { sale, look } = snapshot;
  switch (sale.kind) {
    case 'entering':
      // A new sale is a new form: nothing of the last one can stay in it.
      return <EnterSale key={`${sale.saleId} ${look.entry}`} mode={look.entry} isFirstSale={snapshot.isFirstSale} scanner={scanner} typeAhead={typeAhead} sale={withoutRepetition(sale, snapshot.account)} isOnline={snapshot.isOnline} presets={snapshot.descriptionPresets} bridge={bridge} />;
    case 'preparing':
    case 'ready':
    case 'submitting':
    case 'checking':
      return (
        // Each state is a screen of its own: what was pressed on the last one does not count here.
        <PayingSale
          key={sale.kind}
          sale={sale}
          onBack={() => void bridge.goBack({ saleId: sale.saleId })}
          onServeNext={() => void bridge.serveNext({ saleId: sale.saleId })}
        />
      );
    case 'paid':
    case 'accepted':
    case 'declined':
    case 'not-charged':
    case 'wrong-amount':
      return (
        <SaleResult
          sale={sale}
          training={snapshot.mode === 'training'}
          typeAhead={typeAhead}
          onNewSale={() => void bridge.newSale({ saleId: sale.saleId })}
          onTryAgain={() => void bridge.tryAgain({ saleId: sale.saleId })}
          onLeave={() => void bridge.goBack({ saleId: sale.saleId })}
        />
      );
    default:
      return assertNever(sale);
  }
}
