/*
 * JustiFi's hosted card fields, seen from outside. They load twice (the second time with the page's fonts, about half a
 * second after the mount), and until about a second later a hidden input of the component takes and drops the keyboard
 * focus. Whatever is typed before both are over is lost. Nothing announces the end, so it is observed here: every field
 * frame loaded its final address and answered, and the hidden input was blurred for the second and last time.
 */

const FINAL_ADDRESS = /[?&]fontFamily=[^&]+/u;
const FIELD_ADDRESS = /\/v2\/[A-Za-z]+\?/u;
const BLURS_OF_THE_FOCUS_DANCE = 2;
const LOOK_EVERY_MS = 25;

type Field = { readonly frame: HTMLIFrameElement; loadedAddress: string | null; answered: boolean };

export type CardFields = {
  /** Settles when typing into the fields is safe. Main keeps the time. */
  readonly ready: Promise<void>;
  /** Puts the keyboard into the card number; `pressTab` is real input from main, for pages that do not forward focus. */
  focusCardNumber(pressTab: () => void): void;
};

export function watchCardFields(component: HTMLElement, fieldOrigin: string): CardFields {
  const fields = new Map<HTMLIFrameElement, Field>();
  const ready = Promise.withResolvers<void>();
  let blurs = 0;
  let hiddenInput: HTMLInputElement | null = null;
  let onCardNumberFocused = () => {};

  window.addEventListener('message', (event) => {
    if (event.origin !== fieldOrigin) return;
    if (isFocusOfCardNumber(event.data)) onCardNumberFocused();
    // The answer to the resizer's first message: the page inside runs.
    if (typeof event.data !== 'string' || !event.data.startsWith('[iFrameSizer]')) return;
    for (const field of fields.values()) {
      if (field.frame.contentWindow === event.source && field.loadedAddress === field.frame.src) field.answered = true;
    }
  });

  const look = setInterval(() => {
    for (const frame of deepQuery(component, 'iframe')) follow(frame as HTMLIFrameElement);
    hiddenInput ??= followHiddenInput();
    if (allAnswered() && (hiddenInput === null || blurs >= BLURS_OF_THE_FOCUS_DANCE)) {
      clearInterval(look);
      ready.resolve();
    }
  }, LOOK_EVERY_MS);

  function follow(frame: HTMLIFrameElement): void {
    if (fields.has(frame) || !FIELD_ADDRESS.test(frame.src)) return;
    const field: Field = { frame, loadedAddress: null, answered: false };
    fields.set(frame, field);
    frame.addEventListener('load', () => {
      field.loadedAddress = frame.src;
      field.answered = false;
    });
  }

  function followHiddenInput(): HTMLInputElement | null {
    const input = deepQuery(component, 'hidden-input input')[0] as HTMLInputElement | undefined;
    if (input === undefined) return null;
    // Not the blur event: a form that is inert, as ours is then, never gets the focus and so never loses it.
    input.blur = () => {
      blurs += 1;
      HTMLElement.prototype.blur.call(input);
    };
    return input;
  }

  function allAnswered(): boolean {
    const current = [...fields.values()].filter(({ frame }) => frame.isConnected);
    return current.length > 0 && current.every(({ frame, answered }) => answered && FINAL_ADDRESS.test(frame.src) && frame.offsetHeight > 0);
  }

  return {
    ready: ready.promise,
    focusCardNumber(pressTab) {
      const frame = [...fields.keys()].find((candidate) => candidate.isConnected && candidate.name === 'cardNumber');
      if (frame === undefined) return;
      const notForwarded = setTimeout(pressTab, 60);
      onCardNumberFocused = () => clearTimeout(notForwarded);
      frame.focus();
    },
  };
}

function isFocusOfCardNumber(message: unknown): boolean {
  if (typeof message !== 'object' || message === null) return false;
  const { eventType, data } = message as { eventType?: unknown; data?: { id?: unknown } };
  return eventType === 'focused' && data?.id === 'cardNumber';
}

/** The component nests open shadow roots; a plain query stops at the first. */
function deepQuery(root: ParentNode, selector: string): Element[] {
  const found = [...root.querySelectorAll(selector)];
  for (const element of root.querySelectorAll('*')) {
    if (element.shadowRoot !== null) found.push(...deepQuery(element.shadowRoot, selector));
  }
  return found;
}
