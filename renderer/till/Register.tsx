import { Activity, type ReactNode, useEffect, useState, useSyncExternalStore } from 'react';
import type { Bridge } from '../../contract/channels.ts';
import type { Language } from '../../contract/language.ts';
import { assertNever, disregard } from '../../contract/result.ts';
import type { TillSnapshot } from '../../contract/till-snapshot.ts';
import type { SaleWords } from '../../words/catalogue.ts';
import { afterFirstPaint } from './first-paint.ts';
import { Later } from './Later.tsx';
import type { LaterScreenProps } from './LaterScreen.tsx';
import { Notices } from './Notices.tsx';
import type { Part } from './part.ts';
import type { Later as LaterPart } from './parts.ts';
import { SaleScreen } from './sale/SaleScreen.tsx';
import type { TypeAhead } from './sale/type-ahead.ts';
import { useChimes } from './sale/use-chimes.ts';
import { NOTHING_OPENED, type Opened, type Screen, barOf, screenOf, stillOpened } from './screen.ts';
import { StatusBar } from './StatusBar.tsx';
import { useGuardedCalls } from './use-guarded-calls.ts';
import { useLeaving } from './use-leaving.ts';
import { useLockKey } from './use-lock-key.ts';
import { usePersonSeen } from './use-person-seen.ts';

export type RegisterProps = {
  readonly snapshot: TillSnapshot;
  readonly words: SaleWords;
  readonly later: Part<LaterPart>;
  readonly language: Language;
  /** A language was chosen on the first screen, or by a cashier who signs in. */
  readonly onSpeak: (language: Language) => void;
  readonly bridge: Bridge<'till'>;
  readonly managerBridge: Bridge<'manager'>;
  readonly typeAhead: TypeAhead;
};

/** A page that is busy after its first paint still fetches the screens beside the sale within this. */
const FETCH_LATER_WITHIN_MS = 2_000;

/** The status bar, the notices, and one screen. */
export function Register({ snapshot, words, later, language, onSpeak, bridge, managerBridge, typeAhead }: RegisterProps) {
  const [lastOpened, setOpened] = useState<Opened>(NOTHING_OPENED);
  const [helping, setHelping] = useState(false);
  const close = () => setOpened(NOTHING_OPENED);
  const openHelp = () => setHelping(true);
  const openReport = () => setOpened({ kind: 'report' });
  const giveBack = (saleId: string) => setOpened({ kind: 'history', saleId, isGivingBack: true });
  useChimes(snapshot.sale, snapshot.appearance.sounds);
  useLockKey(() => {
    disregard(bridge.lockManager(), 'the next snapshot shows it');
    if (lastOpened.kind === 'manager' || lastOpened.kind === 'set-up') close();
  });
  const isFetched = useFetchWhenIdle(later);
  const opened = stillOpened(lastOpened, snapshot);
  if (opened !== lastOpened) setOpened(opened);
  const screen = screenOf(snapshot, opened);
  const { calls, resolveLatePayment, refusal } = useGuardedCalls(snapshot, bridge, words, useLeaving(typeAhead, screen), (asking) => setOpened({ kind: 'allow-once', asking }));
  usePersonSeen(screen.kind === 'sale' || screen.kind === 'sign-in', () => disregard(bridge.personSeen(), 'a digit prepares it too'));
  const openAgain = () => void bridge.openAgain();
  const show = (asked: LaterScreenProps['screen'], onClose = close): ReactNode => (
    <Later part={later} screen={asked} snapshot={snapshot} bridge={calls} managerBridge={managerBridge} language={language} onSpeak={onSpeak} onConnect={() => setOpened({ kind: 'set-up' })} onHelp={openHelp} onReport={openReport} onGiveBack={giveBack} onClose={onClose} />
  );

  /** The next sale replaces the result first: no money is given back under a PAID that stays on the screen. */
  async function giveBackResult(): Promise<void> {
    const { saleId } = snapshot.sale;
    const left = await calls.newSale({ saleId });
    if (left.kind === 'ok') giveBack(saleId);
  }

  const training = trainingOf(snapshot);
  const surface = surfaceOf(snapshot);
  const help = helping && show({ kind: 'help' }, () => setHelping(false));
  if (screen.kind === 'set-up' || screen.kind === 'first-run') {
    return (
      <>
        {help}
        {show(screen)}
      </>
    );
  }
  return (
    <>
      <StatusBar
        snapshot={snapshot}
        {...barOf(screen, snapshot)}
        onManage={() => setOpened({ kind: 'manager' })}
        onHelp={openHelp}
        onLookBack={() => setOpened(opened.kind === 'last-sale' ? NOTHING_OPENED : { kind: 'last-sale' })}
        onSales={() => setOpened({ kind: 'history', saleId: null, isGivingBack: false })}
        onReport={openReport}
        onSignOut={() => void bridge.signOut()}
      />
      <Notices snapshot={snapshot} isManaging={screen.kind === 'manager'} refusal={refusal} onTryAgain={openAgain} onResolve={resolveLatePayment} />
      {help}
      <OpenedScreen screen={screen} show={show} />
      {/* Kept while another screen is shown, so that a half typed text is not lost. */}
      <Activity mode={screen.kind === 'sale' ? 'visible' : 'hidden'}>
        <SaleScreen snapshot={snapshot} bridge={calls} typeAhead={typeAhead} onGiveBack={() => void giveBackResult()} firstSale={snapshot.isFirstSale && isFetched && show({ kind: 'first-sale' })} training={training && show(training)} surface={surface && show(surface)} onSaveCard={snapshot.saveOffer && (() => setOpened({ kind: 'save-card' }))} />
      </Activity>
    </>
  );
}

