import { dirname, join } from 'node:path';
import electronLog from 'electron-log/node.js';
import { withControlsSpelt, withoutControls } from '../../contract/control-characters.ts';
import { readEnd } from '../files/bounded-file.ts';
import { createFloodGuard } from './flood-guard.ts';
import type { LogDetail, LogLevel } from './log-line.ts';
import type { Redactor } from './redact.ts';

/** One line per fact: what happened, then its details as JSON. Redacted here, in one place. */
export type Log = {
  info(what: string, detail?: LogDetail): void;
  warn(what: string, detail?: LogDetail): void;
  error(what: string, detail?: LogDetail): void;
  /** The newest lines, oldest first. */
  tail(lines: number): readonly string[];
};

/** Bytes read from the end of the file; a line is seldom longer than 300 characters. */
const TAIL_BYTES = 64_000;

/** A second file for warnings and errors only, so that other lines cannot push them out. */
const WARNINGS_FILE = 'counter-warnings.log';

/** Opens the log and its warnings, files that rotate at 5 MB each. Nothing is written to the console of a shop's PC. */
export function openLog(file: string, redactor: Redactor, monotonicMs: () => number = () => performance.now()): Log {
  const all = openFile('counter', file);
  const warnings = openFile('counter-warnings', join(dirname(file), WARNINGS_FILE));
  const admit = createFloodGuard(monotonicMs);
  const line = (what: string, detail?: LogDetail) => {
    const words = withoutControls(redactor.redact(what));
    // Redacted first: a secret with quotes in it looks different in JSON.
    return detail === undefined ? words : `${words} ${withControlsSpelt(JSON.stringify(detail, (_name, value: unknown) => (typeof value === 'string' ? redactor.redact(value) : value)))}`;
  };
  function write(level: LogLevel, what: string, detail: LogDetail | undefined): void {
    const admitted = admit(level, { what, detail });
    if (admitted === null) return;
    const text = line(admitted.what, admitted.detail);
    all[level](text);
    if (level !== 'info') warnings[level](text);
  }
  return {
    info: (what, detail) => write('info', what, detail),
    warn: (what, detail) => write('warn', what, detail),
    error: (what, detail) => write('error', what, detail),
    tail: (lines) => readEnd(file, TAIL_BYTES).split('\n').filter((each) => each !== '').slice(-lines),
  };
}

function openFile(logId: string, file: string): ReturnType<typeof electronLog.create> {
  const logger = electronLog.create({ logId });
  // Otherwise it looks for the name in the folder that Counter was started from, and throws.
  logger.transports.file.setAppName('Counter');
  logger.transports.file.resolvePathFn = () => file;
  logger.transports.file.maxSize = 5 * 1024 * 1024;
  logger.transports.file.writeOptions = { flag: 'a', mode: 0o600, encoding: 'utf8' };
  logger.transports.file.format = '{iso} {level} {text}';
  logger.transports.console.level = false;
  return logger;
}
