import type {
  BeforeSendResponse,
  CallbackResponse,
  HeadersReceivedResponse,
  OnBeforeRequestListenerDetails,
  OnBeforeSendHeadersListenerDetails,
  OnHeadersReceivedListenerDetails,
  WebRequest,
  WebRequestFilter,
} from 'electron';
import { refusingOthers } from './not-in-host.ts';

type ResourceType = OnBeforeRequestListenerDetails['resourceType'];
type Asked = { readonly url: string; readonly resourceType: ResourceType };
type Listener<Details, Response> = (details: Details, callback: (response: Response) => void) => void;

/** One place for a listener, as Electron has one for each event: the last one set is called. */
class Question<Details extends Asked, Response extends object> {
  #listener: Listener<Details, Response> | null = null;
  #applies: (asked: Asked) => boolean = () => true;
  readonly #changed: () => void;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  get isSet(): boolean {
    return this.#listener !== null;
  }

  set(
    filterOrListener: WebRequestFilter | Listener<Details, Response> | null,
    listener?: Listener<Details, Response> | null,
  ): void {
    if (typeof filterOrListener === 'function' || filterOrListener === null) {
      this.#listener = filterOrListener;
      this.#applies = () => true;
    } else {
      this.#listener = listener ?? null;
      this.#applies = filterPredicate(filterOrListener);
    }
    this.#changed();
  }

  ask(details: Details): Promise<Response | undefined> {
    const listener = this.#listener;
    if (listener === null || !this.#applies(details)) return Promise.resolve(undefined);
    return new Promise((resolve) => {
      listener(details, resolve);
    });
  }
}

function filterPredicate({ urls, excludeUrls = [], types }: WebRequestFilter): (asked: Asked) => boolean {
  const included = urls.map(urlPattern);
  const excluded = excludeUrls.map(urlPattern);
  return ({ url, resourceType }) =>
    included.some((pattern) => pattern.test(url)) &&
    !excluded.some((pattern) => pattern.test(url)) &&
    (types === undefined || types.some((type) => type === resourceType));
}

/** A match pattern such as `*://*.example.com/*`. */
function urlPattern(pattern: string): RegExp {
  if (pattern === '<all_urls>') return /^/u;
  const parts = /^(?<scheme>[^:]+):\/\/(?<host>[^/]*)(?<path>\/.*)?$/u.exec(pattern)?.groups;
  if (parts === undefined) throw new TypeError(`Invalid url pattern ${pattern}`);
  const literal = (text: string) => text.replaceAll(/[.+?^${}()|[\]\\]/gu, String.raw`\$&`);
  const scheme = parts.scheme === '*' ? '(?:https?|wss?|file|ftp)' : literal(parts.scheme!);
  const host = literal(parts.host!).replace(/^\*\\\./u, '(?:[^/]+\\.)?').replaceAll('*', '[^/]*');
  const port = /:\d+$/u.test(parts.host!) ? '' : '(?::\\d+)?';
  return new RegExp(`^${scheme}://${host}${port}${literal(parts.path ?? '/*').replaceAll('*', '.*')}$`, 'u');
}

type WebRequestApi = Pick<WebRequest, 'onBeforeRequest' | 'onBeforeSendHeaders' | 'onHeadersReceived'>;

/** The app's listeners for the requests of a session. */
export class RequestFilters {
  readonly beforeRequest: Question<OnBeforeRequestListenerDetails, CallbackResponse>;
  readonly beforeSendHeaders: Question<OnBeforeSendHeadersListenerDetails, BeforeSendResponse>;
  readonly headersReceived: Question<OnHeadersReceivedListenerDetails, HeadersReceivedResponse>;
  readonly electronApi: WebRequestApi;

  constructor(changed: () => void) {
    const beforeRequest = new Question<OnBeforeRequestListenerDetails, CallbackResponse>(changed);
    const beforeSendHeaders = new Question<OnBeforeSendHeadersListenerDetails, BeforeSendResponse>(changed);
    const headersReceived = new Question<OnHeadersReceivedListenerDetails, HeadersReceivedResponse>(changed);
    this.beforeRequest = beforeRequest;
    this.beforeSendHeaders = beforeSendHeaders;
    this.headersReceived = headersReceived;
    this.electronApi = refusingOthers<WebRequestApi>('session.webRequest', {
      onBeforeRequest: (...args: Parameters<typeof beforeRequest.set>) => beforeRequest.set(...args),
      onBeforeSendHeaders: (...args: Parameters<typeof beforeSendHeaders.set>) => beforeSendHeaders.set(...args),
      onHeadersReceived: (...args: Parameters<typeof headersReceived.set>) => headersReceived.set(...args),
    });
  }

  get any(): boolean {
    return this.beforeRequest.isSet || this.beforeSendHeaders.isSet || this.headersReceived.isSet;
  }
}
