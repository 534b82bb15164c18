import type { OnBeforeRequestListenerDetails } from 'electron';
import { CdpError, type Protocol } from './cdp-connection.ts';
import { chromium } from './chromium.ts';
import { debugLog } from './host-settings.ts';
import { pageOfFrame, type RenderedPage } from './rendered-page.ts';
import { fromWire, originFromWire, ownScheme, toWire } from './scheme-mapping.ts';
import { announceDownload, anySessionIntercepts, onInterceptionChange, type Session, sessionOfContext } from './session.ts';
import { WebContents } from './web-contents.ts';
import type { WebFrame } from './web-frame.ts';

type Paused = Protocol.Fetch.requestPausedPayload;
type Details = OnBeforeRequestListenerDetails;
type ErrorReason = Protocol.Network.ErrorReason;

/** The sender of a request: a frame of a window, or a worker that a session's pages share. */
type Sender = { readonly session: Session; readonly page?: RenderedPage; readonly frame?: WebFrame; readonly contents?: WebContents };

const { root } = chromium;

/**
 * Every request of every page, frame and worker, before it leaves
 *
 * One Fetch domain on the browser target sees them all: redirects hop by hop, preflights, pop-ups. Here the navigation
 * guards, the request filters and the app's own schemes have their effect. Documents are always looked at; everything
 * else only when a session has a filter or a scheme.
 */
export function openNetworkGate(): void {
  root.on('Fetch.requestPaused', (paused) => {
    decide(paused).catch((error: unknown) => {
      // The page was closed while the app was deciding about its request.
      if (error instanceof CdpError) debugLog(error.message);
      else {
        console.error(error);
        fail(paused, 'Failed');
      }
    });
  });
  root.on('Browser.downloadWillBegin', ({ frameId, url, suggestedFilename }) => {
    const page = pageOfFrame(frameId);
    const contents = contentsOf(page);
    if (page !== undefined && contents !== undefined) announceDownload(page.session, contents, url, suggestedFilename);
  });
  onInterceptionChange(adjust);
  adjust();
}

let looksAtEverything: boolean | undefined;

function adjust(): void {
  const everything = anySessionIntercepts();
  if (everything === looksAtEverything) return;
  looksAtEverything = everything;
  const patterns = everything ? [{ urlPattern: '*' }] : [{ urlPattern: '*', resourceType: 'Document' as const }];
  root.sendIfAlive('Fetch.enable', { patterns });
}

async function decide(paused: Paused): Promise<void> {
  const sender = findSender(paused.frameId) ?? (await findLateSender(paused.frameId));
  if (sender === undefined) {
    debugLog('no window asked for', paused.request.url);
    return fail(paused, 'BlockedByClient');
  }
  if (isResponse(paused)) return answerResponse(paused, sender);
  if (isForWindowIcon(paused)) return fail(paused, 'Aborted');
  if (paused.resourceType === 'Document' && !(await mayNavigate(paused, sender))) return fail(paused, 'Aborted');
  return answerRequest(paused, sender);
}

function findSender(frameId: string): Sender | undefined {
  const page = pageOfFrame(frameId);
  if (page !== undefined) {
    const contents = contentsOf(page);
    const frame = page.frames.find(frameId);
    return { session: page.session, page, ...(frame && { frame }), ...(contents && { contents }) };
  }
  const session = sessionOfContext(chromium.contextOfWorker(frameId));
  return session === undefined ? undefined : { session };
}

/** The browser may announce a request before the renderer has announced the frame; one round trip later it is known. */
async function findLateSender(frameId: string): Promise<Sender | undefined> {
  await root.send('Target.getTargets');
  return findSender(frameId);
}

function contentsOf(page: RenderedPage | undefined): WebContents | undefined {
  return page && WebContents.getAllWebContents().find((contents) => contents.mainFrame === page.frames.main);
}

