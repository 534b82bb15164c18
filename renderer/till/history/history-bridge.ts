import type { Bridge } from '../../../contract/channels.ts';

/** What the screens of the sales ask main. */
export type HistoryBridge = Pick<Bridge<'till'>, 'listSales' | 'readSale' | 'readFees' | 'askChargedTwice' | 'giveBack' | 'printReceipt' | 'skipPrint' | 'sendReceipt'>;
