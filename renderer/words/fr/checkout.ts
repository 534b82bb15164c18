import type { CheckoutWords } from '../en/checkout.ts';

/** JustiFi's own form stays English, so its button is called Pay here too. */
export const frenchCheckout: CheckoutWords = {
  title: 'Paiement',
  mode: { training: 'FORMATION. Aucun argent ne bouge.', test: 'TEST. Aucun argent ne bouge.', live: 'Réel' },
  detailsNotAccepted: 'Les renseignements n’ont pas été acceptés. Rien n’a été débité. Vérifiez-les, puis appuyez de nouveau sur Pay.',
  detailsMissing: 'Remplissez tous les champs, puis appuyez de nouveau sur Pay.',
  formTrouble: 'Le formulaire a un problème. Rien n’a été débité. Appuyez sur Retour et recommencez.',
  notAllowed: 'Le paiement n’a pas été envoyé. Rien n’a été débité. Appuyez sur Retour et recommencez.',
  processing: 'Traitement en cours. Ne fermez pas.',
  back: 'Retour',
  escape: 'Échap',
  payAgainIn: (seconds) => `Vous pourrez appuyer de nouveau sur Pay dans ${seconds} s.`,
};
