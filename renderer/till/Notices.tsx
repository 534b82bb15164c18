import { type ReactElement, useState, useSyncExternalStore } from 'react';
import type { TillSnapshot } from '../../contract/till-snapshot.ts';
import { say } from '../../words/sentences.ts';
import { Button } from '../skin/Button.tsx';
import { Notice } from './Notice.tsx';
import { LatePaymentEndNotice } from './sale/LatePaymentEndNotice.tsx';
import { LatePaymentNotice, type ResolveLatePayment } from './sale/LatePaymentNotice.tsx';
import { useSettled } from './use-settled.ts';
import { useWords } from './use-words.ts';

type Props = {
  readonly snapshot: TillSnapshot;
  readonly isManaging: boolean;
  /** Why the last press had no effect. */
  readonly refusal: string | null;
  readonly onTryAgain: () => void;
  readonly onResolve: ResolveLatePayment;
};

/** More are folded: amount, keys and Charge stay in sight. */
const SHOWN_AT_MOST = 2;
const SHOWN_ON_A_LOW_SCREEN = 1;
const LOW_SCREEN = window.matchMedia('(height < 48em)');

/** The notices of every screen, the most urgent first. The manager's side shows some of them in more detail. */
export function Notices(props: Props) {
  const { late } = useWords().till;
  const [isOpen, setOpen] = useState(false);
  const notices = useNotices(props);
  const isLow = useSyncExternalStore(followLowScreen, () => LOW_SCREEN.matches);
  const most = isLow ? SHOWN_ON_A_LOW_SCREEN : SHOWN_AT_MOST;
  const isFolded = notices.length > most && !isOpen;
  if (notices.length === 0) return null;
  return (
    <section className="notices" aria-label={late.name}>
      {/* The folded ones are announced, too. */}
      {notices.map((notice, place) => (
        <div key={notice.key} hidden={isFolded && place >= most}>
          {notice}
        </div>
      ))}
      {notices.length > most && (
        <Button className="quiet" aria-expanded={isOpen} onPress={() => setOpen(!isOpen)}>
          {isFolded ? late.more(notices.length - most) : late.fewer}
        </Button>
      )}
    </section>
  );
}

function followLowScreen(onChange: () => void): () => void {
  LOW_SCREEN.addEventListener('change', onChange);
  return () => LOW_SCREEN.removeEventListener('change', onChange);
}

function useNotices({ snapshot, isManaging, refusal, onTryAgain, onResolve }: Props): readonly ReactElement[] {
  const { till } = useWords();
  const { account, latePayments, latePaymentEnd } = snapshot;
  // They push the screen away from under a finger, and move up when one is settled.
  const isSettled = useSettled(latePayments.map(({ saleId }) => saleId).join(' '));
  const isBroken = account.kind === 'broken' && snapshot.registerState.kind === 'in-use' && !isManaging;
  return [
    ...(refusal === null ? [] : [<Notice key="refusal" sentence={refusal} />]),
    ...(isBroken
      ? [
          <Notice key="account" sentence={say(till.problem, account.problem)}>
            <Button onPress={onTryAgain}>{till.result.tryAgain}</Button>
          </Notice>,
        ]
      : []),
    ...(snapshot.isJournalInUse ? [<Notice key="journal-in-use" sentence={say(till.problem, { kind: 'journal-in-use' })} />] : []),
    ...(latePaymentEnd === null ? [] : [<LatePaymentEndNotice key={`end ${latePaymentEnd.saleId}`} end={latePaymentEnd} />]),
    ...latePayments.map((payment) => <LatePaymentNotice key={payment.saleId} payment={payment} isSettled={isSettled} onResolve={onResolve} />),
    ...(snapshot.journalNotice !== null && !isManaging ? [<Notice key="journal" sentence={till.status.callTheManager} />] : []),
    ...(snapshot.auditTrouble !== null && !isManaging ? [<Notice key="audit" sentence={till.status.auditTrouble} />] : []),
  ];
}
