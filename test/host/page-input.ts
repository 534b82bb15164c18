import type { CdpSession, Protocol } from './cdp-connection.ts';

/** Through shadow roots; a frame whose document cannot be read is of another origin. */
const IS_FOCUS_IN_OTHER_SITE = `(() => {
  let active = document.activeElement;
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
  return active instanceof HTMLIFrameElement && active.contentDocument === null;
})()`;

/** Keys, text and mouse for one page, each after the one before. */
export class PageInput {
  readonly #cdp: CdpSession;
  #last: Promise<unknown> = Promise.resolve();

  constructor(cdp: CdpSession) {
    this.#cdp = cdp;
  }

  /** One after the other: a key that moves the focus to another frame must have done so before the next is sent. */
  dispatchKey(event: Protocol.Input.dispatchKeyEventParameters): void {
    this.#last = this.#last.then(() => this.#dispatchKeyAsElectron(event)).catch(() => undefined);
  }

  /** Electron gives the key to the main frame's widget, and Blink drops it while a frame of another site has the focus: electron/electron#20333 */
  async #dispatchKeyAsElectron(event: Protocol.Input.dispatchKeyEventParameters): Promise<void> {
    const { result } = await this.#cdp.send('Runtime.evaluate', { expression: IS_FOCUS_IN_OTHER_SITE });
    if (result.value === true) return;
    await this.#cdp.send('Input.dispatchKeyEvent', event);
  }

  /** A person's key goes wherever the focus is, into a frame of another site too. */
  typeAsPerson(event: Protocol.Input.dispatchKeyEventParameters): void {
    this.#last = this.#last.then(() => this.#cdp.send('Input.dispatchKeyEvent', event)).catch(() => undefined);
  }

  insertText(text: string): void {
    this.#last = this.#last.then(() => this.#cdp.send('Input.insertText', { text })).catch(() => undefined);
  }

  dispatchMouse(event: Protocol.Input.dispatchMouseEventParameters): void {
    this.#last = this.#last.then(() => this.#cdp.send('Input.dispatchMouseEvent', event)).catch(() => undefined);
  }
}
