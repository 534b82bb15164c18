/** How the cashier shares the payment link: to the clipboard, or into the system's program for mail. */
export const LINK_SHARES = ['copy', 'mail'] as const;
export type LinkShare = (typeof LINK_SHARES)[number];

/** In training, where no phone can reach this PC: the customer's action on JustiFi's page. */
export const TRAINING_PAYS = ['pays', 'is-declined'] as const;
export type TrainingPay = (typeof TRAINING_PAYS)[number];
