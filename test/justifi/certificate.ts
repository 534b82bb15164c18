import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export type Certificate = { readonly cert: string; readonly key: string };

/** A certificate for these names and this address, good for a day and trusted by nobody; undefined where there is no openssl to make it. */
export function selfSignedCertificate(hosts: readonly string[], address: string = '127.0.0.1'): Certificate | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'counter-certificate-'));
  const file = (name: string) => join(folder, name);
  const names = [...hosts.map((host) => `DNS:${host}`), `IP:${address}`].join(',');
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

/** One that was good for a day in 2020. */
export function expiredCertificate(): Certificate | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'counter-certificate-'));
  const file = (name: string) => join(folder, name);
  mkdirSync(file('signed'));
  for (const [name, text] of [['index', ''], ['serial', '01'], ['config', EXPIRED_CONFIG.replaceAll('<folder>', folder)]] as const) writeFileSync(file(name), text);
  try {
    execFileSync('openssl', ['req', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-subj', '/CN=localhost', '-keyout', file('key'), '-out', file('request')], { stdio: 'ignore' });
    execFileSync('openssl', ['ca', '-batch', '-selfsign', '-notext', '-config', file('config'), '-keyfile', file('key'), '-startdate', '20200101000000Z', '-enddate', '20200102000000Z', '-in', file('request'), '-out', file('cert')], { stdio: 'ignore' });
    return { cert: readFileSync(file('cert'), 'utf8'), key: readFileSync(file('key'), 'utf8') };
  } catch {
    return undefined;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const EXPIRED_CONFIG = `[ca]
default_ca = own
[own]
database = <folder>/index
serial = <folder>/serial
new_certs_dir = <folder>/signed
default_md = sha256
policy = any
x509_extensions = names
[any]
commonName = supplied
[names]
subjectAltName = DNS:localhost,IP:127.0.0.1
`;
