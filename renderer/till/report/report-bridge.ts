import type { Bridge } from '../../../contract/channels.ts';

/** What the screens of the day's report ask main. */
export type ReportBridge = Pick<Bridge<'till'>, 'readReport' | 'readDayChart' | 'printReport' | 'saveReport' | 'compareReport' | 'closeDay' | 'skipPrint'>;
