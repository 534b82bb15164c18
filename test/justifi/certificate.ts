import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export type Certificate = { readonly cert: string; readonly key: string };

/** A certificate for these names, good for a day and trusted by nobody; undefined where there is no openssl to make it. */
export function selfSignedCertificate(hosts: readonly string[]): Certificate | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'counter-certificate-'));
  const file = (name: string) => join(folder, name);
  const names = [...hosts.map((host) => `DNS:${host}`), 'IP:127.0.0.1'].join(',');
  const request = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '1'];
  try {
    execFileSync(
      'openssl',
      [...request, '-subj', '/CN=localhost', '-addext', `subjectAltName=${names}`, '-keyout', file('key'), '-out', file('cert')],
      { stdio: 'ignore' },
    );
    return { cert: readFileSync(file('cert'), 'utf8'), key: readFileSync(file('key'), 'utf8') };
  } catch {
    return undefined;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
