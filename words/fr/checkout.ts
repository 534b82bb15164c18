import type { CheckoutWords } from '../en/checkout.ts';

/** JustiFi's own form stays English, so its button is called Pay here too. */
export const frenchCheckout: CheckoutWords = {
  title: 'Paiement',
  detailsNotAccepted: 'Les renseignements n’ont pas été acceptés. Rien n’a été débité. Vérifiez-les, puis appuyez de nouveau sur Pay.',
  detailsMissing: 'Il manque quelque chose ou il y a une erreur. Rien n’a été débité. Corrigez, puis appuyez de nouveau sur Pay.',
  formTrouble: 'Le formulaire a un problème. Rien n’a été débité. Appuyez sur Retour et recommencez.',
  notAllowed: 'Le paiement n’a pas été envoyé. Rien n’a été débité. Appuyez sur Retour et recommencez.',
  logIn: 'Se connecter à votre banque',
  logInHint: 'Plaid ouvre ici la connexion à votre banque. Le magasin ne voit aucun mot de passe.',
  linking: 'Préparation de la connexion Plaid…',
  connected: 'Votre compte bancaire est connecté. Lisez le texte ci-dessus, puis appuyez sur Pay.',
  connectFirst: 'Connectez-vous d’abord à votre banque. Rien n’a été débité.',
  bankTrouble: 'La connexion à la banque n’a pas fonctionné. Rien n’a été débité. Réessayez, ou payez autrement.',
  noPlaid: 'La connexion bancaire ne peut pas être utilisée maintenant. Rien n’a été débité. Choisissez un autre mode de paiement.',
  answerInsurance: 'Acceptez ou refusez d’abord l’assurance. Rien n’a été débité.',
  noInsurance: 'L’assurance n’est pas offerte en ce moment. Vous pouvez payer sans elle.',
  payLater: 'Payer avec Sezzle',
  payLaterHint: 'Sezzle ouvre sa propre fenêtre, où vous acceptez de payer plus tard. Le magasin ne voit aucun mot de passe.',
  atSezzle: 'Terminez dans la fenêtre de Sezzle.',
  closeSezzle: 'Fermer la fenêtre de Sezzle',
  noSezzle: 'Sezzle ne peut pas être utilisé maintenant. Rien n’a été débité. Choisissez un autre mode de paiement.',
  processing: 'Paiement en cours. Ne fermez pas cette fenêtre.',
  withInsurance: (amount) => `Avec assurance à ${amount}`,
  payAgainIn: (seconds) => `Vous pourrez appuyer de nouveau sur Pay dans ${seconds} s.`,
};
