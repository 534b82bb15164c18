import { BaseWindow, type WebContents, type WebContentsView, screen } from 'electron';
import { placeViews } from './view-layout.ts';
import { followTheme, groundOf } from './window-colour.ts';
import { rememberPlace } from './window-memory.ts';
import { type KeptPlaces, placeOnOpening } from './window-place.ts';

/**
 * The one window of the till, and the views on it: the till's page, and the forms in which customers pay.
 *
 * A form is not a window of its own: Wayland or a second screen could put it anywhere, and the focus would be lost when it closes
 * (electron/electron#48749, #22841). Nor is it a child of the till's page, because it would always lie on top of it (electron/electron#41256).
 */
export type CounterWindow = {
  readonly window: BaseWindow;
  /** Under the till's page: invisible, but drawn at its final place. */
  add(form: WebContentsView): void;
  /** Over the right half of the till's page, with the keyboard. */
  raise(form: WebContentsView): void;
  /** Under the till's page again, which gets the keyboard back. */
  lower(form: WebContentsView): void;
  /** Ends the form's page. */
  remove(form: WebContentsView): void;
  comeToFront(): void;
};

export type CounterWindowParts = {
  readonly till: WebContentsView;
  /** The window's positions in earlier runs. */
  readonly places: KeptPlaces;
  /** Whether the window may be closed now; if not, `close` may be called later. */
  readonly mayClose: (window: BaseWindow, close: () => void) => boolean;
  readonly onClosed: () => void;
  /** The till's page is closed, but its window is not. */
  readonly onPageDies: () => void;
};

/**
 * Shows the window at once, in the colour of the page that is loading: a page is drawn only in a visible window, and none of
 * Electron's events reports its first paint in a view.
 */
export function openCounterWindow({ till, places, mayClose, onClosed, onPageDies }: CounterWindowParts): CounterWindow {
  const window = makeWindow(places);
  const views = new Set([till]);
  /** The view with the keyboard. */
  let front = till;

  function layOut(): void {
    const bounds = placeViews(window.getContentBounds());
    for (const view of views) view.setBounds(view === till ? bounds.till : bounds.form);
  }

  /** Gives the keyboard to a view. A window in the background stays there; it does so when it comes to the front. */
  function handKeyboardTo(view: WebContentsView): void {
    front = view;
    if (window.isFocused()) pageOf(view)?.focus();
  }

  function lower(form: WebContentsView): void {
    if (window.isDestroyed()) return;
    if (front === form) handKeyboardTo(till);
    window.contentView.addChildView(form, 0);
  }

  window.contentView.addChildView(till);
  layOut();
  window.on('resize', layOut);
  window.contentView.on('bounds-changed', layOut);
  window.on('focus', () => pageOf(front)?.focus());
  window.on('close', (event) => {
    if (!mayClose(window, () => window.close())) event.preventDefault();
  });
  window.on('closed', () => {
    // A view's page outlives its window (https://www.electronjs.org/docs/latest/api/base-window#resource-management); the forms end with their sales.
    pageOf(till)?.close();
    onClosed();
  });
  // A page that closes itself would leave an empty window.
  till.webContents.once('destroyed', () => {
    if (!window.isDestroyed()) onPageDies();
  });
  window.show();

  return {
    window,
    add(form) {
      views.add(form);
      window.contentView.addChildView(form, 0);
      layOut();
    },
    raise(form) {
      window.contentView.addChildView(form);
      handKeyboardTo(form);
    },
    lower,
    remove(form) {
      views.delete(form);
      lower(form);
      if (!window.isDestroyed()) window.contentView.removeChildView(form);
      pageOf(form)?.close();
    },
    comeToFront() {
      if (window.isMinimized()) window.restore();
      window.show();
      window.focus();
    },
  };
}

function makeWindow(places: KeptPlaces): BaseWindow {
  const { bounds, smallest, isMaximized } = placeOnOpening(places.read(), screen.getAllDisplays(), screen.getPrimaryDisplay());
  const window = new BaseWindow({
    title: 'Counter',
    ...bounds,
    minWidth: smallest.width,
    minHeight: smallest.height,
    show: false,
    backgroundColor: groundOf('till'),
  });
  // The application's menu is there for its accelerators only (key-menu.ts).
  window.setMenuBarVisibility(false);
  followTheme(window, 'till', (stop) => window.on('closed', stop));
  rememberPlace(window, places);
  if (isMaximized) window.maximize();
  return window;
}

/** The page in a view, until it is closed. Electron's types leave out that a view whose page has closed has none. */
function pageOf(view: WebContentsView): WebContents | undefined {
  const { webContents } = view as { readonly webContents: WebContents | undefined };
  return webContents?.isDestroyed() === false ? webContents : undefined;
}
