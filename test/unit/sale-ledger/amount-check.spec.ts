import { beforeEach, describe, expect, test } from 'vitest';
import { setTheCounter } from '../counter.ts';

let counter: ReturnType<typeof setTheCounter>;
beforeEach(() => {
  counter = setTheCounter();
});

const sale = () => counter.register.sale();

describe('the amount that JustiFi holds', () => {
  /** The change was acknowledged, and not kept. */
  function keepNoChange(): void {
    const { confirm } = counter.trouble;
    counter.trouble.confirm = (checkout) => {
      counter.api.set(checkout.id, { ...checkout, amountInCents: 51, totalInCents: 51, description: 'preparing' });
      return confirm(checkout);
    };
  }

  test('is read again when the form is on the screen: another amount closes the form, and a new checkout is created', async () => {
    keepNoChange();
    await counter.toReady();
    await counter.settle();
    expect(counter.requests).toContain('create 1799');
    counter.forms.filter(({ state }) => state === 'hidden').forEach(({ becomeReady }) => becomeReady());
    await counter.settle();
    expect(sale()).toMatchObject({ kind: 'ready', checkoutId: 'cho_2', purchase: { description: 'One donut' } });
    expect(counter.forms[0]!.state).toBe('closed');
    expect((await counter.pay({ componentAmountInCents: 1799 })).kind).toBe('ok');
  });

  test('is waited for by Pay, without which nothing is charged', async () => {
    const gate = counter.holdReads();
    await counter.toReady();
    let answer = 'none';
    void counter.pay().then(({ kind }) => (answer = kind));
    await counter.settle();
    expect(answer).toBe('none');
    expect(counter.kinds()).not.toContain('submit-allowed');
    gate.open();
    await counter.settle();
    expect(answer).toBe('ok');
  });

  test('is not charged without JustiFi’s answer', async () => {
    counter.trouble.read = { kind: 'network', code: 'ECONNREFUSED' };
    await counter.toReady();
    const paying = counter.pay();
    await counter.pass(20_000);
    expect(await paying).toMatchObject({ kind: 'failed', failure: { kind: 'not-now' } });
    expect(sale().kind).toBe('ready');
    expect(counter.kinds()).not.toContain('submit-allowed');
  });

  test('is asked for again when the answer is older than a minute', async () => {
    await counter.toReady();
    await counter.settle();
    const reads = () => counter.requests.filter((request) => request === 'read cho_1').length;
    const before = reads();
    await counter.pass(61_000);
    counter.api.set('cho_1', { ...counter.api.get('cho_1')!, amountInCents: 71_700, totalInCents: 71_700 });
    expect((await counter.pay()).kind).toBe('failed');
    expect(reads()).toBeGreaterThan(before);
    expect(sale().kind).not.toBe('submitting');
  });

  test('costs Charge nothing: the form is shown before it is read', async () => {
    counter.holdReads();
    await counter.toReady();
    expect(sale().kind).toBe('ready');
    expect(counter.form().state).toBe('shown');
  });
});
