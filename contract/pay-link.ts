/** How the cashier hands on the link to pay: to the clipboard, or into the system's program for mail. */
export const LINK_SHARES = ['copy', 'mail'] as const;
export type LinkShare = (typeof LINK_SHARES)[number];

/** In training, where no phone can reach this PC: what the customer does on JustiFi's page. */
export const TRAINING_PAYS = ['pays', 'is-declined'] as const;
export type TrainingPay = (typeof TRAINING_PAYS)[number];
