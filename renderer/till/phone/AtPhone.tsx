import { useState } from 'react';
import type { Bridge } from '../../../contract/channels.ts';
import type { LinkShare } from '../../../contract/pay-link.ts';
import type { QrDrawing } from '../../../contract/qr-drawing.ts';
import type { TillSnapshot } from '../../../contract/till-snapshot.ts';
import { Button } from '../../skin/Button.tsx';
import { Said } from '../Said.tsx';
import { useSettled } from '../use-settled.ts';
import { useAllWords } from '../use-words.ts';
import { TrainingPhone } from './TrainingPhone.tsx';

type Props = { readonly snapshot: TillSnapshot; readonly bridge: Pick<Bridge<'till'>, 'shareLink' | 'payTrainingLink'> };

/** The QR code for the customer's phone, and the other ways to share the link. */
export function AtPhone({ snapshot: { sale, saleLink, account, printing }, bridge }: Props) {
  const { phone, format } = useAllWords();
  const isSettled = useSettled();
  const [said, setSaid] = useState<string | null>(null);
  const { saleId, amountInCents } = sale;

  async function share(by: LinkShare): Promise<void> {
    const answer = await bridge.shareLink({ saleId, by });
    setSaid(answer.kind === 'failed' ? phone.notShared : phone.shared[by]);
  }

  if (saleLink === null || saleLink.code === null) return null;
  return (
    <>
      <p className="phone-call">{phone.call}</p>
      <QrCode code={saleLink.code} label={phone.code} />
      <p className="phone-amount">{format.money(amountInCents)}</p>
      <div className="next">
        <Button className="quiet" isDisabled={!isSettled} onPress={() => void share('copy')}>
          {phone.share.copy}
        </Button>
        {printing.sendWays.includes('mail') && (
          <Button className="quiet" isDisabled={!isSettled} onPress={() => void share('mail')}>
            {phone.share.mail}
          </Button>
        )}
      </div>
      <Said>{said}</Said>
      {account.kind === 'training' && <TrainingPhone saleId={saleId} bridge={bridge} />}
    </>
  );
}

/** Black on white in every theme: a camera reads it. */
function QrCode({ code: { size, path }, label }: { readonly code: QrDrawing; readonly label: string }) {
  return (
    <svg className="qr-code" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label} shapeRendering="crispEdges">
      <path fill="#fff" d={`M0 0h${size}v${size}h-${size}z`} />
      <path fill="#000" d={path} />
    </svg>
  );
}
