import type { setTheCounter } from '../counter.ts';

type Counter = ReturnType<typeof setTheCounter>;

/** The sale was left while its outcome was open. */
export async function toUnresolved(counter: Counter): Promise<void> {
  await counter.toReady();
  await counter.pay();
  counter.trouble.read = { kind: 'network', code: 'ECONNREFUSED' };
  await counter.pass(16_000);
  counter.register.serveNext('sale-1');
  counter.trouble.read = null;
}

/** The sale was left, and JustiFi reports its payment afterwards. */
export async function toLate(counter: Counter, chargedInCents?: number, paymentStatus: 'succeeded' | 'pending' = 'succeeded'): Promise<void> {
  await toUnresolved(counter);
  counter.complete('cho_1', paymentStatus, chargedInCents);
  counter.register.online();
  await counter.settle();
}
