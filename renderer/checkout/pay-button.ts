/*
 * JustiFi's Pay button, or Counter's with Plaid, watched from outside. The component sends the card also when a field is empty or wrong, so the fields are asked
 * before it gets the press. It has no time-out: when its hosted fields do not answer, it waits for ever without an event. And it may send no more than two requests in ten seconds: every press costs one to tokenise
 * and one to pay, so after a press that failed the next one has to wait.
 */

const ANSWER_WITHIN_MS = 10_000;
const PAUSE_AFTER_FAILURE_MS = 10_000;
/** Fields that do not answer do not block Pay: JustiFi reports their errors. */
const VALIDATED_WITHIN_MS = 2_000;

type PayButton = {
  /** The component has called its submit hook or reported an error: it is not stuck. */
  heardFromComponent(): void;
  /** The last press failed; the next is refused until the pause is over. */
  pause(): void;
};

export function watchPayButton(
  form: HTMLElement,
  parts: {
    /** Asks the fields, and marks those that are wrong. */
    readonly validate: () => Promise<boolean>;
    readonly onInvalid: () => void;
    readonly onStuck: () => void;
    readonly onPaused: (secondsLeft: number) => void;
  },
): PayButton {
  let press: 'none' | 'validating' | 'valid' = 'none';
  let stuckTimer: ReturnType<typeof setTimeout> | undefined;
  const pause = createPause(form, parts.onPaused);

  form.addEventListener(
    'click',
    (event) => {
      const isPay = event.composedPath().some((node) => node instanceof Element && (node.localName === 'justifi-button' || node.id === 'pay'));
      if (!isPay) return;
      if (form.classList.contains('pay-paused')) {
        event.stopImmediatePropagation();
        event.preventDefault();
        return;
      }
      if (press !== 'valid') {
        event.stopImmediatePropagation();
        event.preventDefault();
        if (press === 'none') void validateThenPress(event.composedPath()[0]);
        return;
      }
      pause.pressed();
      clearTimeout(stuckTimer);
      stuckTimer = setTimeout(parts.onStuck, ANSWER_WITHIN_MS);
    },
    { capture: true },
  );

  async function validateThenPress(target: EventTarget | undefined): Promise<void> {
    press = 'validating';
    // A key press is still being dispatched in the next microtask, and Chromium drops a second click during it.
    await new Promise((resolve) => setTimeout(resolve));
    const isValid = await Promise.race([parts.validate().catch(() => true), new Promise<true>((resolve) => setTimeout(() => resolve(true), VALIDATED_WITHIN_MS))]);
    press = isValid ? 'valid' : 'none';
    if (!isValid) parts.onInvalid();
    else if (target instanceof HTMLElement) target.click();
    press = 'none';
  }

  return { heardFromComponent: () => clearTimeout(stuckTimer), pause: pause.begin };
}

/** The pause that the component needs between two presses. */
function createPause(form: HTMLElement, onPaused: (secondsLeft: number) => void) {
  let pressedAtMs = 0;
  let ticking: ReturnType<typeof setInterval> | undefined;

  function tick(): void {
    const secondsLeft = Math.max(0, Math.ceil((pressedAtMs + PAUSE_AFTER_FAILURE_MS - performance.now()) / 1000));
    onPaused(secondsLeft);
    if (secondsLeft > 0) return;
    clearInterval(ticking);
    form.classList.remove('pay-paused');
  }

  return {
    pressed() {
      pressedAtMs = performance.now();
    },
    begin() {
      form.classList.add('pay-paused');
      clearInterval(ticking);
      ticking = setInterval(tick, 250);
      tick();
    },
  };
}
