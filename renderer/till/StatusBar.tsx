import { Button } from 'react-aria-components';
import type { TillSnapshot } from '../../contract/till-snapshot.ts';
import { Sign } from '../skin/Sign.tsx';
import { useShortcuts } from './use-shortcuts.ts';
import { useWords } from './use-words.ts';

type Props = {
  readonly snapshot: TillSnapshot;
  readonly canManage: boolean;
  readonly onManage: () => void;
  readonly onHelp: () => void;
  /** Is there a last sale, and nothing under way? */
  readonly canLookBack: boolean;
  readonly onLookBack: () => void;
  readonly canSignOut: boolean;
  readonly onSignOut: () => void;
};

/** What is always true of this register: its name, whether money moves, and whether it can take payments. */
export function StatusBar({ snapshot, canManage, onManage, onHelp, canLookBack, onLookBack, canSignOut, onSignOut }: Props) {
  const { till, cashiers } = useWords();
  const { mode, status } = till;
  useShortcuts((key) => {
    if (key === 'F4' && canLookBack) onLookBack();
    else if (key === 'F10' && canManage) onManage();
    else if (key === 'F1') onHelp();
    else return false;
    return true;
  });
  return (
    <header className="status-bar">
      <strong>{snapshot.registerName}</strong>
      <span className={`mode mode-${snapshot.mode}`}>{mode[snapshot.mode]}</span>
      {snapshot.toConfirm > 0 && (
        <span role="status" className="to-confirm">
          <Sign kind="unknown" />
          {status.toConfirm(snapshot.toConfirm)}
        </span>
      )}
      {snapshot.account.kind === 'starting' && <span role="status">{status.starting}</span>}
      {snapshot.isOnline && snapshot.account.kind !== 'starting' && (
        <span className="online">
          <Sign kind="tick" />
          {status.online}
        </span>
      )}
      {!snapshot.isOnline && (
        <span role="status" className="offline">
          <Sign kind="offline" />
          {status.offline}
        </span>
      )}
      {canLookBack && (
        <Button className="quiet" onPress={onLookBack}>
          {status.lastSale} <kbd>F4</kbd>
        </Button>
      )}
      {snapshot.cashiers.signedIn !== null && (
        <Button className="quiet" isDisabled={!canSignOut} onPress={onSignOut}>
          {cashiers.signOut(snapshot.cashiers.signedIn.name)}
        </Button>
      )}
      <Button className="quiet" onPress={onHelp}>
        {status.help} <kbd aria-hidden="true">F1</kbd>
      </Button>
      <Button className="quiet" isDisabled={!canManage} onPress={onManage}>
        {status.manager} <kbd aria-hidden="true">F10</kbd>
      </Button>
    </header>
  );
}
