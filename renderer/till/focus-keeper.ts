/**
 * The focus never falls to the body. When the element that has it goes or is switched off, the nearest heading takes it: the next Tab begins there, and a
 * screen reader says where that is. A screen that comes up while nothing has the focus begins at its heading, too.
 */
export function keepFocus(page: HTMLElement): void {
  /** Where the focus was last, and what that stands in, from the inside out. */
  let trail: readonly Element[] = [];
  /** What was shown then. */
  let screen: Element | null = null;
  let isWaiting = false;
  /** Chromium takes the focus from an element that is not there any more with the next picture only, and tells no one. */
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

/** Then it was left on purpose, with a Tab past the last button or a click beside everything: until another screen comes. */
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
