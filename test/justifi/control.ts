import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import type { JustifiControls } from './justifi.ts';

type ControlCall = { readonly do: keyof JustifiControls; readonly with: readonly unknown[] };

/** The same controls from another process: each call is sent, and its result comes back. */
export type RemoteControls = {
  readonly [Name in keyof JustifiControls]: (
    ...args: Parameters<JustifiControls[Name]>
  ) => Promise<ReturnType<JustifiControls[Name]>>;
};

/** Opens a port on which another process can do what the controls do: POST {"do":"addFault","with":[{…}]}. */
export async function serveControls(
  controls: JustifiControls,
  port: number,
): Promise<{ readonly origin: string; readonly close: () => Promise<void> }> {
  const server = createServer((request, response) => {
    text(request).then(
      (body) => {
        const result = perform(controls, body);
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

function perform(controls: JustifiControls, body: string): { readonly status: number; readonly body: string } {
  try {
    const call: ControlCall = JSON.parse(body);
    if (!Object.hasOwn(controls, call.do)) throw new Error(`There is no control ${call.do}`);
    const result: unknown = Reflect.apply(controls[call.do], undefined, call.with);
    return { status: 200, body: JSON.stringify({ result }) };
  } catch (problem) {
    return { status: 400, body: String(problem) };
  }
}

/** Takes the controls of a JustiFi that another process started. */
export function remoteControls(controlOrigin: string): RemoteControls {
  function remote<Name extends keyof JustifiControls>(
    name: Name,
  ): (...args: Parameters<JustifiControls[Name]>) => Promise<ReturnType<JustifiControls[Name]>> {
    return async (...args) => {
      const call: ControlCall = { do: name, with: args };
      const response = await fetch(controlOrigin, { method: 'POST', body: JSON.stringify(call) });
      const body = await response.text();
      if (!response.ok) throw new Error(body);
      const answer: { readonly result: ReturnType<JustifiControls[Name]> } = JSON.parse(body);
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
    holdCharges: remote('holdCharges'),
    releaseCharges: remote('releaseCharges'),
    charges: remote('charges'),
    requests: remote('requests'),
  };
}
