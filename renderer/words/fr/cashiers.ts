import type { CashierWords } from '../en/cashiers.ts';
import type { ManagerWords } from '../en/manager.ts';
import type { Formats } from '../formats.ts';
import { say } from '../sentences.ts';

export function frenchCashiers({ wait }: Formats, { access }: Pick<ManagerWords, 'access'>): CashierWords {
  const minutes = (seconds: number) => wait(seconds, { minutes: 'minutes' });
  return {
    right: {
      'needs-manager': 'Seul le gérant peut permettre cela.',
      'needs-sign-in': 'Connectez-vous d’abord.',
      'not-allowed-by-manager': ({ problem }) => say(access, problem),
    },
    problem: {
      ...access,
      'cashier-unknown': 'Ce caissier n’est plus sur cette caisse.',
      'cashier-name-empty': 'Tapez le nom.',
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
    actions: { charge: 'Encaisser', 'charge-above-limit': 'Encaisser un montant pour lequel Counter demande confirmation', void: 'Annuler un paiement dans les 25 minutes', refund: 'Rembourser un paiement' },
    allow: {
      charge: (amount) => `Encaisser ${amount} : seul le gérant peut le permettre.`,
      'charge-above-limit': (amount) => `Encaisser ${amount} : seul le gérant peut le permettre.`,
      void: (amount) => `Annuler ${amount} : seul le gérant peut le permettre.`,
      refund: (amount) => `Rembourser ${amount} : seul le gérant peut le permettre.`,
    },
    title: 'Caissiers',
    nobody: 'Personne ne se connecte à cette caisse. Ajoutez des caissiers pour voir qui a encaissé quoi et dire qui peut faire quoi.',
    everybody: 'Chacun se connecte avec un NIP de quatre chiffres. Les ventes, les rapports et le journal d’audit portent le nom.',
    nameAndPin: 'Nom et NIP',
    remove: 'Enlever',
    removeOne: (name) => `Enlever ${name}`,
    add: 'Ajouter un caissier',
    name: 'Nom',
    fourDigits: 'Quatre chiffres',
    saveName: 'Enregistrer le nom seulement',
    whoMay: 'Qui peut',
    mayCashiers: 'Les caissiers',
    mayManager: 'Seulement avec le NIP du gérant',
    who: 'Qui est à la caisse?',
    yourPin: 'Votre NIP',
    signIn: 'Se connecter',
    somebodyElse: 'Quelqu’un d’autre',
    signOut: (name) => `Déconnecter ${name}`,
    askManager: 'Demandez au gérant',
    allowOnce: 'Permettre cette fois',
  };
}
