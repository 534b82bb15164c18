import { rmSync } from 'node:fs';
import { parseJson } from '../../contract/json.ts';
import { NO_POLICY, type Policy, type PolicyTrouble, byName, fromNames, policy } from '../../contract/policy.ts';
import { checkRegisterSettings, registerSettings } from '../../contract/register-settings.ts';
import { type Result, failed, ok } from '../../contract/result.ts';
import type { Unprotected } from '../files/administrators-file.ts';
import { readBounded } from '../files/bounded-file.ts';
import { writeAtomically } from './atomic-write.ts';

/** In bytes: far more than all settings need. */
export const LONGEST_POLICY = 64_000;

type PolicyInForce = { readonly policy: Policy; readonly trouble: PolicyTrouble | null };

/**
 * Reads the administrator's policy. A file with a mistake is not applied in part, and one that another user could have written not at all:
 * then the last good one, remembered in the file `remembered`, stays in force, so that breaking the file unlocks nothing; where there is none,
 * there is no policy. Without a file there is no policy either, and none is remembered.
 */
export function readPolicy(readCompanys: () => Result<string, string | Unprotected>, remembered: string): PolicyInForce {
  const read = load(readCompanys());
  if (read.kind === 'ok') {
    if (read.value === null) forget(remembered);
    else remember(remembered, read.value);
    return { policy: read.value ?? NO_POLICY, trouble: null };
  }
  const last = load(readBounded(remembered, LONGEST_POLICY));
  const lastValid = last.kind === 'ok' ? last.value : null;
  return { policy: lastValid ?? NO_POLICY, trouble: { ...read.failure, inForce: lastValid === null ? 'none' : 'last-valid' } };
}

/** Null: there is no file. A failure contains the place of the mistake. */
function load(text: Result<string, string | Unprotected>): Result<Policy | null, Pick<PolicyTrouble, 'what' | 'where'>> {
  const mistake = (where: string) => failed({ what: 'mistake', where } as const);
  if (text.kind === 'ok') {
    const parsed = parsePolicy(text.value);
    return parsed.kind === 'ok' ? parsed : mistake(parsed.failure);
  }
  if (typeof text.failure === 'object') return failed({ what: 'unprotected', where: text.failure.unprotected });
  if (text.failure === 'ENOENT') return ok(null);
  return mistake(text.failure === 'too-long' ? 'too long' : 'cannot be read');
}

export function parsePolicy(text: string): Result<Policy, string> {
  const parsed = policy.safeParse(parseJson(text));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return failed(issue === undefined || issue.path.length === 0 ? 'not a policy' : issue.path.join('.'));
  }
  const preset = byName(parsed.data.settings);
  const lost = parsed.data.locked.find((name) => !preset.has(name));
  if (lost !== undefined) return failed(`locked: ${lost} has no value`);
  const whole = checkRegisterSettings(registerSettings.parse(parsed.data.settings));
  if (whole.kind === 'failed') return failed(whole.failure.kind);
  // Normalised as a manager's screen would save it: otherwise an extra blank would make every save a change of a locked setting.
  const tidy = byName(whole.value);
  const settings = fromNames(new Map([...preset].map(([name, value]) => [name, tidy.has(name) ? tidy.get(name) : value])));
  return ok({ ...parsed.data, settings });
}

function remember(file: string, good: Policy): void {
  try {
    writeAtomically(file, JSON.stringify(good));
  } catch {
    // On a full disk only the fallback for a later mistake in the file is missing.
  }
}

function forget(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {
    // It would count again only if the company's file came back with a mistake.
  }
}
