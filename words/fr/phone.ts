import type { PhoneWords } from '../en/phone.ts';

export function frenchPhone(): PhoneWords {
  return {
    call: 'Balayez pour payer avec votre téléphone',
    code: 'Code QR du lien de paiement',
    share: { copy: 'Copier le lien', mail: 'Envoyer par courriel' },
    shared: { copy: 'Lien copié.', mail: 'Le programme de courriel a le lien.' },
    notShared: 'Cela n’a pas fonctionné. Demandez au client de balayer le code.',
    training: { title: 'Téléphone du client (formation)', press: { pays: 'Payer comme le client', 'is-declined': 'Une carte refusée' } },
  };
}
