import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { openAccountRegister } from '../../main/account/open-register.ts';
import { keepAccessToken } from '../../main/justifi/access-token.ts';
import { openCheckouts } from '../../main/justifi/account.ts';
import { createApi } from '../../main/justifi/api.ts';
import { clientCredentialsSource } from '../../main/justifi/client-credentials.ts';
import { isAnswering, openConnections } from '../../main/justifi/connection.ts';
import { createPayments } from '../../main/justifi/payment.ts';
import type { CheckoutForms } from '../../main/sale/card-form/checkout-form.ts';
import type { OpenAccount } from '../../main/sale/till.ts';
import { openSettings } from '../../main/storage/settings.ts';
import { trainingCredentials } from '../justifi/training-credentials.ts';
import type { TestJustifi } from '../justifi/justifi.ts';
import type { ShopTime } from '../storm/shop-time.ts';

export const ACCOUNT = 'acc_trainingShop';

/** A register with its real journal and its real line to JustiFi, without windows; its time may pass faster than ours. */
export type QuickShop = {
  open(forms?: CheckoutForms): OpenAccount;
  /** As a till that is quit. */
  close(): void;
  end(): Promise<void>;
};

export const noForms: CheckoutForms = { open: () => ({ ready: Promise.resolve(false), show: () => Promise.resolve(false), hide() {}, close() {} }) };

export function openQuickShop(parts: { readonly justifi: TestJustifi; readonly folder: string; readonly time: ShopTime }): QuickShop {
  const { justifi, folder, time } = parts;
  const connections = openConnections();
  /** The till that is open; the one before it has let go of its journal. */
  let account: OpenAccount | null = null;

  function close(): void {
    account?.close();
    account = null;
  }

  return {
    open(forms = noForms) {
      close();
      const settings = openSettings(join(folder, 'settings.json'), () => {});
      settings.change({ registerId: 'register-1' });
      const log = { info: () => {}, warn: () => {}, error: () => {}, tail: () => [] };
      const accessTokens = keepAccessToken(clientCredentialsSource(justifi.origin, trainingCredentials, connections.send), time.monotonicMs);
      const api = createApi({ baseUrl: justifi.origin, sendRequest: connections.send, accessTokens, pause: time.pause });
      const opened = openAccountRegister(
        {
          dataFolder: folder,
          version: '0.1.0',
          settings: settings.read,
          forms,
          timers: time.timers,
          monotonicMs: time.monotonicMs,
          utcNow: () => new Date().toISOString(),
          log,
          typed: () => ({ saleId: randomUUID(), amountInCents: 0, description: '' }),
          check: 'tail',
          onJournal: (mode) => {
            settings.change({ journals: [mode] });
          },
          cashier: () => null,
          onRecorded: () => {},
          onDamaged: () => {},
          onChange: () => {},
        },
        {
          view: { kind: 'connected', subAccountId: ACCOUNT, name: 'Training Shop', through: 'client' },
          mode: 'test',
          currency: 'USD',
          checkouts: openCheckouts(api, ACCOUNT, 'http://localhost:47615', { read: () => 'url', remember: () => {} }),
          payments: createPayments(api, ACCOUNT),
          problem: () => Promise.resolve(null),
          isAnswering: () => isAnswering(connections.send, justifi.origin),
        },
      );
      if (opened.account.kind !== 'open') throw new Error(`The till is ${opened.account.kind}`);
      ({ account } = opened);
      return opened.account;
    },
    close,
    async end() {
      close();
      await connections.close();
    },
  };
}
