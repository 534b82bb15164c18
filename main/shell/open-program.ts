import { app, clipboard, shell } from 'electron';
import { SEND_WAYS, type SendWay } from '../../contract/printing.ts';

/** Windows passes no longer address to a program. https://learn.microsoft.com/windows/win32/api/shellapi/nf-shellapi-shellexecutew */
const LONGEST_ADDRESS = 2_000;

const ADDRESSES: Readonly<Record<SendWay, (title: string, text: string) => string>> = {
  mail: (title, text) => `mailto:?subject=${encodeURIComponent(title)}&body=${encodeURIComponent(text)}`,
  message: (_title, text) => `sms:?body=${encodeURIComponent(text)}`,
};
const SCHEMES: Readonly<Record<SendWay, string>> = { mail: 'mailto:', message: 'sms:' };

/** The schemes for which this PC has a program. On Linux another program is asked, which takes a moment. */
export function findSendWays(): readonly SendWay[] {
  return SEND_WAYS.filter((way) => app.getApplicationNameForProtocol(`${SCHEMES[way]}//`) !== '');
}

/**
 * Opens the system's program with a text in it; the cashier chooses to whom it goes. SECURITY (S-13): the only place where anything is opened outside Counter, and only
 * addresses of these two schemes, made here of encoded text: no page chooses one.
 */
export async function handOn(way: SendWay, title: string, text: string): Promise<boolean> {
  const address = ADDRESSES[way](title, shortened(text, (part) => ADDRESSES[way](title, part).length <= LONGEST_ADDRESS));
  if (!address.startsWith(SCHEMES[way])) return false;
  try {
    await shell.openExternal(address);
    return true;
  } catch {
    return false;
  }
}

/** Copies a link to pay. SECURITY (S-01): the only thing that Counter puts on the clipboard, and it reads nothing there. */
export async function copyLink(address: string): Promise<boolean> {
  try {
    await clipboard.writeText(address);
    return true;
  } catch {
    return false;
  }
}

/** Whole lines, as many as fit. */
function shortened(text: string, fits: (part: string) => boolean): string {
  const lines = text.split('\n');
  while (lines.length > 1 && !fits(lines.join('\n'))) lines.pop();
  return lines.join('\n');
}
