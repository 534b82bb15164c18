import { Activity, useEffect, useEffectEvent, useState, useSyncExternalStore } from 'react';
import type { Bridge } from '../../contract/channels.ts';
import { assertNever } from '../../contract/result.ts';
import type { TillSnapshot } from '../../contract/till-snapshot.ts';
import { EnterSale } from './EnterSale.tsx';
import { LastSale } from './LastSale.tsx';
import { LatePayments } from './LatePayments.tsx';
import { PayingSale } from './PayingSale.tsx';
import { SaleResult } from './SaleResult.tsx';
import { Manager } from './manager/Manager.tsx';
import type { SnapshotStore } from './snapshot-store.ts';
import { StatusBar } from './StatusBar.tsx';
import type { TypeAhead } from './type-ahead.ts';
import { CALL_THE_MANAGER } from './words.ts';

type Props = { readonly store: SnapshotStore; readonly bridge: Bridge<'till'>; readonly managerBridge: Bridge<'manager'>; readonly typeAhead: TypeAhead };

/** The cashier's window: a status bar, and below it the sale in the state that main says it is in. */
export function Till({ store, bridge, managerBridge, typeAhead }: Props) {
  const snapshot = useSyncExternalStore(store.subscribe, store.read);
  const [managing, setManaging] = useState(false);
  const [lookingBack, setLookingBack] = useState(false);
  useLockKey(() => {
    void bridge.lockManager();
    setManaging(false);
  });
  if (snapshot === null) return null;
  const { sale, lastSale } = snapshot;
  const isAtRest = sale.kind === 'entering' && !managing;
  const showsLastSale = lookingBack && isAtRest && lastSale !== null;
  return (
    <>
      <StatusBar
        snapshot={snapshot}
        canManage={isAtRest || (sale.kind === 'wrong-amount' && !managing)}
        onManage={() => setManaging(true)}
        canLookBack={isAtRest && lastSale !== null}
        onLookBack={() => setLookingBack((before) => !before)}
      />
      {snapshot.journalNotice !== null && !managing && (
        <section className="late" role="alert">
          <p>{CALL_THE_MANAGER}</p>
        </section>
      )}
      <LatePayments payments={snapshot.latePayments} currency={snapshot.currency} onSettle={(saleId, how) => void bridge.settleLate({ saleId, how })} />
      {managing && <Manager snapshot={snapshot} till={bridge} bridge={managerBridge} onDone={() => setManaging(false)} />}
      {showsLastSale && <LastSale sale={lastSale} currency={snapshot.currency} onClose={() => setLookingBack(false)} />}
      {/* Kept while it is out of sight, keys and all: what was typed half is not typed again. */}
      <Activity mode={managing || showsLastSale ? 'hidden' : 'visible'}>
        <SaleScreen snapshot={snapshot} bridge={bridge} typeAhead={typeAhead} />
      </Activity>
    </>
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

function SaleScreen({ snapshot, bridge, typeAhead }: { readonly snapshot: TillSnapshot; readonly bridge: Bridge<'till'>; readonly typeAhead: TypeAhead }) {
  const { sale, currency } = snapshot;
  switch (sale.kind) {
    case 'entering':
      // A new sale is a new form: nothing of the last one can stay in it.
      return <EnterSale key={sale.saleId} typeAhead={typeAhead} sale={sale} currency={currency} isOnline={snapshot.isOnline} presets={snapshot.descriptionPresets} bridge={bridge} />;
    case 'preparing':
    case 'ready':
    case 'submitting':
    case 'checking':
      return (
        // Each state is a screen of its own: what was pressed on the last one does not count here.
        <PayingSale
          key={sale.kind}
          sale={sale}
          currency={currency}
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
          currency={currency}
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
