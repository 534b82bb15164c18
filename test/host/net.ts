import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { refusingOthers } from './not-in-host.ts';

/** Of the file types that an app serves from its own folder. */
const mediaTypes: Readonly<Record<string, string>> = {
  '.css': 'text/css',
  '.html': 'text/html',
  '.ico': 'image/x-icon',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.mjs': 'text/javascript',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain',
  '.wasm': 'application/wasm',
  '.woff2': 'font/woff2',
};

let online = true;

export function setOnline(isOnline: boolean): void {
  online = isOnline;
}

async function fetchFile(url: string): Promise<Response> {
  const path = fileURLToPath(url);
  const content = await readFile(path).catch(() => {
    throw new Error('net::ERR_FILE_NOT_FOUND');
  });
  const type = mediaTypes[extname(path).toLowerCase()] ?? 'application/octet-stream';
  return new Response(new Uint8Array(content), { headers: { 'content-type': type } });
}

/** Node's network instead of Chromium's: no proxy settings of the session, no cookies. */
export const net = refusingOthers('net', {
  fetch(input: string | Request, init?: RequestInit): Promise<Response> {
    const url = typeof input === 'string' ? input : input.url;
    return url.startsWith('file:') ? fetchFile(url) : fetch(input, init);
  },
  isOnline: (): boolean => online,
  get online(): boolean {
    return online;
  },
});
