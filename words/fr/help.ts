import type { HelpWords } from '../en/help.ts';

export function frenchHelp(): HelpWords {
  return {
    title: 'Raccourcis clavier',
    close: 'Fermer',
    firstSale: { title: 'Votre première vente', amount: 'Tapez le montant sur le pavé.', description: 'Ajoutez une description.', charge: 'Appuyez sur Encaisser. Le client paie.', gotIt: 'Compris' },
    groups: [
      {
        title: 'Saisie d’une vente',
        keys: [
          ['0–9', 'Le montant; 00 et Retour arrière aussi'],
          ['+', 'Ajouter un autre montant'],
          ['F2', 'Description; les lettres du clavier y vont aussi'],
          ['Alt+1–9', 'Un bouton : description ou article rapide'],
          ['Entrée', 'Encaisser'],
          ['F9', 'Encaisser (confirme aussi un avertissement)'],
          ['Échap', 'Effacer le montant'],
        ],
      },
      {
        title: 'Pourboire',
        keys: [
          ['1–3', 'Un des pourboires proposés'],
          ['4', 'Un autre montant : tapez-le, puis Entrée'],
          ['0', 'Sans pourboire'],
          ['Entrée', 'Sans pourboire, ou encaisser avec celui choisi'],
          ['F9', 'Confirmer un pourboire inhabituel'],
          ['Échap', 'Retour'],
        ],
      },
      {
        title: 'Pendant que le client paie',
        keys: [
          ['Alt+1–9', 'Un autre mode de paiement'],
          ['Échap', 'Retour au montant'],
        ],
      },
      {
        title: 'Résultat',
        keys: [
          ['Entrée', 'Nouvelle vente, ou réessayer'],
          ['0–9', 'Le montant de la prochaine vente'],
          ['F3', 'Enregistrer cette carte'],
          ['F8', 'Annuler ou rembourser, aussi dans Ventes'],
          ['Ctrl+P', 'Imprimer le reçu ou le rapport'],
          ['Échap', 'Annuler la vente'],
        ],
      },
      {
        title: 'Autres écrans',
        keys: [
          ['F4', 'Dernière vente'],
          ['F6', 'Ventes : en trouver une, l’annuler ou la rembourser'],
          ['F7', 'Rapport du jour : le voir, clôturer la journée'],
          ['F10', 'Gérant'],
          ['Ctrl+L', 'Verrouiller l’espace gérant'],
          ['Échap', 'Retour'],
          ['Ctrl et +', 'Texte plus grand'],
          ['Ctrl et −', 'Texte plus petit'],
          ['Ctrl et 0', 'Taille de texte de cette caisse'],
          ['F1', 'Afficher cette liste'],
        ],
      },
    ],
  };
}
