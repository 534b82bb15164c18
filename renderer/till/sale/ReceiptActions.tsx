import { useState } from 'react';
import type { Bridge } from '../../../contract/channels.ts';
import type { CopyFor, PrintingView, SendWay } from '../../../contract/printing.ts';
import { Button } from '../../skin/Button.tsx';
import { Said } from '../Said.tsx';
import { usePrintKey } from '../use-print-key.ts';
import { useWords } from '../use-words.ts';

type Props = {
  readonly saleId: string;
  readonly printing: PrintingView;
  readonly bridge: Pick<Bridge<'till'>, 'printReceipt' | 'skipReceipt' | 'sendReceipt'>;
  readonly isDisabled: boolean;
};

/** What can be done with the receipt of a sale, and what became of it. It never holds up the next sale. */
export function ReceiptActions({ saleId, printing, bridge, isDisabled }: Props) {
  const { receipt: words } = useWords().till;
  const [problem, setProblem] = useState<string | null>(null);
  const state = printing.last?.saleId === saleId ? printing.last.state : null;

  async function tell(answer: ReturnType<Props['bridge']['printReceipt']> | ReturnType<Props['bridge']['sendReceipt']>): Promise<void> {
    setProblem(null);
    const { kind, ...rest } = await answer;
    if (kind === 'failed' && 'failure' in rest && rest.failure.kind !== 'refused') setProblem(words.trouble[rest.failure.kind]);
  }

  const print = (copyFor: CopyFor) => void tell(bridge.printReceipt({ saleId, copyFor }));
  usePrintKey(() => {
    if (printing.hasPrinter && !isDisabled) print('customer');
  });
  if (!printing.hasPrinter && printing.sendWays.length === 0) return null;
  const names: Readonly<Record<SendWay, string>> = { mail: words.mail, message: words.message };
  const sentence = state === null ? null : state.kind === 'not-sent' ? words.notSent(state.trouble, state.isRetried) : words[state.kind];
  return (
    <div className="receipt-actions">
      <div className="receipt-buttons">
        {printing.hasPrinter && (
          <Button shortcut={{ key: 'Control+P', shown: 'Ctrl+P' }} className="quiet" isDisabled={isDisabled} onPress={() => print('customer')}>
            {state === null ? words.print : words.printAgain}
          </Button>
        )}
        {state?.kind === 'not-sent' && state.isRetried && (
          <Button className="quiet" isDisabled={isDisabled} onPress={() => void bridge.skipReceipt({ saleId })}>
            {words.skip}
          </Button>
        )}
        {printing.sendWays.map((by) => (
          <Button key={by} className="quiet" isDisabled={isDisabled} onPress={() => void tell(bridge.sendReceipt({ saleId, by }))}>
            {names[by]}
          </Button>
        ))}
      </div>
      <Said className="receipt-said">{problem ?? sentence}</Said>
    </div>
  );
}
