import type { Interruption } from '../contract/closing.ts';
import type { Language } from '../contract/language.ts';

type ClosingWords = {
  readonly keepOpen: string;
  readonly close: string;
  /** The open payments, and the effect of closing Counter. */
  readonly about: Readonly<Record<Interruption, { readonly message: string; readonly detail: string }>>;
};

/** Counter's question in a native dialog before it is closed. */
export const CLOSING_WORDS: Readonly<Record<Language, ClosingWords>> = {
  en: {
    keepOpen: 'Keep open',
    close: 'Close Counter',
    about: {
      form: { message: 'A customer is about to pay.', detail: 'If you close Counter now, the card form goes away. After the next start the amount and the description are there again.' },
      reversal: { message: 'A void or a refund is under way.', detail: 'If you close Counter now, it goes on at JustiFi. Counter finds out how it ended after the next start.' },
      payment: { message: 'A payment is under way.', detail: 'If you close Counter now, the payment goes on at JustiFi. Counter finds out how it ended after the next start. Do not charge again before that.' },
    },
  },
  es: {
    keepOpen: 'Dejar abierto',
    close: 'Cerrar Counter',
    about: {
      form: { message: 'Un cliente está por pagar.', detail: 'Si cierra Counter ahora, el formulario de la tarjeta desaparece. Al abrirlo de nuevo, el monto y la descripción vuelven a estar ahí.' },
      reversal: { message: 'Hay una anulación o un reembolso en curso.', detail: 'Si cierra Counter ahora, sigue su curso en JustiFi. Al abrirlo de nuevo, Counter averigua cómo terminó.' },
      payment: { message: 'Hay un pago en curso.', detail: 'Si cierra Counter ahora, el pago sigue su curso en JustiFi. Al abrirlo de nuevo, Counter averigua cómo terminó. No cobre de nuevo antes.' },
    },
  },
  fr: {
    keepOpen: 'Laisser ouvert',
    close: 'Fermer Counter',
    about: {
      form: { message: 'Un client est sur le point de payer.', detail: 'Si vous fermez Counter maintenant, le formulaire de carte disparaît. Au prochain démarrage, le montant et la description seront de nouveau là.' },
      reversal: { message: 'Une annulation ou un remboursement est en cours.', detail: 'Si vous fermez Counter maintenant, l’opération se poursuit chez JustiFi. Au prochain démarrage, Counter vérifie comment elle s’est terminée.' },
      payment: { message: 'Un paiement est en cours.', detail: 'Si vous fermez Counter maintenant, le paiement se poursuit chez JustiFi. Au prochain démarrage, Counter vérifie comment il s’est terminé. N’encaissez pas de nouveau avant.' },
    },
  },
};
