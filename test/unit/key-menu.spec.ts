import type { MenuItemConstructorOptions } from 'electron';
import { expect, test, vi } from 'vitest';
import { setKeyMenu } from '../../main/shell/key-menu.ts';

const menus = vi.hoisted(() => [] as (readonly MenuItemConstructorOptions[])[]);
vi.mock('electron', () => ({ Menu: { buildFromTemplate: (template: readonly MenuItemConstructorOptions[]) => template, setApplicationMenu: (menu: readonly MenuItemConstructorOptions[]) => menus.push(menu) } }));

function menuOn(platform: NodeJS.Platform) {
  const pressed: unknown[] = [];
  const actions = { goBack: () => pressed.push('back'), payBy: (place: number) => pressed.push(place), changeTextSize: (step: string) => pressed.push(step) };
  setKeyMenu(platform, () => actions);
  return { menu: menus.at(-1)!, pressed };
}

test('E-04: macOS gets the menus without which a secret cannot be pasted and Counter not be quit; no other system has one', () => {
  expect(menuOn('darwin').menu.map(({ role }) => role)).toEqual(['appMenu', 'editMenu', undefined]);
  for (const platform of ['linux', 'win32'] as const) expect(menuOn(platform).menu.map(({ role }) => role)).toEqual([undefined]);
});

test('S-17: on no system is there a menu or a key for DevTools, Reload, Chromium’s zoom or another window: an item that is not macOS’s own is hidden, and has Counter’s action', () => {
  for (const platform of ['darwin', 'linux', 'win32'] as const) {
    const { menu, pressed } = menuOn(platform);
    const own = menu.filter(({ role }) => role === undefined);
    const items = own.flatMap(({ submenu }) => submenu as readonly MenuItemConstructorOptions[]);
    expect([...own, ...items].filter(({ visible, role }) => visible !== false || role !== undefined)).toEqual([]);
    const textSize = ['Plus', '=', 'numadd', '-', 'numsub', '0', 'num0'].map((key) => `CmdOrCtrl+${key}`);
    expect(items.map(({ accelerator }) => accelerator)).toEqual(['Esc', ...Array.from({ length: 9 }, (_, place) => `Alt+${place + 1}`), ...textSize]);
    for (const { click } of items) (click as () => void)();
    expect(pressed).toEqual(['back', 0, 1, 2, 3, 4, 5, 6, 7, 8, 'larger', 'larger', 'larger', 'smaller', 'smaller', 'usual', 'usual']);
  }
});

test('a key that is pressed before the till is built does nothing', () => {
  setKeyMenu('linux', () => null);
  const items = menus.at(-1)!.flatMap(({ submenu }) => submenu as readonly MenuItemConstructorOptions[]);
  expect(items.length).toBeGreaterThan(0);
  for (const { click } of items) (click as () => void)();
});
