import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { startLiveNetwork } from '../justifi/live-network.ts';

test('the app’s own client reaches the JustiFi of a test under its live name, and no other program does', async () => {
  const network = await startLiveNetwork();
  const script = `
    const { openConnections } = await import('./main/justifi/connection.ts');
    const { clientCredentialsSource } = await import('./main/justifi/client-credentials.ts');
    const { JUSTIFI_API } = await import('./main/justifi/authorised-api.ts');
    const connections = openConnections();
    const token = await clientCredentialsSource(JUSTIFI_API, { clientId: 'test_training', clientSecret: 'training' }, connections.send)();
    process.stdout.write(JSON.stringify(token.kind === 'ok' ? 'ok' : token.failure));
    await connections.close();`;
  const run = (env: NodeJS.ProcessEnv, args: readonly string[]) =>
    promisify(execFile)(process.execPath, [...args, '--input-type=module', '-e', script], { env: { ...process.env, ...env } });
  try {
    expect(JSON.parse((await run(network.launch.env, network.launch.nodeArgs)).stdout)).toBe('ok');
    // Without the authority the certificate is refused: TLS errors are fatal (S-24).
    const distrusting = await run({ ...network.launch.env, NODE_EXTRA_CA_CERTS: '' }, network.launch.nodeArgs);
    expect(JSON.parse(distrusting.stdout)).toMatchObject({ kind: 'network', code: expect.stringMatching(/SELF_SIGNED|UNABLE_TO_VERIFY/u) });
  } finally {
    await network.close();
  }
});
