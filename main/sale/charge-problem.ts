import { connectionFailure } from '../../contract/connection-failure.ts';
import type { ChargeProblem } from '../../contract/problem.ts';
import { assertNever } from '../../contract/result.ts';
import type { JustifiFailure } from './justifi-failure.ts';

/** The cashier's problem after a failed request during the preparation of a sale, when nothing can have been charged. */
export function chargeProblem(failure: JustifiFailure): ChargeProblem {
  switch (failure.kind) {
    case 'network':
      return { kind: 'no-connection', ...connectionFailure(failure.code) };
    case 'unauthorised':
      return { kind: 'not-set-up', code: 'auth-401' };
    case 'forbidden':
      return { kind: 'not-set-up', code: 'permission-403' };
    case 'invalid':
      // JustiFi answers 400 when the sub account is not enabled, and 404 when it does not exist.
      return failure.status === 422 ? { kind: 'service-trouble', code: failure.code } : { kind: 'not-set-up', code: failure.code };
    case 'rate-limited':
      return { kind: 'too-many-tries' };
    case 'declined':
    case 'conflict':
    case 'server':
    case 'unexpected':
      return { kind: 'service-trouble', code: failure.code };
    default:
      return assertNever(failure);
  }
}