/** In training the test cards are beside the form. */
function trainingOf({ mode, sale }: TillSnapshot): LaterScreenProps['screen'] | null {
  return mode === 'training' && sale.kind === 'ready' && sale.tender === 'card-form' ? { kind: 'training-cards' } : null;
}

/** The right half of the chosen way to pay, for Sezzle beside the form; null: only the customer's form. */
function surfaceOf({ sale, saleLink, wantsInsured }: TillSnapshot): LaterScreenProps['screen'] | null {
  if (!('tender' in sale)) return null;
  if (sale.tender === 'reader') return { kind: 'at-reader' };
  if (sale.tender === 'saved') return { kind: 'saved-cards' };
  if (sale.tender === 'sezzle') return { kind: 'at-sezzle' };
  if (wantsInsured) return { kind: 'insured-customer' };
  return saleLink?.code ? { kind: 'at-phone' } : null;
}

type OpenedProps = {
  readonly screen: Exclude<Screen, { kind: 'set-up' | 'first-run' }>;
  /** Shows a screen that is fetched later. */
  readonly show: (screen: LaterScreenProps['screen']) => ReactNode;
};

/** Every screen below the status bar but the sale's. */
function OpenedScreen({ screen, show }: OpenedProps): ReactNode {
  switch (screen.kind) {
    case 'starting':
    case 'sale':
      return null;
    case 'stopped':
    case 'last-sale':
    case 'manager':
    case 'allow-once':
    case 'sign-in':
    case 'history':
    case 'report':
    case 'save-card':
    case 'tip':
      return show(screen);
    default:
      return assertNever(screen);
  }
}

/** Not before the first paint: F10 opens the manager's side at once all the same. False: it is not loaded yet, and the parts that can wait are not shown. */
function useFetchWhenIdle(part: Part<LaterPart>): boolean {
  useEffect(() => {
    return afterFirstPaint(() => requestIdleCallback(part.load, { timeout: FETCH_LATER_WITHIN_MS }));
  }, [part]);
  return useSyncExternalStore(part.subscribe, part.read).kind === 'loaded';
}
