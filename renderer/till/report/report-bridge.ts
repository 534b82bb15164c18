import type { Bridge } from '../../../contract/channels.ts';

/** The calls of the report's screens to main. */
export type ReportBridge = Pick<Bridge<'till'>, 'readReport' | 'readDayChart' | 'printReport' | 'saveReport' | 'compareReport' | 'closeDay' | 'skipPrint'>;
