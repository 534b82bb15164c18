import type { TrainingReaderWords } from '../en/training-reader.ts';

export function frenchTrainingReader(): TrainingReaderWords {
  return {
    title: 'Lecteur de cartes (formation)',
    cards: { title: 'Cartes pour s’exercer', end: { pays: 'paie', 'is-declined': 'est refusée' }, rest: 'Avec n’importe quelle date future, CVV et code postal. Jamais une vraie carte.' },
    idle: 'Prêt',
    off: 'Éteint',
    processing: 'Traitement…',
    asking: (amount) => `${amount} – approchez ou insérez`,
    press: { tap: 'Approcher une carte', insert: 'Insérer une carte', decline: 'Une carte refusée', cancel: 'Annuler sur le lecteur', 'run-out': 'Laisser passer 90 secondes', unplug: 'Débrancher', plug: 'Brancher' },
  };
}
