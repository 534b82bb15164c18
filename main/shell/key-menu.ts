import { Menu, type MenuItemConstructorOptions } from 'electron';

/** What the keys do that work with the focus anywhere, even in JustiFi's fields. */
export type KeyActions = {
  readonly goBack: () => void;
  /** `place`: of the way to pay, from 0. */
  readonly payBy: (place: number) => void;
  readonly changeTextSize: (step: 'larger' | 'smaller' | 'usual') => void;
};

type Accelerator = { readonly accelerator: string; readonly act: (actions: KeyActions) => void };

/** Alt and a digit chooses a way to pay: the digits alone belong to the card. */
const MOST_WAYS = 9;
/** Those of every browser. Electron knows the plus with and without Shift, and the keys of the numeric block, as keys of their own. */
const TEXT_SIZE_KEYS = { larger: ['Plus', '=', 'numadd'], smaller: ['-', 'numsub'], usual: ['0', 'num0'] } as const;
const TEXT_SIZE_STEPS = ['larger', 'smaller', 'usual'] as const;

const ACCELERATORS: readonly Accelerator[] = [
  { accelerator: 'Esc', act: ({ goBack }) => goBack() },
  ...Array.from({ length: MOST_WAYS }, (_, place): Accelerator => ({ accelerator: `Alt+${place + 1}`, act: ({ payBy }) => payBy(place) })),
  ...TEXT_SIZE_STEPS.flatMap((step) => TEXT_SIZE_KEYS[step].map((key): Accelerator => ({ accelerator: `CmdOrCtrl+${key}`, act: ({ changeTextSize }) => changeTextSize(step) }))),
];

/** No visible menu: no Reload, no DevTools and no zoom of Chromium's own at the counter. Without one macOS would have no ⌘C, ⌘V and ⌘Q: electron/electron#49807 */
const MAC_MENUS: readonly MenuItemConstructorOptions[] = [{ role: 'appMenu' }, { role: 'editMenu' }];

/**
 * Sets the application's menu: hidden items whose accelerators work in frames of other sites too, where our pages get no key events. A page has the
 * key first, and main gets it only if the page did not take it.
 *
 * SECURITY: never by `before-input-event`, which hands main every key, the digits of a card among them.
 */
export function setKeyMenu(platform: NodeJS.Platform, actions: () => KeyActions | null): void {
  const keys = ACCELERATORS.map(({ accelerator, act }): MenuItemConstructorOptions => {
    const click = () => {
      const now = actions();
      if (now !== null) act(now);
    };
    return { label: accelerator, accelerator, visible: false, click };
  });
  Menu.setApplicationMenu(Menu.buildFromTemplate([...(platform === 'darwin' ? MAC_MENUS : []), { label: 'Keys', visible: false, submenu: keys }]));
}
