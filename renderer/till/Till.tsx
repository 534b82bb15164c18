import { useState, useSyncExternalStore } from 'react';
import type { Bridge } from '../../contract/channels.ts';
import { assertNever } from '../../contract/result.ts';
import type { TillSnapshot } from '../../contract/till-snapshot.ts';
import { EnterSale } from './EnterSale.tsx';
import { LatePayments } from './LatePayments.tsx';
import { PayingSale } from './PayingSale.tsx';
import { SaleResult } from './SaleResult.tsx';
import { SetUp } from './SetUp.tsx';
import type { SnapshotStore } from './snapshot-store.ts';
import { StatusBar } from './StatusBar.tsx';
import type { TypeAhead } from './type-ahead.ts';

/** The cashier's window: a status bar, and below it the sale in the state that main says it is in. */
export function Till({ store, bridge, typeAhead }: { readonly store: SnapshotStore; readonly bridge: Bridge<'till'>; readonly typeAhead: TypeAhead }) {
  const snapshot = useSyncExternalStore(store.subscribe, store.read);
  const [settingUp, setSettingUp] = useState(false);
  if (snapshot === null) return null;
  return (
    <>
      <StatusBar snapshot={snapshot} canSetUp={snapshot.sale.kind === 'entering' && !settingUp} onSetUp={() => setSettingUp(true)} />
      <LatePayments payments={snapshot.latePayments} currency={snapshot.currency} onSettle={(saleId, how) => void bridge.settleLate({ saleId, how })} />
      {settingUp ? (
        <SetUp account={snapshot.account} connect={bridge.connect} disconnect={bridge.disconnect} onDone={() => setSettingUp(false)} />
      ) : (
        <SaleScreen snapshot={snapshot} bridge={bridge} typeAhead={typeAhead} />
      )}
    </>
  );
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
