import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { KeyMode } from './books.ts';
import type { Outcome, TrainingRequest } from './exchange.ts';
import { refuse } from './refusal.ts';
import type { World } from './world.ts';

export type Credentials = { readonly clientId: string; readonly clientSecret: string };

/** SECURITY: random for each run, and known to main only: no other program of the PC gets a token. */
export function newTrainingCredentials(): Credentials {
  return { clientId: 'test_training', clientSecret: randomBytes(24).toString('base64url') };
}

const ACCESS_TOKEN_LIFETIME_MS = 24 * 60 * 60 * 1000;

const tokenRequest = z.object({ client_id: z.string(), client_secret: z.string() });

/** `POST /oauth/token`: JSON as documented, or a form as OAuth has it. */
export function issueAccessToken(world: World, credentials: readonly Credentials[], request: TrainingRequest): Outcome {
  const asked = tokenRequest.safeParse(fieldsOf(request));
  const isKnown =
    asked.success &&
    credentials.some(
      ({ clientId, clientSecret }) =>
        isSame(clientId, asked.data.client_id) && isSame(clientSecret, asked.data.client_secret),
    );
  if (!isKnown) {
    return world.settings().wrongCredentialsStatus === 404 ? refuse('resource_not_found') : refuse('not_authenticated');
  }
  const token = world.newId('at');
  world.books.accessTokens.set(token, { mode: modeOf(asked.data.client_id), expiresAt: world.now() + ACCESS_TOKEN_LIFETIME_MS });
  return {
    kind: 'done',
    status: 200,
    body: { access_token: token, expires_in: ACCESS_TOKEN_LIFETIME_MS / 1000, token_type: 'Bearer' },
  };
}

/** JustiFi marks its client ids. */
function modeOf(clientId: string): KeyMode {
  return clientId.startsWith('live_') ? 'live' : 'test';
}

function fieldsOf(request: TrainingRequest): unknown {
  if (request.headers['content-type']?.startsWith('application/x-www-form-urlencoded')) {
    return Object.fromEntries(new URLSearchParams(request.body));
  }
  try {
    return JSON.parse(request.body);
  } catch {
    return undefined;
  }
}

function isSame(left: string, right: string): boolean {
  return timingSafeEqual(digest(left), digest(right));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
