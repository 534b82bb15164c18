import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import type { TrainingRequest } from '../../main/training/exchange.ts';
import type { MethodStanding } from '../../main/training/books.ts';
import type { Charge } from '../../main/training/justifi.ts';
import type { TrainingPay } from '../../contract/pay-link.ts';
import type { ReaderPress } from '../../contract/training-reader.ts';
import type { TrainingSettings } from '../../main/training/settings.ts';
import type { SubAccount } from '../../main/training/sub-account.ts';
import type { Fault } from './fault.ts';

/** One request as received, and its answer. */
export type SeenRequest = {
  readonly method: string;
  readonly path: string;
  readonly headers: TrainingRequest['headers'];
  readonly body: string;
  readonly at: number;
  /** The status that was sent, or null: cut, hanging, or still being worked on. */
  status: number | null;
};

/** A test's controls of JustiFi while the shop is open. Arguments and results are plain JSON: see control.ts. */
export type JustifiControls = {
  readonly addFault: (fault: Fault) => void;
  readonly clearFaults: () => void;
  /** How many requests met a fault so far. */
  readonly faultsMet: () => number;
  /** Cuts every connection that hangs on a fault, as a network that gives up would. */
  readonly dropHanging: () => void;
  readonly setRoundTrip: (ms: number) => void;
  readonly now: () => number;
  readonly advanceClock: (ms: number) => void;
  readonly changeSettings: (change: Partial<TrainingSettings>) => void;
  readonly setSubAccountStatus: (id: string, status: SubAccount['status']) => void;
  readonly expireCheckout: (id: string) => void;
  /** Changes a record as in JustiFi's dashboard. */
  readonly changeAmount: (checkoutId: string, amount: number) => void;
  /** Ends every pending refund like this. */
  readonly endRefunds: (status: 'succeeded' | 'failed') => void;
  /** Forgets all idempotency keys: how long JustiFi keeps one is not published. */
  readonly forgetKeys: () => void;
  /** From now on a charge stays with the card network, until released. */
  readonly holdCharges: () => void;
  readonly releaseCharges: () => void;
  /** Does this at a card reader as a customer. */
  readonly pressReader: (terminalId: string, press: ReaderPress) => Promise<boolean>;
  /** Does this on the page of a checkout as a customer. False: it is paid or has expired. */
  readonly payHosted: (checkoutId: string, how: TrainingPay) => Promise<boolean>;
  /** Disputes a payment as the customer's bank. */
  readonly disputePayment: (paymentId: string) => boolean;
  /** Makes a saved card expire or invalid. */
  readonly changeStanding: (methodId: string, standing: MethodStanding) => boolean;
  /** Removes it from the account. */
  readonly removeTerminal: (terminalId: string) => void;
  readonly charges: (checkoutId?: string) => readonly Charge[];
  readonly requests: (on?: string) => readonly SeenRequest[];
};

type ControlCall = { readonly do: keyof JustifiControls; readonly with: readonly unknown[] };

/** The same controls from another process: each call is sent, and its result comes back. */
export type RemoteControls = {
  readonly [Name in keyof JustifiControls]: (
    ...args: Parameters<JustifiControls[Name]>
  ) => Promise<Awaited<ReturnType<JustifiControls[Name]>>>;
};

/** Opens a port for the controls from another process: POST {"do":"addFault","with":[{…}]}. */
export async function serveControls(
  controls: JustifiControls,
  port: number,
): Promise<{ readonly origin: string; readonly close: () => Promise<void> }> {
  const server = createServer((request, response) => {
    text(request).then(
      async (body) => {
        const result = await perform(controls, body);
        response.writeHead(result.status, { 'content-type': 'application/json' }).end(result.body);
        return undefined;
      },
      () => response.destroy(),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The controls have no port');
  return {
    origin: `http://127.0.0.1:${address.port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function perform(controls: JustifiControls, body: string): Promise<{ readonly status: number; readonly body: string }> {
  try {
    const call: ControlCall = JSON.parse(body);
    if (!Object.hasOwn(controls, call.do)) throw new Error(`There is no control ${call.do}`);
    const result: unknown = await Reflect.apply(controls[call.do], undefined, call.with);
    return { status: 200, body: JSON.stringify({ result }) };
  } catch (problem) {
    return { status: 400, body: String(problem) };
  }
}

/** Takes the controls of a JustiFi that another process started. */
export function remoteControls(controlOrigin: string): RemoteControls {
  function remote<Name extends keyof JustifiControls>(
    name: Name,
  ): (...args: Parameters<JustifiControls[Name]>) => Promise<Awaited<ReturnType<JustifiControls[Name]>>> {
    return async (...args): Promise<Awaited<ReturnType<JustifiControls[Name]>>> => {
      const call: ControlCall = { do: name, with: args };
      const response = await fetch(controlOrigin, { method: 'POST', body: JSON.stringify(call) });
      const body = await response.text();
      if (!response.ok) throw new Error(body);
      const answer: { readonly result: Awaited<ReturnType<JustifiControls[Name]>> } = JSON.parse(body);
      return answer.result;
    };
  }
  return {
    addFault: remote('addFault'),
    clearFaults: remote('clearFaults'),
    faultsMet: remote('faultsMet'),
    dropHanging: remote('dropHanging'),
    setRoundTrip: remote('setRoundTrip'),
    now: remote('now'),
    advanceClock: remote('advanceClock'),
    changeSettings: remote('changeSettings'),
    setSubAccountStatus: remote('setSubAccountStatus'),
    expireCheckout: remote('expireCheckout'),
    changeAmount: remote('changeAmount'),
    endRefunds: remote('endRefunds'),
    forgetKeys: remote('forgetKeys'),
    holdCharges: remote('holdCharges'),
    releaseCharges: remote('releaseCharges'),
    pressReader: remote('pressReader'),
    payHosted: remote('payHosted'),
    disputePayment: remote('disputePayment'),
    changeStanding: remote('changeStanding'),
    removeTerminal: remote('removeTerminal'),
    charges: remote('charges'),
    requests: remote('requests'),
  };
}
