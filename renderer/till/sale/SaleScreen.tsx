import type { ReactNode } from 'react';
import type { Bridge } from '../../../contract/channels.ts';
import { assertNever } from '../../../contract/result.ts';
import type { AccountView, SaleView, TillSnapshot } from '../../../contract/till-snapshot.ts';
import { EnterSale } from './EnterSale.tsx';
import { PayingSale, type PayingProps } from './PayingSale.tsx';
import { SaleResult } from './SaleResult.tsx';
import type { TypeAhead } from './type-ahead.ts';

type Props = { readonly snapshot: TillSnapshot; readonly bridge: Bridge<'till'>; readonly typeAhead: TypeAhead; readonly firstSale: ReactNode; readonly training: ReactNode; readonly surface: ReactNode; readonly onSaveCard: (() => void) | null; readonly onGiveBack: () => void };

/** The sale, in its state in main's snapshot. */
export function SaleScreen({ snapshot, bridge, typeAhead, firstSale, training, surface, onSaveCard, onGiveBack }: Props) {
  const { sale, appearance } = snapshot;
  const { saleId } = sale;
  switch (sale.kind) {
    case 'entering':
      return (
        <EnterSale
          // A new sale is a new form: no text of the last one can stay in it.
          key={`${saleId} ${appearance.entry}`}
          mode={appearance.entry}
          firstSale={firstSale}
          typeAhead={typeAhead}
          sale={withoutRepetition(sale, snapshot.account)}
          connectionFailure={snapshot.connectionFailure}
          presets={snapshot.descriptionPresets}
          quickItems={snapshot.quickItems}
          usualDescription={snapshot.usualDescription}
          bridge={bridge}
        />
      );
    case 'preparing':
    case 'ready':
    case 'submitting':
    case 'checking':
      return <PayingSale key={payingScreen(sale)} sale={sale} mode={snapshot.mode} ways={snapshot.ways} link={snapshot.saleLink} training={training} surface={surface} formEmptied={snapshot.formEmptied} onPayBy={(tender) => void bridge.payBy({ saleId, tender })} onBack={() => void bridge.goBack({ saleId })} onServeNext={() => void bridge.serveNext({ saleId })} />;
    case 'paid':
    case 'accepted':
    case 'declined':
    case 'not-charged':
    case 'wrong-amount':
      return (
        <SaleResult
          sale={sale}
          mode={snapshot.mode}
          ways={snapshot.ways}
          link={snapshot.saleLink}
          printing={snapshot.printing}
          receiptBridge={bridge}
          typeAhead={typeAhead}
          onPayBy={(tender) => void bridge.payBy({ saleId, tender })}
          onNewSale={() => void bridge.newSale({ saleId })}
          onTryAgain={() => void bridge.tryAgain({ saleId })}
          onGiveBack={onGiveBack}
          onSaveCard={onSaveCard}
          onCancel={() => void bridge.cancelSale({ saleId })}
        />
      );
    // A screen of its own; Esc there returns to the keypad, with the typed text.
    case 'tip':
      return null;
    default:
      return assertNever(sale);
  }
}

/** Each state is a screen of its own: presses on the last one do not count here. Customers with saved cards stay on it when JustiFi has confirmed the checkout. */
function payingScreen({ kind, tender }: PayingProps['sale']): string {
  return tender === 'saved' && (kind === 'preparing' || kind === 'ready') ? 'customers' : kind;
}

/** A problem that a notice above already shows is left out. */
function withoutRepetition(sale: Extract<SaleView, { kind: 'entering' }>, account: AccountView): Extract<SaleView, { kind: 'entering' }> {
  return account.kind === 'broken' && sale.problem?.kind === account.problem.kind ? { ...sale, problem: null } : sale;
}
