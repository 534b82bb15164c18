import type { Protocol as ElectronProtocol } from 'electron';
import { refusingOthers } from './not-in-host.ts';

type SchemeHandler = (request: Request) => Response | Promise<Response>;
type ProtocolApi = Pick<ElectronProtocol, 'handle' | 'unhandle' | 'isProtocolHandled'>;

/** The schemes that the app answers itself in one session. */
export class SchemeHandlers {
  readonly #handlers = new Map<string, SchemeHandler>();
  readonly electronApi: ProtocolApi;

  constructor(changed: () => void) {
    this.electronApi = refusingOthers<ProtocolApi>('protocol', {
      handle: (scheme, handler) => {
        if (/^(?:https?|file|data|blob)$/u.test(scheme)) {
          throw new Error(`protocol.handle('${scheme}') is not in the Chromium host: it answers custom schemes only`);
        }
        if (this.#handlers.has(scheme)) throw new Error(`Failed to register protocol: ${scheme}`);
        this.#handlers.set(scheme, handler);
        changed();
      },
      unhandle: (scheme) => {
        if (!this.#handlers.delete(scheme)) throw new Error(`Failed to unhandle protocol: ${scheme}`);
        changed();
      },
      isProtocolHandled: (scheme) => this.#handlers.has(scheme),
    });
  }

  get any(): boolean {
    return this.#handlers.size > 0;
  }

  find(scheme: string): SchemeHandler | undefined {
    return this.#handlers.get(scheme);
  }
}
