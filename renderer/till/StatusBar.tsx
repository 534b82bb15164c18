import { Button } from 'react-aria-components';
import type { TillSnapshot } from '../../contract/till-snapshot.ts';
import { useShortcuts } from './use-shortcuts.ts';
import { modeWords, toConfirmWords } from './words.ts';

type Props = {
  readonly snapshot: TillSnapshot;
  readonly canManage: boolean;
  readonly onManage: () => void;
  /** Is there a last sale, and nothing under way? */
  readonly canLookBack: boolean;
  readonly onLookBack: () => void;
  readonly canSignOut: boolean;
  readonly onSignOut: () => void;
};

/** What is always true of this register: its name, whether money moves, and whether it can take payments. */
export function StatusBar({ snapshot, canManage, onManage, canLookBack, onLookBack, canSignOut, onSignOut }: Props) {
  useShortcuts((key) => {
    if (key !== 'F4' || !canLookBack) return false;
    onLookBack();
    return true;
  });
  return (
    <header className="status-bar">
      <strong>{snapshot.registerName}</strong>
      <span className={`mode mode-${snapshot.mode}`}>{modeWords(snapshot.mode)}</span>
      {snapshot.toConfirm > 0 && (
        <span role="status" className="to-confirm">
          <span aria-hidden="true">? </span>
          {toConfirmWords(snapshot.toConfirm)}
        </span>
      )}
      {snapshot.account.kind === 'starting' && <span role="status">Starting…</span>}
      {!snapshot.isOnline && (
        <span role="status" className="offline">
          <span aria-hidden="true">! </span>No connection
        </span>
      )}
      {canLookBack && (
        <Button className="quiet" onPress={onLookBack}>
          Last sale <kbd>F4</kbd>
        </Button>
      )}
      {snapshot.cashiers.signedIn !== null && (
        <Button className="quiet" aria-label={`Sign out ${snapshot.cashiers.signedIn.name}`} isDisabled={!canSignOut} onPress={onSignOut}>
          {snapshot.cashiers.signedIn.name}: sign out
        </Button>
      )}
      <Button className="quiet" isDisabled={!canManage} onPress={onManage}>
        Manager
      </Button>
    </header>
  );
}
