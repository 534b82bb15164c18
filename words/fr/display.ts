import type { DisplayWords } from '../en/display.ts';

export const frenchDisplay: DisplayWords = {
  test: 'Test – aucun paiement réel',
  word: { welcome: 'Bienvenue', 'one-moment': 'Un instant, s’il vous plaît', sale: '', tip: '', reader: '', ready: '', phone: '', processing: 'Traitement', paid: 'Payé', accepted: 'Accepté', declined: 'Refusé', 'not-charged': 'Non débité' },
  sentence: {
    welcome: '',
    'one-moment': '',
    sale: '',
    tip: 'Voulez-vous laisser un pourboire?',
    ready: 'Remettez votre carte au caissier, s’il vous plaît.',
    reader: 'Présentez, insérez ou glissez votre carte dans le lecteur.',
    phone: 'Balayez le code pour payer avec votre téléphone.',
    processing: 'Votre paiement est en route.',
    paid: 'Merci.',
    accepted: 'Merci. Votre virement est en route.',
    declined: 'Rien n’a été débité. Essayez une autre carte.',
    'not-charged': 'Rien n’a été débité.',
  },
};
