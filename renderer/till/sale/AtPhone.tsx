import { type ReactNode, useState } from 'react';
import type { CallResult, NoAnswer } from '../../../contract/channels.ts';
import type { LinkShare } from '../../../contract/pay-link.ts';
import type { QrDrawing } from '../../../contract/qr-drawing.ts';
import { Button } from '../../skin/Button.tsx';
import { Said } from '../Said.tsx';
import { useSettled } from '../use-settled.ts';
import { useWords } from '../use-words.ts';

export type ShareLink = (by: LinkShare) => Promise<CallResult<'till', 'shareLink'> | NoAnswer<'till'>>;

type Props = {
  /** Null: the link is not there yet, or not any more. */
  readonly code: QrDrawing | null;
  readonly amountInCents: number;
  readonly onShare: ShareLink;
  /** In training, what the customer can do on the page. */
  readonly children: ReactNode;
};

/** The right half while the customer pays on their own phone. */
export function AtPhone({ code, amountInCents, onShare, children }: Props) {
  const { till, format } = useWords();
  const { phone } = till.paying;
  const isSettled = useSettled();
  const [said, setSaid] = useState<string | null>(null);

  async function share(by: LinkShare): Promise<void> {
    const answer = await onShare(by);
    setSaid(answer.kind === 'failed' ? phone.failed : by === 'copy' ? phone.copied : phone.opened);
  }

  if (code === null) return <section className="at-phone" />;
  return (
    <section className="at-phone">
      <p className="phone-call">{phone.call}</p>
      <QrCode code={code} label={phone.code} />
      <p className="phone-amount">{format.money(amountInCents)}</p>
      <div className="next">
        <Button className="quiet" isDisabled={!isSettled} onPress={() => void share('copy')}>
          {phone.copy}
        </Button>
        <Button className="quiet" isDisabled={!isSettled} onPress={() => void share('mail')}>
          {phone.mail}
        </Button>
      </div>
      <Said>{said}</Said>
      {children}
    </section>
  );
}

/** Black on white whatever the colours of the screen are: a camera reads it. */
function QrCode({ code: { size, path }, label }: { readonly code: QrDrawing; readonly label: string }) {
  return (
    <svg className="qr-code" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label} shapeRendering="crispEdges">
      <path fill="#fff" d={`M0 0h${size}v${size}h-${size}z`} />
      <path fill="#000" d={path} />
    </svg>
  );
}
