export type SubAccount = {
  readonly id: string;
  readonly name: string;
  readonly currency: 'usd' | 'cad';
  readonly status: 'created' | 'submitted' | 'information_needed' | 'rejected' | 'enabled' | 'disabled' | 'archived';
  /** The default is test. */
  readonly accountType?: 'test' | 'live';
  /** Ways to pay that it has besides the usual, or has not. */
  readonly ways?: Partial<Record<keyof typeof USUAL_WAYS, boolean>>;
};

const USUAL_WAYS = {
  credit_card_payments: true,
  ach_payments: true,
  bnpl_payments: true,
  insurance_payments: false,
  bank_account_verification: false,
  apple_payments: false,
  google_payments: false,
  card_present: true,
} as const;

export const platformAccountId = 'acc_trainingPlatform';

/** The sub accounts of the training platform: the shop itself, a Canadian one, and one that may not process. */
export const trainingSubAccounts: readonly SubAccount[] = [
  { id: 'acc_trainingShop', name: 'Training Shop', currency: 'usd', status: 'enabled', ways: { bank_account_verification: true, insurance_payments: true } },
  { id: 'acc_trainingShopCanada', name: 'Training Shop Canada', currency: 'cad', status: 'enabled' },
  { id: 'acc_trainingShopClosed', name: 'Training Shop (disabled)', currency: 'usd', status: 'disabled' },
];

/** Which ways to pay an account offers; a checkout carries the same list. Canada has no bank transfers and no readers. */
export function paymentSettings(account: SubAccount): Record<keyof typeof USUAL_WAYS, boolean> {
  return { ...USUAL_WAYS, ach_payments: account.currency === 'usd', card_present: account.currency === 'usd', ...account.ways };
}
