import type { MenuItemConstructorOptions } from 'electron';
import { type UnhandledKey, acceleratedItem } from './accelerator.ts';
import { notInHost, refusingEmitter } from './not-in-host.ts';

/** A menu that is never drawn. The accelerators of the application's have their effect, wherever the focus is, its roles have none. */
export class Menu extends refusingEmitter('menu') {
  static #applicationMenu: Menu | null = null;
  readonly items: readonly MenuItemConstructorOptions[];

  static buildFromTemplate(template: readonly MenuItemConstructorOptions[]): Menu {
    return new Menu(template);
  }

  static setApplicationMenu(menu: Menu | null): void {
    // It would take ⌘C, ⌘V and ⌘Q away: https://github.com/electron/electron/issues/49807
    if (menu === null && process.platform === 'darwin') throw notInHost('Menu.setApplicationMenu(null) on macOS');
    Menu.#applicationMenu = menu;
  }

  /** The host's: a page has left this key. */
  static press(key: UnhandledKey): void {
    const item = acceleratedItem(Menu.#applicationMenu?.items ?? [], key);
    // Electron passes the item, the window and the event, which the stand-in lacks.
    (item?.click as (() => void) | undefined)?.();
  }

  static getApplicationMenu(): Menu | null {
    return Menu.#applicationMenu;
  }

  constructor(items: readonly MenuItemConstructorOptions[] = []) {
    super();
    this.items = items;
  }

  popup(): void {}
}
