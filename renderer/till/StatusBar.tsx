import { Button } from 'react-aria-components';
import type { TillSnapshot } from '../../contract/till-snapshot.ts';
import { modeWords, toConfirmWords } from './words.ts';

/** What is always true of this register: its name, whether money moves, and whether it can take payments. */
export function StatusBar({ snapshot, canManage, onManage }: { readonly snapshot: TillSnapshot; readonly canManage: boolean; readonly onManage: () => void }) {
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
      <Button className="quiet" isDisabled={!canManage} onPress={onManage}>
        Manager
      </Button>
    </header>
  );
}
