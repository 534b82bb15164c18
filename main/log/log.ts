import electronLog from 'electron-log/node.js';
import { withControlsSpelt, withoutControls } from '../../contract/text.ts';
import { readEnd } from '../files/bounded-file.ts';
import type { Redactor } from './redact.ts';

export type LogDetail = Readonly<Record<string, string | number | boolean | null>>;

/** One line per fact: what happened, then its details as JSON. Redacted here, once, for everybody. */
export type Log = {
  info(what: string, detail?: LogDetail): void;
  warn(what: string, detail?: LogDetail): void;
  error(what: string, detail?: LogDetail): void;
  /** The newest lines, oldest first. */
  tail(lines: number): readonly string[];
};

/** Of the file's end; a line is seldom longer than 300 characters. */
const TAIL_BYTES = 64_000;

/** Opens the log file, which rotates at 5 MB. Nothing is written to the console of a shop's PC. */
export function openLog(file: string, redactor: Redactor): Log {
  const logger = electronLog.create({ logId: 'counter' });
  logger.transports.file.resolvePathFn = () => file;
  logger.transports.file.maxSize = 5 * 1024 * 1024;
  logger.transports.file.writeOptions = { flag: 'a', mode: 0o600, encoding: 'utf8' };
  logger.transports.file.format = '{iso} {level} {text}';
  logger.transports.console.level = false;
  const line = (what: string, detail?: LogDetail) => {
    const words = withoutControls(redactor.redact(what));
    // Redacted first: a secret with quotes in it looks different in JSON.
    return detail === undefined ? words : `${words} ${withControlsSpelt(JSON.stringify(detail, (_name, value: unknown) => (typeof value === 'string' ? redactor.redact(value) : value)))}`;
  };
  return {
    info: (what, detail) => logger.info(line(what, detail)),
    warn: (what, detail) => logger.warn(line(what, detail)),
    error: (what, detail) => logger.error(line(what, detail)),
    tail: (lines) => readEnd(file, TAIL_BYTES).split('\n').filter((each) => each !== '').slice(-lines),
  };
}
