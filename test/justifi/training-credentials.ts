import type { Credentials } from '../../main/training/access-token.ts';

/** The default credentials of a test's JustiFi. The till's own training JustiFi never accepts them. */
export const trainingCredentials: Credentials = { clientId: 'test_training', clientSecret: 'training' };
