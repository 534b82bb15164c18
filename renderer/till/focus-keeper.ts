/**
 * Keeps the focus off the body. When the focused element is removed or disabled, the nearest heading takes the focus: the next Tab begins there, and a
 * screen reader announces it. A screen that appears while nothing has the focus begins at its heading, too.
 */
export function keepFocus(page: HTMLElement): void {
  /** The last focused element and its ancestors, from the inside out. */
  let trail: readonly Element[] = [];
  /** The screen at that time. */
  let screen: Element | null = null;
  let isWaiting = false;
  /** Chromium takes the focus from a removed element only with the next frame, and without an event. */
  const isLost = () => (hasNoFocus() ? !isThere(trail[0]) || screenOf(page) !== screen : !isThere(document.activeElement));

  page.addEventListener('focusin', ({ target }) => {
    trail = target instanceof Element ? withParents(target) : [];
    screen = screenOf(page);
  });
  // After the screen has given the focus to a field of its own.
  new MutationObserver(() => {
    if (isWaiting || !isLost()) return;
    isWaiting = true;
    setTimeout(() => {
      isWaiting = false;
      if (isLost()) focusHeading([...trail.filter((element) => element.isConnected), page]);
    });
  }).observe(page, { subtree: true, childList: true, attributes: true, attributeFilter: ['disabled', 'hidden', 'inert', 'style'] });
}

function screenOf(page: HTMLElement): Element | null {
  return [...page.querySelectorAll('main')].find((each) => each.checkVisibility()) ?? null;
}

function hasNoFocus(): boolean {
  return document.activeElement === null || document.activeElement === document.body;
}

/** Then the focus was moved away on purpose, with a Tab past the last button or a click on the background: until the next screen. */
function isThere(element: Element | null | undefined): boolean {
  return element?.isConnected === true && element.checkVisibility() && !element.matches(':disabled, [inert] *');
}

function withParents(element: Element): readonly Element[] {
  return element.parentElement === null ? [element] : [element, ...withParents(element.parentElement)];
}

/** In the first of these that has one. */
function focusHeading(places: readonly Element[]): void {
  for (const place of places) {
    const headings = ['h1', 'h2'].flatMap((name) => [...place.querySelectorAll<HTMLElement>(name)]);
    const heading = headings.find((each) => each.checkVisibility());
    if (heading === undefined) continue;
    heading.tabIndex = -1;
    heading.focus();
    return;
  }
}
