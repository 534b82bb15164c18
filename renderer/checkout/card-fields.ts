/*
 * JustiFi's hosted fields, seen from outside. They load twice (the second time with the page's fonts, about half a second
 * after their form appears), and until about a second later a hidden input of that form takes and drops the keyboard focus.
 * Whatever is typed before both are over is lost. Nothing announces the end, so it is observed here: every field frame loaded
 * its final address and answered, and each hidden input was blurred for the second and last time. The form of the card and
 * that of the bank account come and go with the choice between them, and each dances anew.
 */

const FINAL_ADDRESS = /[?&]fontFamily=[^&]+/u;
const FIELD_ADDRESS = /\/v2\/[A-Za-z]+\?/u;
const BLURS_OF_THE_FOCUS_DANCE = 2;
const LOOK_EVERY_MS = 25;

type Field = { readonly frame: HTMLIFrameElement; loadedAddress: string | null; answered: boolean };

/** The field by which each form is known. */
const FIRST_FIELD = { new_card: 'cardNumber', new_bank_account: 'accountNumber' } as const;
export type FieldForm = keyof typeof FIRST_FIELD;

export function isFieldForm(type: unknown): type is FieldForm {
  return typeof type === 'string' && Object.hasOwn(FIRST_FIELD, type);
}

export type CardFields = {
  /** Settles when typing into this form is safe. Nobody keeps the time here. */
  settled(form: FieldForm): Promise<void>;
  /** Puts the keyboard into the card number; `pressTab` is real input from main, for pages that do not forward focus. */
  focusCardNumber(pressTab: () => void): void;
};

export function watchCardFields(component: HTMLElement, fieldOrigin: string): CardFields {
  const fields = new Map<HTMLIFrameElement, Field>();
  const blurs = new Map<HTMLInputElement, number>();
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

  function settled(form: FieldForm): Promise<void> {
    return new Promise((resolve) => {
      const look = setInterval(() => {
        for (const frame of deepQuery(component, 'iframe')) follow(frame as HTMLIFrameElement);
        for (const input of deepQuery(component, 'hidden-input input')) countBlurs(input as HTMLInputElement);
        if (!allAnswered(form) || [...blurs].some(([input, count]) => input.isConnected && count < BLURS_OF_THE_FOCUS_DANCE)) return;
        clearInterval(look);
        resolve();
      }, LOOK_EVERY_MS);
    });
  }

  function follow(frame: HTMLIFrameElement): void {
    if (fields.has(frame) || !FIELD_ADDRESS.test(frame.src)) return;
    const field: Field = { frame, loadedAddress: null, answered: false };
    fields.set(frame, field);
    frame.addEventListener('load', () => {
      field.loadedAddress = frame.src;
      field.answered = false;
    });
  }

  function countBlurs(input: HTMLInputElement): void {
    if (blurs.has(input)) return;
    blurs.set(input, 0);
    // Not the blur event: a form that is inert, as ours is then, never gets the focus and so never loses it.
    input.blur = () => {
      blurs.set(input, (blurs.get(input) ?? 0) + 1);
      HTMLElement.prototype.blur.call(input);
    };
  }

  function allAnswered(form: FieldForm): boolean {
    const current = [...fields.values()].filter(({ frame }) => frame.isConnected);
    return (
      current.some(({ frame }) => frame.name === FIRST_FIELD[form]) &&
      current.every(({ frame, answered }) => answered && FINAL_ADDRESS.test(frame.src) && frame.offsetHeight > 0)
    );
  }

  return {
    settled,
    focusCardNumber(pressTab) {
      const frame = [...fields.keys()].find((candidate) => candidate.isConnected && candidate.name === 'cardNumber');
      // A form without a card: into its first field.
      if (frame === undefined) return pressTab();
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