/** A redirect or a navigation by the page itself needs permission; main's own loads do not. */
async function mayNavigate(paused: Paused, { page, frame, contents, session }: Sender): Promise<boolean> {
  if (page === undefined || frame === undefined || contents === undefined) return true;
  const url = fullUrl(paused);
  const { host } = contents;
  if (paused.redirectedRequestId !== undefined) {
    if (!host.announceNavigation('will-redirect', frame, url)) return false;
    host.announceNavigation('did-redirect-navigation', frame, url);
  } else {
    const byMain = frame === page.frames.main && page.takeLoadByMain(paused.request.url);
    if (!byMain) {
      // Each listener is called, even when the first has prevented it.
      const frameMay = host.announceNavigation('will-frame-navigate', frame, url);
      const pageMay = frame !== page.frames.main || host.announceNavigation('will-navigate', frame, url);
      if (!frameMay || !pageMay) return false;
    }
    host.announceNavigation('did-start-navigation', frame, url);
  }
  const wireOrigin = new URL(paused.request.url).origin;
  session.host.wireOrigins.add(wireOrigin);
  const isMainFrame = frame === page.frames.main;
  await session.host.permissions.admit({ webContents: contents, origin: originFromWire(wireOrigin), wireOrigin, url, isMainFrame });
  return true;
}

async function answerRequest(paused: Paused, sender: Sender): Promise<void> {
  const { filters } = sender.session.host;
  const details = requestDetails(paused, sender);
  debugLog('request', details.webContentsId ?? 'worker', details.resourceType, details.method, details.url);
  const verdict = await filters.beforeRequest.ask(details);
  if (verdict?.cancel === true) return fail(paused, 'BlockedByClient');
  if (verdict?.redirectURL !== undefined) {
    const location = { name: 'Location', value: toWire(verdict.redirectURL) };
    return root.sendIfAlive('Fetch.fulfillRequest', { requestId: paused.requestId, responseCode: 307, responseHeaders: [location] });
  }
  const { headers } = paused.request;
  const changed = await filters.beforeSendHeaders.ask({ ...details, requestHeaders: { ...headers } });
  if (changed?.cancel === true) return fail(paused, 'BlockedByClient');
  const requestHeaders = changed?.requestHeaders === undefined ? undefined : headerList(changed.requestHeaders);
  const scheme = ownScheme(paused.request.url);
  if (scheme !== undefined) return serve(paused, sender, scheme, requestHeaders);
  root.sendIfAlive('Fetch.continueRequest', {
    requestId: paused.requestId,
    interceptResponse: filters.headersReceived.isSet,
    ...(requestHeaders && { headers: requestHeaders }),
  });
}

/** One of the app's own schemes: the app is the server. */
async function serve(
  paused: Paused,
  sender: Sender,
  scheme: string,
  requestHeaders: readonly Protocol.Fetch.HeaderEntry[] | undefined,
): Promise<void> {
  const handler = sender.session.host.schemes.find(scheme);
  if (handler === undefined) return fail(paused, 'NameNotResolved');
  const { method, headers, postDataEntries } = paused.request;
  const body = postDataEntries && Buffer.concat(postDataEntries.map(({ bytes = '' }) => Buffer.from(bytes, 'base64')));
  const sent = requestHeaders?.map(({ name, value }): [string, string] => [name, value]) ?? Object.entries(headers);
  const request = new Request(fullUrl(paused), { method, headers: sent, ...(body && { body }) });
  let response: Response;
  try {
    response = await handler(request);
  } catch (error) {
    console.error(error);
    return fail(paused, 'Failed');
  }
  if (response.type === 'error') return fail(paused, 'Failed');
  const received = [...response.headers].map(([name, value]) => ({ name, value }));
  const answer = await askAboutHeaders(paused, sender, response.status, received);
  if (answer.cancel) return fail(paused, 'BlockedByClient');
  root.sendIfAlive('Fetch.fulfillRequest', {
    requestId: paused.requestId,
    responseCode: answer.status,
    responseHeaders: [...answer.headers],
    body: Buffer.from(await response.arrayBuffer()).toString('base64'),
  });
}

