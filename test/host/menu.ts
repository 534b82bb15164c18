import type { MenuItemConstructorOptions } from 'electron';
import { refusingEmitter } from './not-in-host.ts';

/** A menu that nobody sees; what it was built from can still be clicked by name. */
export class Menu extends refusingEmitter('menu') {
  static #applicationMenu: Menu | null = null;
  readonly items: readonly MenuItemConstructorOptions[];

  static buildFromTemplate(template: readonly MenuItemConstructorOptions[]): Menu {
    return new Menu(template);
  }

  static setApplicationMenu(menu: Menu | null): void {
    Menu.#applicationMenu = menu;
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
