import type { Keyboard, Locator, Page } from 'playwright';
import { expect } from 'playwright/test';

/** As playwright.config.ts has it for the end-to-end specs; others use the form as well. */
const SOON = { timeout: 20_000 };

/** JustiFi's test cards. */
export const CARDS = {
  pays: '4242424242424242',
  declined: '4000000000000002',
  noMoney: '4000000000009995',
  invalid: '4242424242424241',
} as const;

/** The rest of each card, in the order of the fields. */
export const REST_OF_CARD = [['expirationMonth', '09'], ['expirationYear', '37'], ['CVV', '987']] as const;

/** The checkout page as the customer uses it. */
export type CardForm = {
  readonly page: Page;
  field(name: 'cardNumber' | 'expirationMonth' | 'expirationYear' | 'CVV' | 'accountNumber' | 'routingNumber'): Locator;
  fillCard(number: string): Promise<void>;
  /** Everything but the card number. */
  fillRest(): Promise<void>;
  fillBankAccount(): Promise<void>;
  /** Of the one way that is offered, or is chosen. */
  fillAccount(): Promise<void>;
  pay(): Promise<void>;
  payByCard(number: string): Promise<void>;
  /** Without a pointer, from the card number until Pay has the focus. */
  typeCard(number: string, keyboard?: Keyboard): Promise<void>;
  /** From the card number to Pay without a pointer. */
  payByKeyboard(number: string, keyboard?: Keyboard): Promise<void>;
  /** Esc closes the form's page, often before the key is up again. */
  leaveByEsc(): Promise<void>;
};

export function cardForm(page: Page): CardForm {
  const field: CardForm['field'] = (name) => page.frameLocator(`iframe[name="${name}"]`).locator('input');
  const pay = () => page.getByRole('button', { name: 'Pay', exact: true }).click();
  const form: CardForm = {
    page,
    field,
    pay,
    async fillCard(number) {
      await field('cardNumber').fill(number);
      await form.fillRest();
    },
    async fillRest() {
      for (const [name, digits] of REST_OF_CARD) await field(name).fill(digits);
      await page.getByRole('textbox', { name: 'Postal Code' }).fill('55114');
    },
    async fillBankAccount() {
      await page.getByText('New bank account').click();
      // The form is held back until its fields keep what is typed.
      await page.locator('iframe[name="accountNumber"]').waitFor();
      await page.locator('#form:not([inert])').waitFor();
      await form.fillAccount();
    },
    async fillAccount() {
      await page.getByRole('textbox', { name: 'Full Name' }).fill('Leslie Knope');
      await field('routingNumber').fill('110000000');
      await field('accountNumber').fill('000123456789');
    },
    async payByCard(number) {
      await form.fillCard(number);
      await pay();
    },
    async typeCard(number, keyboard = page.keyboard) {
      await keyboard.type(number);
      // Waits for the cursor before typing on, as a person does.
      for (const [name, digits] of REST_OF_CARD) {
        await keyboard.press('Tab');
        await expect(field(name)).toBeFocused(SOON);
        await keyboard.type(digits);
      }
      await keyboard.press('Tab');
      await expect(page.getByRole('textbox', { name: 'Postal Code' })).toBeFocused(SOON);
      await keyboard.type('55114');
      await expect(async () => {
        await keyboard.press('Tab');
        await expect(page.getByRole('button', { name: 'Pay', exact: true })).toBeFocused({ timeout: 300 });
      }).toPass();
    },
    async payByKeyboard(number, keyboard = page.keyboard) {
      await form.typeCard(number, keyboard);
      await keyboard.press('Enter');
    },
    async leaveByEsc() {
      await page.keyboard.press('Escape').catch((error: unknown) => {
        if (!page.isClosed()) throw error;
      });
    },
  };
  return form;
}

/** How much faster a hurried page's clock runs. */
export const HURRIED = 4;

/** From now on the clock and the waits of this page run faster; those of main, of the frames and of JustiFi do not. */
export async function hurry(page: Page): Promise<void> {
  await page.evaluate((times) => {
    const [now, wait] = [performance.now.bind(performance), window.setTimeout.bind(window)];
    const since = now();
    performance.now = () => since + (now() - since) * times;
    Object.assign(window, { setTimeout: (call: () => void, ms = 0, ...args: unknown[]) => wait(call, ms / times, ...args) });
  }, HURRIED);
}