async function answerResponse(paused: Paused, sender: Sender): Promise<void> {
  const { requestId, responseStatusCode, responseHeaders = [], responseErrorReason } = paused;
  if (responseErrorReason !== undefined || responseStatusCode === undefined) {
    return root.sendIfAlive('Fetch.continueRequest', { requestId });
  }
  const answer = await askAboutHeaders(paused, sender, responseStatusCode, responseHeaders);
  if (answer.cancel) return fail(paused, 'BlockedByClient');
  const { status, headers } = answer;
  root.sendIfAlive('Fetch.continueResponse', { requestId, responseCode: status, responseHeaders: [...headers] });
}

type ResponseHead = { readonly cancel: boolean; readonly status: number; readonly headers: readonly Protocol.Fetch.HeaderEntry[] };

async function askAboutHeaders(
  paused: Paused,
  sender: Sender,
  status: number,
  headers: readonly Protocol.Fetch.HeaderEntry[],
): Promise<ResponseHead> {
  const responseHeaders: Record<string, string[]> = {};
  for (const { name, value } of headers) (responseHeaders[name] ??= []).push(value);
  const verdict = await sender.session.host.filters.headersReceived.ask({
    ...requestDetails(paused, sender),
    statusCode: status,
    statusLine: `HTTP/1.1 ${status}`,
    responseHeaders,
  });
  const newStatus = /^HTTP\/\S+ (?<code>\d{3})/u.exec(verdict?.statusLine ?? '')?.groups?.code;
  return {
    cancel: verdict?.cancel === true,
    status: newStatus === undefined ? status : Number(newStatus),
    headers: verdict?.responseHeaders === undefined ? headers : headerList(verdict.responseHeaders),
  };
}

function headerList(headers: Readonly<Record<string, string | readonly string[]>>): Protocol.Fetch.HeaderEntry[] {
  return Object.entries(headers).flatMap(([name, values]) => [values].flat().map((value) => ({ name, value })));
}

let lastRequestId = 0;

function requestDetails(paused: Paused, { page, frame, contents }: Sender): Details {
  const { method, headers } = paused.request;
  return {
    id: ++lastRequestId,
    url: fullUrl(paused),
    method,
    resourceType: resourceType(paused, frame === undefined || frame === page?.frames.main),
    referrer: fromWire(headers.Referer ?? ''),
    timestamp: Date.now(),
    uploadData: [],
    ...(contents && { webContentsId: contents.id, webContents: contents as unknown as Electron.WebContents }),
    ...(frame && { frame: frame as unknown as Electron.WebFrameMain }),
  };
}

const resourceTypes: Partial<Record<Protocol.Network.ResourceType, Details['resourceType']>> = {
  Stylesheet: 'stylesheet',
  Script: 'script',
  Image: 'image',
  Font: 'font',
  XHR: 'xhr',
  Fetch: 'xhr',
  Ping: 'ping',
  CSPViolationReport: 'cspReport',
  Media: 'media',
};

function resourceType({ resourceType: type }: Paused, isMainFrame: boolean): Details['resourceType'] {
  if (type === 'Document') return isMainFrame ? 'mainFrame' : 'subFrame';
  return resourceTypes[type] ?? 'other';
}

function isResponse({ responseStatusCode, responseErrorReason }: Paused): boolean {
  return responseStatusCode !== undefined || responseErrorReason !== undefined;
}

/** Chromium's window fetches an icon for its tab; Electron's does not, so filters must not see it. */
function isForWindowIcon({ resourceType: type, request }: Paused): boolean {
  return type === 'Other' && (request.headers.Accept ?? '').startsWith('image/');
}

function fullUrl({ request: { url, urlFragment = '' } }: Paused): string {
  return fromWire(`${url}${urlFragment}`);
}

function fail({ requestId }: Paused, errorReason: ErrorReason): void {
  root.sendIfAlive('Fetch.failRequest', { requestId, errorReason });
}
