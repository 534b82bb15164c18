import type { TipWords } from '../en/tip.ts';
import type { Formats } from '../formats.ts';

export function frenchTip({ money }: Formats): TipWords {
  return {
    choosing: 'Le client choisit un pourboire. Tournez l’écran ou demandez.',
    chosen: (tipInCents, totalInCents) => `Pourboire ${money(tipInCents)}, total ${money(totalInCents)}.`,
    doubtful: (cents) => `Un pourboire de ${money(cents)} est inhabituel. Demandez au client, puis appuyez sur F9 pour encaisser.`,
    skip: 'Continuer sans pourboire',
    question: 'Voulez-vous laisser un pourboire?',
    total: (cents) => `Total ${money(cents)}`,
    another: 'Autre montant',
    none: 'Pas de pourboire',
    own: 'Votre pourboire',
    add: (cents) => `Ajouter ${money(cents)}`,
    tooMuch: (cents) => `Au plus ${money(cents)}.`,
    toChoices: 'Retour aux choix',
    manager: {
      title: 'Pourboires',
      hint: 'Encaisser demande d’abord au client. Le pourboire fait partie du total, avec sa propre ligne sur les reçus et les rapports.',
      offered: 'On propose au client',
      kinds: { none: 'Aucun pourboire', percents: 'Des pourcentages de l’achat', amounts: 'Des montants' },
      percents: 'Pourcentages',
      percentsHint: 'Trois au plus, comme 15, 18, 20.',
      amounts: 'Montants',
      amountsHint: `Trois au plus, un par ligne, comme ${money(200)}.`,
      amountsBelow: 'Proposer les montants pour un achat de moins de',
      amountsBelowHint: 'Vide : toujours des pourcentages.',
      another: 'Le client peut aussi taper un montant',
    },
  };
}
