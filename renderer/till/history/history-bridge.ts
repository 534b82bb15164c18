import type { Bridge } from '../../../contract/channels.ts';

/** The calls of the sales' screens to main. */
export type HistoryBridge = Pick<Bridge<'till'>, 'listSales' | 'readSale' | 'readFees' | 'askChargedTwice' | 'giveBack' | 'printReceipt' | 'skipPrint' | 'sendReceipt'>;
