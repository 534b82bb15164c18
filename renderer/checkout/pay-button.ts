/*
 * JustiFi's Pay button, watched from outside. The component has no time-out: when its hosted fields do not answer, it waits
 * for ever and says nothing. And it may send no more than two requests in ten seconds: every press costs one to tokenise
 * and one to pay, so after a press that failed the next one has to wait.
 */

const ANSWER_WITHIN_MS = 10_000;
const PAUSE_AFTER_FAILURE_MS = 10_000;

export type PayButton = {
  /** The component asked to submit, or reported an error: it is not stuck. */
  heardFromComponent(): void;
  /** The last press failed; the next is refused until the pause is over. */
  pause(): void;
};

export function watchPayButton(
  form: HTMLElement,
  parts: { readonly onStuck: () => void; readonly onPaused: (secondsLeft: number) => void },
): PayButton {
  let stuckTimer: ReturnType<typeof setTimeout> | undefined;
  let pressedAtMs = 0;
  let ticking: ReturnType<typeof setInterval> | undefined;

  const secondsLeft = () => Math.ceil((pressedAtMs + PAUSE_AFTER_FAILURE_MS - performance.now()) / 1000);

  form.addEventListener(
    'click',
    (event) => {
      const isPay = event.composedPath().some((node) => node instanceof Element && node.localName === 'justifi-button');
      if (!isPay) return;
      if (form.classList.contains('pay-paused')) {
        event.stopImmediatePropagation();
        event.preventDefault();
        return;
      }
      pressedAtMs = performance.now();
      clearTimeout(stuckTimer);
      stuckTimer = setTimeout(parts.onStuck, ANSWER_WITHIN_MS);
    },
    { capture: true },
  );

  function tick(): void {
    const left = Math.max(0, secondsLeft());
    parts.onPaused(left);
    if (left > 0) return;
    clearInterval(ticking);
    form.classList.remove('pay-paused');
  }

  return {
    heardFromComponent: () => clearTimeout(stuckTimer),
    pause() {
      form.classList.add('pay-paused');
      clearInterval(ticking);
      ticking = setInterval(tick, 250);
      tick();
    },
  };
}
