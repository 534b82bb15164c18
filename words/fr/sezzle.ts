import type { SezzleWords } from '../en/sezzle.ts';

export function frenchSezzle(): SezzleWords {
  return {
    ask: 'Demandez au client d’appuyer sur Payer avec Sezzle et d’accepter là-bas.',
    there: 'Le client est chez Sezzle, dans une fenêtre à part.',
    left: (time) => `Il reste ${time}`,
    wait: 'Rien n’est débité tant qu’il n’a pas accepté. Attendez : le résultat s’affiche tout seul.',
    toCancel: 'Pour arrêter : le client annule chez Sezzle, ou vous appuyez sur Fermer la fenêtre de Sezzle.',
    longest: 'Après 15 minutes, la fenêtre se ferme et Counter demande à JustiFi si c’est payé.',
    ended: 'Le client a terminé chez Sezzle.',
    answering: 'En attente de la réponse de JustiFi. Ne remettez encore rien…',
  };
}
