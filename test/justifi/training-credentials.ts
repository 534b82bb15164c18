import type { Credentials } from '../../main/training/access-token.ts';

/** What a test's JustiFi knows when it is told nothing else. The till's own training JustiFi never does. */
export const trainingCredentials: Credentials = { clientId: 'test_training', clientSecret: 'training' };
