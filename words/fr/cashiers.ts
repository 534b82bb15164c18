import type { CashierWords } from '../en/cashiers.ts';
import type { ManagerWords } from '../en/manager.ts';
import type { Formats } from '../formats.ts';
import { isolated } from '../isolated.ts';

export function frenchCashiers({ wait }: Formats, { access }: Pick<ManagerWords, 'access'>): CashierWords {
  const minutes = (seconds: number) => wait(seconds, { minutes: 'minutes' });
  return {
    problem: {
      ...access,
      'cashier-unknown': 'Ce caissier n’est plus sur cette caisse.',
      'cashier-name-empty': 'Tapez le nom.',
      'cashier-name-card-number': 'Ce nom ressemble à un numéro de carte. Choisissez-en un autre.',
      'cashier-name-taken': 'Ce nom est déjà pris. Utilisez-en un autre, comme « Anna B. »',
      'too-many-cashiers': 'Il n’y a plus de place pour d’autres caissiers. Enlevez-en un d’abord.',
      'manager-pin-first': 'Définissez d’abord un NIP de gérant.',
      'sale-in-progress': 'Un paiement est en cours. Terminez-le d’abord.',
      'audit-unwritable': 'Le journal d’audit ne peut pas être écrit; rien n’a été modifié. Vérifiez le disque de ce PC.',
      'pin-too-short': 'Le NIP d’un caissier a quatre chiffres.',
      'pin-too-long': 'Le NIP d’un caissier a quatre chiffres.',
      'pin-wrong': ({ waitSeconds }) => (waitSeconds === 0 ? 'Ce n’est pas le NIP. Réessayez.' : `Ce n’est pas le NIP. Réessayez dans ${minutes(waitSeconds)}.`),
      'locked-out': ({ waitSeconds }) => `Trop de NIP erronés. Réessayez dans ${minutes(waitSeconds)}, ou demandez un nouveau NIP au gérant.`,
    },
    actions: { charge: 'Encaisser', 'charge-above-limit': 'Encaisser un montant élevé', void: 'Annuler un paiement dans les 25 minutes', refund: 'Rembourser un paiement', 'see-report': 'Voir le rapport du jour', 'close-day': 'Clôturer la journée' },
    allow: {
      charge: (amount) => `Encaisser ${amount} : seul le gérant peut le permettre.`,
      'charge-above-limit': (amount) => `Encaisser ${amount} : seul le gérant peut le permettre.`,
      void: (amount) => `Annuler ${amount} : seul le gérant peut le permettre.`,
      refund: (amount) => `Rembourser ${amount} : seul le gérant peut le permettre.`,
      'see-report': () => 'Voir le rapport du jour : seul le gérant peut le permettre.',
      'close-day': () => 'Clôturer la journée : seul le gérant peut le permettre.',
    },
    title: 'Caissiers',
    none: 'Personne ne se connecte à cette caisse. Ajoutez des caissiers pour voir qui a encaissé quoi et dire qui peut faire quoi.',
    everybody: 'Chacun se connecte avec un NIP de quatre chiffres. Les ventes, les rapports et le journal d’audit portent le nom.',
    nameAndPin: 'Nom et NIP',
    remove: 'Enlever',
    removeOne: (name) => `Enlever ${isolated(name)}`,
    wasSaved: (name) => `Enregistré : ${isolated(name)}.`,
    wasRemoved: (name) => `Enlevé : ${isolated(name)}.`,
    removeForGood: 'Enlever ce caissier? Son NIP est supprimé.',
    keep: 'Garder',
    add: 'Ajouter un caissier',
    name: 'Nom',
    fourDigits: 'NIP (quatre chiffres)',
    saveName: 'Enregistrer le nom seulement',
    whoMay: 'Autorisations',
    mayCashiers: 'Les caissiers',
    mayManager: 'Seulement avec le NIP du gérant',
    who: 'Qui est à la caisse?',
    yourPin: 'Votre NIP',
    signIn: 'Se connecter',
    somebodyElse: 'Quelqu’un d’autre',
    askManager: 'Demandez au gérant',
    allowOnce: 'Permettre cette fois',
  };
}
