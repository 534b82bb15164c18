import { AT_SEZZLE, PAYING } from '../till-page/snapshots.ts';
import type { TillSnapshot } from '../../contract/till-snapshot.ts';
import { heard, listen } from '../till-page/announcements.ts';
import { expect, testOn } from '../till-page/scripted-till.ts';

/* The text beside the form while the customer pays at Sezzle, on the built page of the till. */

const test = testOn(AT_SEZZLE);

test('the customer is at Sezzle: the time left, the state of the money, and how to stop; then that they have finished there', async ({ app }) => {
  const state = app.page.locator('#root .at-sezzle');
  await expect(state).toContainText('The customer is at Sezzle, in a window of its own.');
  await expect(state).toContainText('14:12 left');
  await expect(state).toContainText('Nothing is charged until they agree there.');
  await expect(state).toContainText('Close Sezzle’s window');
  await expect(app.page.locator('#root').getByText('Processing payment')).toBeHidden();
  await app.wait(72_000);
  await expect(state).toContainText('13:00 left');
  await listen(app.page);
  await app.push({ ...AT_SEZZLE, secondsToPay: null });
  await app.wait();
  await expect(state).toHaveText('The customer is done at Sezzle.Waiting for JustiFi’s answer. Don’t hand anything over yet…');
  expect(await heard(app.page)).toEqual(['The customer is done at Sezzle. Waiting for JustiFi’s answer. Don’t hand anything over yet…']);
});

test('before that, the instruction for the customer; an unknown outcome is UNKNOWN as for every way to pay', async ({ app }) => {
  const before = { ...AT_SEZZLE, secondsToPay: null, sale: { ...PAYING[1]!, tender: 'sezzle' } as TillSnapshot['sale'] };
  await app.push(before);
  await app.wait();
  await expect(app.page.locator('#root .at-sezzle')).toHaveText('Ask the customer to press Pay with Sezzle, and to agree there.');
  await app.push({ ...before, sale: { ...PAYING[3]!, tender: 'sezzle' } as TillSnapshot['sale'] });
  await app.wait();
  await app.says('UNKNOWN');
  await expect(app.page.locator('#root .at-sezzle')).toHaveCount(0);
});
