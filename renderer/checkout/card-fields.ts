/*
 * JustiFi's hosted fields, seen from outside. They load twice (the second time with the page's fonts, about half a second
 * after their form appears), and until about a second later a hidden input of that form takes and drops the keyboard focus.
 * Text typed before both are over is lost. No event announces the end, so it is observed here: every field frame loaded
 * its final address and answered, and each hidden input was blurred for the second and last time. The form of the card and
 * that of the bank account are made anew with each choice, and each loads twice again.
 */

const FINAL_ADDRESS = /[?&]fontFamily=[^&]+/u;
const FIELD_ADDRESS = /\/v2\/[A-Za-z]+\?/u;
const BLURS_OF_THE_FOCUS_DANCE = 2;
const LOOK_EVERY_MS = 25;

type Field = { readonly frame: HTMLIFrameElement; loadedAddress: string | null; answered: boolean; isInvalid: boolean };

type Fields = Map<HTMLIFrameElement, Field>;

/** The field that identifies each form. */
const FIRST_FIELD = { new_card: 'cardNumber', new_bank_account: 'accountNumber' } as const;
type FieldForm = keyof typeof FIRST_FIELD;
const FIRST_FIELDS: ReadonlySet<string> = new Set(Object.values(FIRST_FIELD));

export function isFieldForm(type: unknown): type is FieldForm {
  return typeof type === 'string' && Object.hasOwn(FIRST_FIELD, type);
}

export type CardFields = {
  /** Settles when typing into this form is safe. Has no time limit of its own. */
  settled(form: FieldForm): Promise<void>;
  /** Puts the cursor into the first field of the form, once the page has the focus. `pressTab` is real input from main. */
  focusFirstField(pressTab: () => void): void;
  /** Whether every field was valid at the last validation. */
  areValid(): boolean;
  /** Puts the cursor into the first field that has reported an invalid content. */
  focusInvalidField(pressTab: () => void): void;
};

export function watchCardFields(component: HTMLElement, fieldOrigin: string): CardFields {
  const fields: Fields = new Map();
  const blurs = new Map<HTMLInputElement, number>();
  passFirstJudgements(fields, fieldOrigin);
  noteAnswers(fields, fieldOrigin);

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
    const field: Field = { frame, loadedAddress: null, answered: false, isInvalid: false };
    fields.set(frame, field);
    frame.addEventListener('load', () => {
      field.loadedAddress = frame.src;
      field.answered = false;
    });
  }

  function countBlurs(input: HTMLInputElement): void {
    if (blurs.has(input)) return;
    blurs.set(input, 0);
    // Not the blur event: the form is still inert here, so it never gets the focus and never loses it.
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

  function invalidField(): Field | undefined {
    return [...fields.values()].find(({ frame, isInvalid }) => frame.isConnected && isInvalid);
  }

  return {
    settled,
    focusFirstField(pressTab) {
      const frame = [...fields.keys()].find((candidate) => candidate.isConnected && FIRST_FIELDS.has(candidate.name));
      if (frame !== undefined) whenFocused(() => tabInto(frame, pressTab));
    },
    areValid: () => invalidField() === undefined,
    focusInvalidField(pressTab) {
      const wrong = invalidField();
      if (wrong !== undefined) whenFocused(() => tabInto(wrong.frame, pressTab));
    },
  };
}

/**
 * The component asks every field twice and takes any field's answer for the one it waits for: the second answer of the card number would
 * mark the month, and leave the others unchecked. Only the first answer of each field in turn reaches it.
 */
function passFirstJudgements(fields: Fields, fieldOrigin: string): void {
  let lastJudged: Field | null = null;
  window.addEventListener(
    'message',
    (event) => {
      const field = event.origin === fieldOrigin ? [...fields.values()].find(({ frame }) => frame.contentWindow === event.source) : undefined;
      const isValid = validityOf(event.data);
      if (field === undefined || isValid === null) return;
      if (field === lastJudged) return event.stopImmediatePropagation();
      lastJudged = field;
      field.isInvalid = !isValid;
    },
    { capture: true },
  );
}

/** The answer to the resizer's first message: the page inside a field runs. */
function noteAnswers(fields: Fields, fieldOrigin: string): void {
  window.addEventListener('message', (event) => {
    if (event.origin !== fieldOrigin || typeof event.data !== 'string' || !event.data.startsWith('[iFrameSizer]')) return;
    for (const field of fields.values()) {
      if (field.frame.contentWindow === event.source && field.loadedAddress === field.frame.src) field.answered = true;
    }
  });
}

/** A field's report on its content; null: another message. */
function validityOf(message: unknown): boolean | null {
  if (typeof message !== 'object' || message === null || !('eventType' in message) || message.eventType !== 'validate' || !('data' in message)) return null;
  const { data } = message;
  return typeof data === 'object' && data !== null && 'isValid' in data && typeof data.isValid === 'boolean' ? data.isValid : null;
}

/** A window that was just shown has the focus a moment later. */
function whenFocused(then: () => void): void {
  if (document.hasFocus()) then();
  else window.addEventListener('focus', then, { once: true });
}

/**
 * Only a real Tab reaches into a frame of another site, and Chromium drops a key from main while such a frame has the focus
 * (electron/electron#20333). So the Tab begins in this document, right before the frame.
 */
function tabInto(frame: HTMLIFrameElement, pressTab: () => void): void {
  const before = document.createElement('span');
  before.tabIndex = -1;
  before.addEventListener('blur', () => before.remove(), { once: true });
  frame.before(before);
  before.focus({ preventScroll: true });
  pressTab();
}

/** The component nests open shadow roots; a plain query stops at the first. */
function deepQuery(root: ParentNode, selector: string): Element[] {
  const found = [...root.querySelectorAll(selector)];
  for (const element of root.querySelectorAll('*')) {
    if (element.shadowRoot !== null) found.push(...deepQuery(element.shadowRoot, selector));
  }
  return found;
}
