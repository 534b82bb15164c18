import { join } from 'node:path';
import { LONGEST_PROVISION_ORDER } from '../../contract/provision-order.ts';
import { type Result, failed, ok } from '../../contract/result.ts';
import { takePrivateFile } from '../files/private-file.ts';
import { COUNTER, createAudit } from '../manager/audit.ts';
import { createCashiers } from '../manager/cashiers.ts';
import { provision } from '../manager/provision.ts';
import type { JournalWork } from '../storage/journal-work.ts';
import type { FindRoute } from '../network/route.ts';
import { createAppServices } from './app-services.ts';
import { createManagerAccess } from './manager-access.ts';
import { newId } from './new-id.ts';
import { openPaymentsOf } from './open-payments.ts';

type ProvisionRun = {
  readonly dataFolder: string;
  readonly policyFile: string;
  readonly journalWork: JournalWork;
  /** False: Counter is running already. */
  readonly isFirst: boolean;
  readonly findRoute: FindRoute;
  /** The arguments after `--provision` on the command line. */
  readonly hasMoreArguments: boolean;
  /** All of standard input; null when it is longer than `most` characters. */
  readonly readInput: (most: number) => Promise<string | null>;
};

/** In the data folder: for Windows, where a program with windows has no standard input (electron/electron#21705). */
const ORDER_FILE = 'provision.json';

/** How a run without a window ends: its exit code, and a line for the terminal. */
type Ending = { readonly code: 0 | 1; readonly sentence: string };

/** `counter --provision`: an administrator connects the register without a window. The order comes on standard input, or in a file that only this user can read. */
export async function runProvision({ dataFolder, policyFile, journalWork, findRoute, isFirst, hasMoreArguments, readInput }: ProvisionRun): Promise<Ending> {
  if (hasMoreArguments) return ended(1, `Nothing may follow --provision: every user of the PC can read a command line. Give it on standard input, or in ${ORDER_FILE}.`);
  if (!isFirst) return ended(1, 'Counter is running. Close it, then provision.');
  const services = createAppServices({ dataFolder, policyFile, journalWork, findRoute });
  const { redactor, log, settings, tryCredentials } = services;
  const auditFile = services.openAuditLog(() => {});
  const audit = createAudit({
    store: () => auditFile,
    registerName: () => settings.read().registerName,
    saveFile: async () => failed({ kind: 'cancelled' }),
    systemLocale: () => 'en',
    onUnwritable: (action) => log.error('audit.unwritable', { action }),
  });
  const { access, pepper } = createManagerAccess(services, { note: ({ kind, ...detail }) => audit.noteFirst(COUNTER, kind, { ...detail, asked: 'provisioning' }), onChange: () => {} });
  const cashiers = createCashiers({ pins: services.pins, readPepper: pepper.read, isBusy: () => false, monotonicMs: services.monotonicMs, newId, note: audit.note, noteFirst: audit.noteFirst, onChange: () => {} });
  const order = await readOrder(dataFolder, readInput);
  if (order.kind === 'failed') {
    log.error('provision.failed', { kind: 'order-file', why: order.failure });
    return ended(1, notRead(order.failure));
  }
  const input = order.value;
  await services.decideState();
  const done = await provision({
    input,
    settings: { ...settings, change: services.begin },
    audit,
    access,
    cashiers,
    tryCredentials,
    openPayments() {
      const { account } = services.settings.read();
      return account === null ? 0 : openPaymentsOf(dataFolder, account, services.utcNow);
    },
    keychain: services.accountKeychain,
    protect: redactor.protect,
  });
  if (done.kind === 'ok') await pepper.keep();
  auditFile.close();
  if (done.kind === 'failed') {
    log.error('provision.failed', { ...done.failure });
    const code = 'code' in done.failure ? `, ${done.failure.code}` : '';
    return ended(1, `Counter was not connected (${done.failure.kind}${code}). Nothing was changed.`);
  }
  const { name, subAccountId, mode, notSaved } = done.value;
  log.info('provision.done', { subAccountId, mode, notSaved });
  if (notSaved !== null) return ended(1, `Counter is connected to ${name} (${subAccountId}), ${mode}, but the PINs of the order are not saved (${notSaved}).`);
  return ended(0, `Counter is connected to ${name} (${subAccountId}), ${mode}.`);
}

/** The text on standard input, or of the file where that is empty. The file is deleted in either case: it holds a secret. */
async function readOrder(dataFolder: string, readInput: ProvisionRun['readInput']): Promise<Result<string | null, string>> {
  const input = await readInput(LONGEST_PROVISION_ORDER);
  const file = takePrivateFile(join(dataFolder, ORDER_FILE), LONGEST_PROVISION_ORDER);
  if (file.kind === 'failed' && file.failure !== 'ENOENT') return file;
  return ok(input !== '' || file.kind === 'failed' ? input : file.value);
}

function notRead(why: string): string {
  if (why === 'not-private') return `Other users of this PC could read ${ORDER_FILE}. It was deleted, and nothing was changed: replace the secret that was in it.`;
  if (why === 'not-deleted') return `Counter cannot delete ${ORDER_FILE}, so nothing was changed: delete it yourself.`;
  return `${ORDER_FILE} cannot be read (${why}). Nothing was changed.`;
}

function ended(code: 0 | 1, sentence: string): Ending {
  return { code, sentence };
}
