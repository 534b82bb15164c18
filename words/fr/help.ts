import type { HelpWords } from '../en/help.ts';

export function frenchHelp(): HelpWords {
  return {
    title: 'Raccourcis clavier',
    close: 'Fermer',
    keys: [
      ['0–9', 'Le montant; 00 et Retour arrière aussi'],
      ['+', 'Ajouter un autre montant'],
      ['Échap', 'Effacer le montant; sur les autres écrans : retour'],
      ['F2', 'Description; les lettres du clavier y vont aussi'],
      ['Alt+1–9', 'Une description des boutons'],
      ['Entrée', 'Encaisser; ensuite : nouvelle vente, ou réessayer'],
      ['F9', 'Encaisser (confirme aussi un avertissement)'],
      ['F4', 'La dernière vente'],
      ['F6', 'Ventes : en trouver une, l’annuler ou la rembourser'],
      ['F7', 'Rapport du jour : le voir, clôturer la journée'],
      ['F8', 'Annuler ou rembourser la vente à l’écran'],
      ['F3', 'Enregistrer la carte de la vente à l’écran'],
      ['Ctrl+P', 'Le reçu de la vente à l’écran'],
      ['F10', 'Gérant'],
      ['Ctrl+L', 'Verrouiller'],
      ['F1', 'Afficher cette liste'],
    ],
  };
}
