import type { TillSnapshot } from '../../contract/till-snapshot.ts';
import { Button } from '../skin/Button.tsx';
import { Sign } from '../skin/Sign.tsx';
import { useFunctionKeys } from './use-shortcuts.ts';
import { useWords } from './use-words.ts';
import { Said } from './Said.tsx';

type Props = {
  readonly snapshot: TillSnapshot;
  readonly canManage: boolean;
  readonly onManage: () => void;
  readonly onHelp: () => void;
  /** Whether there is a last sale, and no sale is under way. */
  readonly canLookBack: boolean;
  readonly onLookBack: () => void;
  readonly canSeeSales: boolean;
  readonly onSales: () => void;
  /** By its key, and from the list of sales. */
  readonly onReport: () => void;
  readonly canSignOut: boolean;
  readonly onSignOut: () => void;
};

/** The state of this register: its name, its mode, and whether it can take payments. */
export function StatusBar({ snapshot, canManage, onManage, onHelp, canLookBack, onLookBack, canSeeSales, onSales, onReport, canSignOut, onSignOut }: Props) {
  const { mode, status } = useWords().till;
  useFunctionKeys({ F1: onHelp, F4: canLookBack && onLookBack, F6: canSeeSales && onSales, F7: canSeeSales && onReport, F10: canManage && onManage });
  return (
    <header className="status-bar">
      <strong><bdi>{snapshot.registerName}</bdi></strong>
      {snapshot.registerState.kind === 'in-use' && <span className={`mode mode-${snapshot.mode}`}>{mode[snapshot.mode]}</span>}
      {snapshot.toConfirm > 0 && (
        <Said as="span" className="to-confirm">
          <Sign kind="unknown" />
          {status.toConfirm(snapshot.toConfirm)}
        </Said>
      )}
      {snapshot.openLinkCount > 0 && <span className="open-link-count">{status.openLinks(snapshot.openLinkCount)}</span>}
      {snapshot.account.kind === 'starting' && <Said as="span">{status.starting}</Said>}
      {snapshot.connectionFailure === null && canTakePayments(snapshot) && (
        <span className="online">
          <Sign kind="tick" />
          {status.online}
        </span>
      )}
      {snapshot.connectionFailure !== null && (
        <Said as="span" className="offline">
          <Sign kind="offline" />
          {status.offline}
        </Said>
      )}
      {canLookBack && (
        <Button shortcut={{ key: 'F4', shown: 'F4' }} className="quiet" onPress={onLookBack}>
          {status.lastSale}
        </Button>
      )}
      {canSeeSales && (
        <Button shortcut={{ key: 'F6', shown: 'F6' }} className="quiet" onPress={onSales}>
          {status.sales}
        </Button>
      )}
      {snapshot.cashiers.signedIn !== null && (
        <Button className="quiet" isDisabled={!canSignOut} onPress={onSignOut}>
          {status.signOut(snapshot.cashiers.signedIn.name)}
        </Button>
      )}
      <Button shortcut={{ key: 'F1', shown: 'F1' }} className="quiet" onPress={onHelp}>
        {status.help}
      </Button>
      <Button shortcut={{ key: 'F10', shown: 'F10' }} className="quiet" isDisabled={!canManage} onPress={onManage}>
        {status.manager}
      </Button>
    </header>
  );
}

/** "Online" is shown only where a payment can be taken. */
function canTakePayments({ account }: TillSnapshot): boolean {
  return account.kind === 'training' || account.kind === 'connected';
}
