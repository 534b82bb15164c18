import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export type Certificate = { readonly cert: string; readonly key: string };

/** A certificate for these names and this address, valid for a day and not trusted; undefined where there is no openssl to make it. */
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

/** A certificate for these names by an authority of its own, as a network has that inspects traffic; undefined where there is no openssl. */
export function inspectorsCertificate(hosts: readonly string[]): (Certificate & { readonly authority: string }) | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'counter-certificate-'));
  const file = (name: string) => join(folder, name);
  const request = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '1'];
  const names = ['-addext', `subjectAltName=${hosts.map((host) => `DNS:${host}`).join(',')}`, '-addext', 'basicConstraints=critical,CA:FALSE', '-addext', 'extendedKeyUsage=serverAuth'];
  try {
    execFileSync('openssl', [...request, '-subj', '/CN=Inspector of the shop network', '-keyout', file('authority-key'), '-out', file('authority')], { stdio: 'ignore' });
    execFileSync('openssl', [...request, '-subj', '/CN=inspected', ...names, '-CA', file('authority'), '-CAkey', file('authority-key'), '-keyout', file('key'), '-out', file('cert')], { stdio: 'ignore' });
    const read = (name: string) => readFileSync(file(name), 'utf8');
    return { cert: read('cert'), key: read('key'), authority: read('authority') };
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
