import type { KeyboardInputEvent, MouseInputEvent, MouseWheelInputEvent } from 'electron';
import type { Protocol } from './cdp-connection.ts';

/** Electron's events of `sendInputEvent`. */
export type InputEvent = KeyboardInputEvent | MouseInputEvent | MouseWheelInputEvent;

type KeyParameters = Protocol.Input.dispatchKeyEventParameters;
type MouseParameters = Protocol.Input.dispatchMouseEventParameters;
type Key = { readonly key: string; readonly code: string; readonly windowsVirtualKeyCode: number; readonly text?: string };

/** Electron's key codes that are not characters, as a US keyboard sends them. */
const namedKeys: Readonly<Record<string, Key>> = {
  Tab: { key: 'Tab', code: 'Tab', windowsVirtualKeyCode: 9 },
  Enter: { key: 'Enter', code: 'Enter', windowsVirtualKeyCode: 13, text: '\r' },
  Return: { key: 'Enter', code: 'Enter', windowsVirtualKeyCode: 13, text: '\r' },
  Escape: { key: 'Escape', code: 'Escape', windowsVirtualKeyCode: 27 },
  Esc: { key: 'Escape', code: 'Escape', windowsVirtualKeyCode: 27 },
  Backspace: { key: 'Backspace', code: 'Backspace', windowsVirtualKeyCode: 8 },
  Delete: { key: 'Delete', code: 'Delete', windowsVirtualKeyCode: 46 },
  Space: { key: ' ', code: 'Space', windowsVirtualKeyCode: 32, text: ' ' },
  Left: { key: 'ArrowLeft', code: 'ArrowLeft', windowsVirtualKeyCode: 37 },
  Up: { key: 'ArrowUp', code: 'ArrowUp', windowsVirtualKeyCode: 38 },
  Right: { key: 'ArrowRight', code: 'ArrowRight', windowsVirtualKeyCode: 39 },
  Down: { key: 'ArrowDown', code: 'ArrowDown', windowsVirtualKeyCode: 40 },
  PageUp: { key: 'PageUp', code: 'PageUp', windowsVirtualKeyCode: 33 },
  PageDown: { key: 'PageDown', code: 'PageDown', windowsVirtualKeyCode: 34 },
  End: { key: 'End', code: 'End', windowsVirtualKeyCode: 35 },
  Home: { key: 'Home', code: 'Home', windowsVirtualKeyCode: 36 },
};

const modifierBits: Readonly<Record<string, number>> = {
  alt: 1,
  control: 2,
  ctrl: 2,
  meta: 4,
  cmd: 4,
  command: 4,
  shift: 8,
};

/** As in Electron, 'keyDown' presses and 'char' writes: a character needs both. */
export function keyEvent({ type, keyCode, modifiers = [] }: KeyboardInputEvent): KeyParameters {
  const { text, ...key } = keyOf(keyCode);
  const held = modifierMask(modifiers);
  if (type === 'char') return { type, text: text ?? keyCode, key: key.key, modifiers: held };
  if (type === 'keyUp') return { type, ...key, modifiers: held };
  return { type: 'rawKeyDown', ...key, modifiers: held, autoRepeat: modifiers.includes('isautorepeat') };
}

function keyOf(keyCode: string): Key {
  const named = Object.entries(namedKeys).find(([name]) => name.toLowerCase() === keyCode.toLowerCase())?.[1];
  if (named !== undefined) return named;
  if (/^F\d{1,2}$/u.test(keyCode)) {
    return { key: keyCode, code: keyCode, windowsVirtualKeyCode: 111 + Number(keyCode.slice(1)) };
  }
  if (!/^.$/u.test(keyCode)) throw new Error(`Invalid keyCode '${keyCode}'`);
  const upper = keyCode.toUpperCase();
  const code = /[A-Z]/u.test(upper) ? `Key${upper}` : /\d/u.test(keyCode) ? `Digit${keyCode}` : '';
  return { key: keyCode, code, windowsVirtualKeyCode: code === '' ? 0 : upper.charCodeAt(0), text: keyCode };
}

export function mouseEvent(event: MouseInputEvent | MouseWheelInputEvent): MouseParameters {
  const { type, x, y, modifiers = [], button = 'left', clickCount = 1 } = event;
  const common = { x, y, modifiers: modifierMask(modifiers) };
  if (type === 'mouseDown') return { ...common, type: 'mousePressed', button, clickCount };
  if (type === 'mouseUp') return { ...common, type: 'mouseReleased', button, clickCount };
  if (type !== 'mouseWheel') return { ...common, type: 'mouseMoved' };
  const { deltaX = 0, deltaY = 0 } = event as MouseWheelInputEvent;
  // DevTools scroll down for a positive delta, Electron up.
  return { ...common, type, deltaX: -deltaX, deltaY: -deltaY };
}

function modifierMask(modifiers: readonly string[]): number {
  return modifiers.reduce((mask, modifier) => mask | (modifierBits[modifier.toLowerCase()] ?? 0), 0);
}

/** Whether this is a key, and not the mouse. */
export function isKeyboard(event: InputEvent): event is KeyboardInputEvent {
  return ['keyDown', 'keyUp', 'char', 'rawKeyDown'].includes(event.type);
}
