import { refusingEmitter } from './not-in-host.ts';

/** A download that Chromium has already been told to drop: the stand-in keeps none. */
export class DownloadItem extends refusingEmitter('downloadItem') {
  readonly #url: string;
  readonly #filename: string;
  #refused = false;

  constructor(url: string, filename: string) {
    super();
    this.#url = url;
    this.#filename = filename;
  }

  getURL(): string {
    return this.#url;
  }

  getFilename(): string {
    return this.#filename;
  }

  getMimeType(): string {
    return '';
  }

  getState(): 'cancelled' {
    return 'cancelled';
  }

  cancel(): void {
    this.#refused = true;
  }

  /** The host's: whether the app cancelled it too. */
  get wasRefused(): boolean {
    return this.#refused;
  }
}
