import { randomBytes } from 'node:crypto';
import { type Credentials, newTrainingCredentials } from '../training/access-token.ts';
import { createBooks } from '../training/books.ts';
import { type TrainingJustifi, createTrainingJustifi } from '../training/justifi.ts';
import { startTrainingServer } from '../training/server.ts';
import type { CustomerBook } from '../sale/saved/customer-book.ts';
import { newId } from './new-id.ts';
import { openTrainingCustomers } from './saved-cards.ts';

const TRAINING_CARD_NETWORK_MS = 900;
/** Records of each kind, for example checkouts: more than a day of training makes. */
const TRAINING_RECORDS_KEPT = 1_000;

/** The JustiFi of training mode: a server of Counter's own on loopback, and the credentials that it takes. */
export type Training = { readonly customers: CustomerBook | null; readonly server: ReturnType<typeof startTrainingServer>; readonly credentials: Credentials; readonly justifi: TrainingJustifi };

export function startTraining(pageOrigin: string, utcNow: () => string): Training {
  const credentials = newTrainingCredentials();
  const settings = { sezzleWindow: '' };
  const justifi = createTrainingJustifi({
    credentials: [credentials],
    settings,
    books: createBooks(TRAINING_RECORDS_KEPT),
    // A real card network takes a second or two; a trainee should see "Processing".
    cardNetwork: () => new Promise((resolve) => setTimeout(resolve, TRAINING_CARD_NETWORK_MS)),
    now: Date.now,
    newId: (prefix) => newId(() => `${prefix}_${randomBytes(11).toString('hex')}`),
  });
  // Set before the first checkout: Sezzle's windows open at the server itself.
  const server = startTrainingServer(justifi, { host: '127.0.0.1', checkoutPage: pageOrigin }).then((started) => {
    settings.sezzleWindow = started.origin;
    return started;
  });
  return { customers: openTrainingCustomers(justifi, utcNow), credentials, justifi, server };
}
