import { useState } from 'react';
import type { Bridge } from '../../../contract/channels.ts';
import { type CopyFor, type PrintingView, type ReceiptPaper, type SendWay, paperName } from '../../../contract/printing.ts';
import { Button } from '../../skin/Button.tsx';
import { Said } from '../Said.tsx';
import { usePrintKey } from '../use-print-key.ts';
import { useWords } from '../use-words.ts';

export type ReceiptBridge = Pick<Bridge<'till'>, 'printReceipt' | 'skipPrint' | 'sendReceipt'>;

type Props = {
  readonly paper: ReceiptPaper;
  readonly printing: PrintingView;
  readonly bridge: ReceiptBridge;
  readonly isDisabled: boolean;
  /** The one receipt of this screen that Ctrl+P prints. */
  readonly hasKey?: boolean;
  /** The merchant's copy is printed by a button of its own. */
  readonly hasMerchantCopy?: boolean;
};

const PRINT_KEY = { key: 'Control+P', shown: 'Ctrl+P' } as const;

/** The actions on a receipt, and their results. They never delay the next sale. */
export function ReceiptActions({ paper, printing, bridge, isDisabled, hasKey = true, hasMerchantCopy = false }: Props) {
  const { receipt: words, didNotWork } = useWords().till;
  const [problem, setProblem] = useState<keyof typeof words.trouble | 'refused' | null>(null);
  const state = printing.last !== null && paperName(printing.last.paper) === paperName(paper) ? printing.last.state : null;

  async function tell(answer: ReturnType<Props['bridge']['printReceipt']> | ReturnType<Props['bridge']['sendReceipt']>): Promise<void> {
    setProblem(null);
    const { kind, ...rest } = await answer;
    if (kind === 'failed' && 'failure' in rest) setProblem(rest.failure.kind);
  }

  const print = (copyFor: CopyFor) => void tell(bridge.printReceipt({ paper, copyFor }));
  usePrintKey(() => {
    if (hasKey && printing.hasPrinter && !isDisabled) print('customer');
  });
  if (!printing.hasPrinter && printing.sendWays.length === 0) return null;
  const names: Readonly<Record<SendWay, string>> = { mail: words.mail, message: words.message };
  const sentence = state === null ? null : state.kind === 'not-sent' ? words.notSent(state.trouble, state.isRetried) : words[state.kind];
  const problemSentence = problem === null ? null : problem === 'refused' ? didNotWork : words.trouble[problem];
  return (
    <div className="receipt-actions">
      <div className="receipt-buttons">
        {printing.hasPrinter && (
          <Button {...(hasKey ? { shortcut: PRINT_KEY } : {})} className="quiet" isDisabled={isDisabled} onPress={() => print('customer')}>
            {state === null ? words.print : words.printAgain}
          </Button>
        )}
        {printing.hasPrinter && hasMerchantCopy && (
          <Button className="quiet" isDisabled={isDisabled} onPress={() => print('merchant')}>
            {words.merchantCopy}
          </Button>
        )}
        {state?.kind === 'not-sent' && state.isRetried && (
          <Button className="quiet" isDisabled={isDisabled} onPress={() => void bridge.skipPrint({ paper })}>
            {words.skip}
          </Button>
        )}
        {printing.sendWays.map((by) => (
          <Button key={by} className="quiet" isDisabled={isDisabled} onPress={() => void tell(bridge.sendReceipt({ paper, by }))}>
            {names[by]}
          </Button>
        ))}
      </div>
      <Said className="receipt-said">{problemSentence ?? sentence}</Said>
    </div>
  );
}
