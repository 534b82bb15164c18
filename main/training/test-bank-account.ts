/** How a bank transfer ends after it was `pending`; decided at tokenization, so that the number can be forgotten there. */
export type TransferScenario =
  | { readonly kind: 'settles' }
  | { readonly kind: 'fails'; readonly code: string; readonly message: string };

type TestBankAccount = { readonly accountNumber: string; readonly scenario: TransferScenario };

export const testRoutingNumber = '110000000';

/** JustiFi's documented test accounts; the texts are those of its testing guide. */
export const testBankAccounts: readonly TestBankAccount[] = [
  { accountNumber: '000123456789', scenario: { kind: 'settles' } },
  {
    accountNumber: '000222222227',
    scenario: {
      kind: 'fails',
      code: 'insufficient_funds',
      message: "The customer's account has insufficient funds to cover this payment.",
    },
  },
  {
    accountNumber: '000333333335',
    scenario: { kind: 'fails', code: 'bank_account_restricted', message: 'This payment could not be processed.' },
  },
  {
    accountNumber: '000111111113',
    scenario: { kind: 'fails', code: 'account_closed', message: "The customer's bank account has been closed." },
  },
  {
    accountNumber: '000111111116',
    scenario: { kind: 'fails', code: 'no_account', message: "The customer's bank account could not be located." },
  },
];
