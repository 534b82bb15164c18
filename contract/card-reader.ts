/** A card reader (terminal) of the account, as JustiFi lists it. `isConnected`: when its status was asked for last. */
export type CardReader = {
  readonly terminalId: string;
  /** Its nickname, or its serial number. */
  readonly name: string;
  readonly model: string | null;
  readonly serialNumber: string | null;
  readonly isConnected: boolean;
};

/** Why a call about card readers failed. */
export type ReaderProblem =
  | { readonly kind: 'no-answer' | 'not-allowed' | 'reader-unknown' | 'reader-offline' | 'settings-unwritable' | 'audit-unwritable' | 'sale-in-progress' | 'no-account' }
  | { readonly kind: 'name-empty' };
