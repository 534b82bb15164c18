import { z } from 'zod';
import { assertNever } from '../../contract/result.ts';
import type { Outcome, Refusal } from './exchange.ts';
import { refuse } from './refusal.ts';
import { readBody } from './request-body.ts';
import { type Role, parseRole } from './role.ts';
import { findSubAccount } from './sub-account-header.ts';
import type { Call, World } from './world.ts';

const WEB_COMPONENT_TOKEN_LIFETIME_MS = 60 * 60 * 1000;
const LIMIT_WINDOW_MS = 10_000;
const LIMIT_IN_WINDOW = 2;
const LIMIT_PER_TOKEN = 10;

const tokenRequest = z.object({ resources: z.array(z.string()).min(1) });

/** `POST /v1/web_component_tokens`: like JustiFi's it is answered without an envelope. */
export function issueWebComponentToken(world: World, call: Call): Outcome {
  const read = readBody(tokenRequest, call.body);
  if (read.kind === 'failed') return read.failure;
  const roles: Role[] = [];
  for (const text of read.value.resources) {
    const role = parseRole(text);
    if (!role) return refuse('invalid_parameter', { param: 'resources', message: `Unknown resource: ${text}` });
    if (!exists(world, role)) return refuse('resource_not_found', { param: 'resources' });
    roles.push(role);
  }
  const token = world.newId('wct');
  world.books.webComponentTokens.set(token, {
    roles,
    expiresAt: world.now() + WEB_COMPONENT_TOKEN_LIFETIME_MS,
    posts: [],
  });
  return {
    kind: 'done',
    status: 200,
    body: { access_token: token, expires_in: WEB_COMPONENT_TOKEN_LIFETIME_MS / 1000, token_type: 'Bearer' },
  };
}

/** Counts one POST against the limits that JustiFi documents for its components. */
export function countPost(world: World, token: string, endpoint: string): Refusal | undefined {
  const record = world.books.webComponentTokens.get(token);
  if (!record || world.settings().componentLimits === 'off') return undefined;
  const now = world.now();
  const earlier = record.posts.filter((post) => post.endpoint === endpoint);
  const recent = earlier.filter((post) => now - post.at < LIMIT_WINDOW_MS);
  if (earlier.length >= LIMIT_PER_TOKEN || recent.length >= LIMIT_IN_WINDOW) return refuse('too_many_requests');
  world.books.webComponentTokens.set(token, { ...record, posts: [...record.posts, { endpoint, at: now }] });
  return undefined;
}

function exists(world: World, role: Role): boolean {
  switch (role.resource) {
    case 'checkout':
      return world.books.checkouts.has(role.id);
    case 'tokenize':
    case 'account':
      return findSubAccount(world, role.id) !== undefined;
    case 'business':
      return findSubAccount(world, role.id.replace(/^biz_/, 'acc_')) !== undefined;
    default:
      return assertNever(role.resource);
  }
}
