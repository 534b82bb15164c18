import { win32 } from 'node:path';

/** Where Windows is, unless it was set up on another drive or under another name. */
const USUAL = 'C:\\Windows';
/** On a drive of this PC, by its full path. */
const FOLDER = /^[A-Z]:(?:\\[^\\/:*?"<>|;%\p{Cc}]+)+$/iu;

/**
 * The folder of Windows. SECURITY (S-24): the one thing that is taken from the environment, as Windows itself says it there; anything but the plain path of a folder on a
 * drive is passed over. It is where programs of the system's own are, which are never looked for along PATH.
 */
export function windowsFolder(said = process.env['SystemRoot']): string {
  return said !== undefined && FOLDER.test(said) && win32.normalize(said) === said ? said : USUAL;
}
