import type { Rectangle } from 'electron';
import { refusingEmitter } from './not-in-host.ts';
import type { WebContents } from './web-contents.ts';

/** A view of a window: its position, and whether any part of it is visible. Lowest first. */
export type PlacedView = { readonly view: View; readonly bounds: Rectangle; readonly isVisible: boolean };

/** The events of its views that a window needs. */
export type ViewOwner = { viewsChanged(): void };

const NOWHERE: Rectangle = { x: 0, y: 0, width: 0, height: 0 };

/** The view as the rest of the stand-in uses it; production code must not. */
class ViewParts {
  /** Only of a window's own content view. */
  owner: ViewOwner | null = null;
  parent: View | null = null;
  /** The page in it, if it has one. */
  contents: WebContents | null = null;
  readonly #view: View;

  constructor(view: View) {
    this.#view = view;
  }

  changed(): void {
    let top = this.#view;
    while (top.host.parent !== null) top = top.host.parent;
    top.host.owner?.viewsChanged();
  }

  /** The view and its children, in the window's coordinates. A child is above its parent, and above the children before it. */
  placed(origin: { readonly x: number; readonly y: number } = NOWHERE, isParentVisible = true): readonly PlacedView[] {
    const own = this.#view.getBounds();
    const bounds = { ...own, x: origin.x + own.x, y: origin.y + own.y };
    const isVisible = isParentVisible && this.#view.getVisible();
    return [{ view: this.#view, bounds, isVisible }, ...this.#view.children.flatMap((child) => child.host.placed(bounds, isVisible))];
  }
}

/** Whether that view is visible: it is shown, and no view above covers all of it. No view is transparent. */
export function isSeen(placed: readonly PlacedView[], view: View): boolean {
  const at = placed.findIndex((each) => each.view === view);
  const own = placed[at];
  if (own === undefined || !own.isVisible || own.bounds.width === 0 || own.bounds.height === 0) return false;
  return !placed.slice(at + 1).some((over) => over.isVisible && over.view.host.contents !== null && covers(over.bounds, own.bounds));
}

function covers(over: Rectangle, under: Rectangle): boolean {
  return over.x <= under.x && over.y <= under.y && over.x + over.width >= under.x + under.width && over.y + over.height >= under.y + under.height;
}

/** Electron's View: a rectangle of a window, with others in it. */
export class View extends refusingEmitter('view') {
  readonly host: ViewParts = new ViewParts(this);
  #children: readonly View[] = [];
  #bounds: Rectangle = NOWHERE;
  #isVisible = true;

  get children(): View[] {
    return [...this.#children];
  }

  /** On top, or at an index counted from below. An existing child is only moved. */
  addChildView(view: View, index: number = this.#children.length): void {
    if (view === this) throw new TypeError('A view cannot be added as its own child');
    view.host.parent?.removeChildView(view);
    this.#children = this.#children.toSpliced(Math.min(index, this.#children.length), 0, view);
    view.host.parent = this;
    this.host.changed();
  }

  removeChildView(view: View): void {
    if (view.host.parent !== this) return;
    this.#children = this.#children.filter((child) => child !== view);
    view.host.parent = null;
    this.host.changed();
  }

  setBounds(bounds: Rectangle): void {
    const before = this.#bounds;
    this.#bounds = { ...bounds };
    this.host.changed();
    if (JSON.stringify(before) !== JSON.stringify(this.#bounds)) this.emit('bounds-changed');
  }

  getBounds(): Rectangle {
    return { ...this.#bounds };
  }

  setVisible(visible: boolean): void {
    this.#isVisible = visible;
    this.host.changed();
  }

  getVisible(): boolean {
    return this.#isVisible;
  }

  setBackgroundColor(_color: string): void {}
}
