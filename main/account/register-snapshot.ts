import type { PrintingView } from '../../contract/printing.ts';
import type { TillSnapshot } from '../../contract/till-snapshot.ts';
import type { Access } from '../manager/access.ts';
import type { Cashiers } from '../manager/cashiers.ts';
import type { Till } from '../sale/till.ts';
import { TRAINING_ACCOUNT } from './justifi-account.ts';
import type { AppServices } from './app-services.ts';

type RegisterSnapshotParts = {
  readonly services: AppServices;
  readonly till: Pick<Till, 'snapshot'>;
  readonly access: Pick<Access, 'view'>;
  readonly cashiers: Pick<Cashiers, 'view'>;
  readonly textSize: () => TillSnapshot['textSize'];
  readonly auditTrouble: () => TillSnapshot['auditTrouble'];
  readonly isPageChanged: () => boolean;
  readonly printing: () => PrintingView;
  readonly trainingReader: () => TillSnapshot['trainingReader'];
  readonly registersProgress: () => TillSnapshot['registersProgress'];
  readonly saveOffer: (saleId: string) => TillSnapshot['saveOffer'];
};

/** Everything that the till's window shows, as it is now. */
export function registerSnapshot({ services, till, access, cashiers, textSize, auditTrouble, isPageChanged, printing, trainingReader, registersProgress, saveOffer }: RegisterSnapshotParts): TillSnapshot {
  const { isSetUp, hasSold, account, cardReader, copiedFrom, appearance } = services.settings.read();
  const shown = till.snapshot();
  return {
    ...shown,
    saveOffer: saveOffer(shown.sale.saleId),
    registerState: registerStateView(services, account !== null),
    cardReader: cardReader !== null && cardReader.ofAccount === (account?.subAccountId ?? TRAINING_ACCOUNT) ? { terminalId: cardReader.terminalId, name: cardReader.name, isFirst: cardReader.isFirst } : null,
    trainingReader: trainingReader(),
    copiedFrom,
    auditTrouble: auditTrouble(),
    policy: services.policy,
    isPageChanged: isPageChanged(),
    isFirstRun: services.isDecided() && !isSetUp && account === null && services.pins.read().managerPin === null,
    isFirstSale: !hasSold,
    manager: access.view(),
    cashiers: cashiers.view(),
    appearance,
    textSize: textSize(),
    printing: printing(),
    registersProgress: registersProgress(),
  };
}

function registerStateView({ registerState }: AppServices, hasAccount: boolean): TillSnapshot['registerState'] {
  const state = registerState();
  if (state?.kind === 'stopped') return state;
  return { kind: state !== null || hasAccount ? 'in-use' : 'looking' };
}
