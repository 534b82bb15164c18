import type { MenuItemConstructorOptions } from 'electron';

/** A key that a page did not take for itself, as its keydown event names it. */
export type UnhandledKey = { readonly key: string; readonly code: string; readonly alt: boolean; readonly control: boolean; readonly meta: boolean; readonly shift: boolean };

const MODIFIERS: Readonly<Record<string, keyof UnhandledKey>> = {
  alt: 'alt',
  option: 'alt',
  control: 'control',
  ctrl: 'control',
  cmd: 'meta',
  command: 'meta',
  super: 'meta',
  meta: 'meta',
  shift: 'shift',
  cmdorctrl: process.platform === 'darwin' ? 'meta' : 'control',
  commandorcontrol: process.platform === 'darwin' ? 'meta' : 'control',
};

const NAMED: Readonly<Record<string, string>> = { esc: 'escape', return: 'enter', up: 'arrowup', down: 'arrowdown', left: 'arrowleft', right: 'arrowright', space: ' ' };

/** The signs of one key. `=` is the key of the plus without Shift, on every keyboard; `Plus` is the same key with Shift. */
const SIGNS: Readonly<Record<string, readonly string[]>> = { plus: ['+', '='], '=': ['+', '='], '-': ['-'] };
/** The numeric block has names of its own. */
const NUMPAD: Readonly<Record<string, string>> = { numadd: 'numpadadd', numsub: 'numpadsubtract' };
const NUMPAD_DIGIT = /^num(?<digit>\d)$/u;

/** Whether this key is what an accelerator such as `Esc` or `Alt+1` names. https://www.electronjs.org/docs/latest/tutorial/keyboard-shortcuts */
export function isAccelerator(accelerator: string, { key, code, ...held }: UnhandledKey): boolean {
  const parts = accelerator.toLowerCase().split('+');
  const wanted = parts.pop() ?? '';
  const modifiers = parts.map((part) => MODIFIERS[part]);
  if (modifiers.includes(undefined)) throw new Error(`The accelerator '${accelerator}' has an unknown modifier`);
  if (wanted === 'plus') modifiers.push('shift');
  const isHeld = (Object.keys(held) as (keyof typeof held)[]).every((name) => held[name] === modifiers.includes(name));
  return isHeld && isNamed(wanted, key.toLowerCase(), code.toLowerCase());
}

function isNamed(wanted: string, key: string, code: string): boolean {
  const digit = NUMPAD_DIGIT.exec(wanted)?.groups?.['digit'];
  // Without NumLock it is another key, such as Insert.
  if (digit !== undefined) return code === `numpad${digit}` && key === digit;
  if (NUMPAD[wanted] !== undefined) return code === NUMPAD[wanted];
  if (code.startsWith('numpad') && key.length === 1) return false;
  return SIGNS[wanted]?.includes(key) ?? [key, code.replace(/^(?:key|digit)/u, '')].includes(NAMED[wanted] ?? wanted);
}

/** The item of the menu, or of a menu in it, whose accelerator this is. One that is not to be seen counts only if it says so. */
export function acceleratedItem(items: readonly MenuItemConstructorOptions[], key: UnhandledKey): MenuItemConstructorOptions | undefined {
  for (const item of items) {
    if (item.enabled === false) continue;
    const works = item.visible !== false || item.acceleratorWorksWhenHidden !== false;
    if (works && typeof item.accelerator === 'string' && isAccelerator(item.accelerator, key)) return item;
    const inside = Array.isArray(item.submenu) ? acceleratedItem(item.submenu, key) : undefined;
    if (inside !== undefined) return inside;
  }
  return undefined;
}
