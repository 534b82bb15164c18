import { Menu, type MenuItemConstructorOptions } from 'electron';

/** The request of a key that works with the focus anywhere, even in JustiFi's fields. */
export type CounterKey = { readonly kind: 'back' } | { readonly kind: 'way'; readonly place: number };

type Accelerator = { readonly label: string; readonly accelerator: string; readonly key: CounterKey };

/** Alt and a digit chooses a way to pay: the digits alone belong to the card. */
const MOST_WAYS = 9;
const ACCELERATORS: readonly Accelerator[] = [
  { label: 'back', accelerator: 'Esc', key: { kind: 'back' } },
  ...Array.from({ length: MOST_WAYS }, (_, place): Accelerator => ({ label: `way ${place + 1}`, accelerator: `Alt+${place + 1}`, key: { kind: 'way', place } })),
];

/** No visible menu: no Reload, no Zoom and no DevTools at the counter. Without one macOS would have no ⌘C, ⌘V and ⌘Q: electron/electron#49807 */
const MAC_MENUS: readonly MenuItemConstructorOptions[] = [{ role: 'appMenu' }, { role: 'editMenu' }];

/**
 * Sets the application's menu: hidden items whose accelerators work in frames of other sites too, where our pages get no key events. A page has the
 * key first, and main gets it only if the page did not take it.
 *
 * SECURITY: never by `before-input-event`, which hands main every key, the digits of a card among them.
 */
export function setKeyMenu(platform: NodeJS.Platform, press: (key: CounterKey) => void): void {
  const keys = ACCELERATORS.map(({ label, accelerator, key }): MenuItemConstructorOptions => ({ label, accelerator, visible: false, click: () => press(key) }));
  Menu.setApplicationMenu(Menu.buildFromTemplate([...(platform === 'darwin' ? MAC_MENUS : []), { label: 'Keys', visible: false, submenu: keys }]));
}
