import { randomUUID } from 'node:crypto';
import { containsCardNumber } from '../../contract/card-number.ts';

/** A unique id. About one in some thousands looks like a card number and would be refused by text checks: those are skipped. */
export function newId(make: () => string = randomUUID): string {
  for (;;) {
    const id = make();
    if (!containsCardNumber(id)) return id;
  }
}
