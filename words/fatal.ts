import type { Closing } from '../contract/closing.ts';
import type { Language } from '../contract/language.ts';

type FatalWords = { readonly title: string; readonly sentences: Readonly<Record<Closing, string>> };

/** The message when Counter has failed too often to restart itself: the state of the money, then the next step. */
export const FATAL_WORDS: Readonly<Record<Language, FatalWords>> = {
  en: {
    title: 'Counter has stopped',
    sentences: {
      nothing: 'Counter failed several times and has stopped. No payment was under way. Call the manager.',
      form: 'Counter failed several times and has stopped. The card form is gone. Start Counter again: it says whether the customer paid. Call the manager.',
      reversal: 'Counter failed several times and has stopped. A void or a refund was under way and goes on at JustiFi. Start Counter again: it finds out how it ended. Call the manager.',
      payment: 'Counter failed several times and has stopped. A payment was under way and goes on at JustiFi. Do not charge again. Start Counter again: it finds out how it ended. Call the manager.',
    },
  },
  es: {
    title: 'Counter se detuvo',
    sentences: {
      nothing: 'Counter falló varias veces y se detuvo. No había ningún pago en curso. Llame al encargado.',
      form: 'Counter falló varias veces y se detuvo. El formulario de la tarjeta desapareció. Abra Counter de nuevo: le dirá si el cliente pagó. Llame al encargado.',
      reversal: 'Counter falló varias veces y se detuvo. Había una anulación o un reembolso en curso, que sigue en JustiFi. Abra Counter de nuevo: averigua cómo terminó. Llame al encargado.',
      payment: 'Counter falló varias veces y se detuvo. Había un pago en curso, que sigue en JustiFi. No cobre de nuevo. Abra Counter de nuevo: averigua cómo terminó. Llame al encargado.',
    },
  },
  fr: {
    title: 'Counter s’est arrêté',
    sentences: {
      nothing: 'Counter a échoué plusieurs fois et s’est arrêté. Aucun paiement n’était en cours. Appelez le gérant.',
      form: 'Counter a échoué plusieurs fois et s’est arrêté. Le formulaire de carte a disparu. Rouvrez Counter : il vous dira si le client a payé. Appelez le gérant.',
      reversal: 'Counter a échoué plusieurs fois et s’est arrêté. Une annulation ou un remboursement était en cours et se poursuit chez JustiFi. Rouvrez Counter : il vérifie comment cela s’est terminé. Appelez le gérant.',
      payment: 'Counter a échoué plusieurs fois et s’est arrêté. Un paiement était en cours et se poursuit chez JustiFi. N’encaissez pas de nouveau. Rouvrez Counter : il vérifie comment il s’est terminé. Appelez le gérant.',
    },
  },
};
