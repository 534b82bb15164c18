import type { ManagerWords } from '../en/manager.ts';
import type { Formats } from '../formats.ts';

export function frenchManager({ money, dayAndTime, number, plural, wait }: Formats): ManagerWords {
  const locked = 'Le côté gérant s’est verrouillé. Rien n’a été modifié. Entrez le NIP et réessayez.';
  const didNotWork = 'Cela n’a pas fonctionné. Redémarrez Counter et réessayez.';
  const notWritten = 'Ce PC ne peut pas écrire sur son disque. Rien n’a été modifié.';
  const underWay = 'Un paiement est en cours. Terminez-le d’abord.';
  const waitSentence = (seconds: number) => `Trop de NIP erronés. Réessayez dans ${wait(seconds, { minutes: 'minutes' })}. La caisse encaisse entre-temps.`;
  const auditNotWritten = 'Le journal d’audit ne peut pas être écrit; rien n’a été modifié. Vérifiez le disque de ce PC.';
  return {
    access: {
      'pin-too-short': ({ shortest }) => `Utilisez au moins ${number(shortest)} chiffres.`,
      'pin-too-long': ({ longest }) => `Utilisez au plus ${number(longest)} chiffres.`,
      'pin-too-simple': 'C’est facile à deviner : pas de suite comme 123456, rien de répété. Choisissez-en un autre.',
      'pin-wrong': ({ waitSeconds }) => `Ce n’est pas le NIP. ${waitSeconds > 0 ? waitSentence(waitSeconds) : 'Réessayez.'}`,
      'locked-out': ({ waitSeconds }) => waitSentence(waitSeconds),
      'pin-not-set': 'Aucun NIP de gérant n’est défini sur cette caisse.',
      'secret-wrong': 'JustiFi ne les connaît pas pour cette caisse. Copiez-les de nouveau.',
      'no-account': 'Aucun compte JustiFi n’est connecté; il n’y a donc pas de secret à entrer. Voir « Forgotten PIN » dans le manuel.',
      'no-connection': 'Pas de connexion à JustiFi. Vérifiez le réseau, puis réessayez.',
      'service-trouble': 'JustiFi n’a pas répondu comme il faut. Réessayez.',
      'still-asking': 'JustiFi est encore interrogé. Attendez un instant.',
      'keychain-locked': 'Le trousseau de ce PC est verrouillé ou a été réinitialisé; le NIP ne peut pas être vérifié. Déverrouillez-le ou utilisez le secret JustiFi.',
      'keychain-unavailable': 'Ce PC n’a pas de trousseau utilisable par Counter; le NIP ne peut pas être vérifié. Ouvrez la session de ce PC comme d’habitude, ou utilisez le secret JustiFi.',
      'keychain-damaged': 'Ce que Counter garde dans le trousseau de ce PC est endommagé; le NIP ne peut pas être vérifié. Utilisez le secret JustiFi.',
      'settings-unwritable': notWritten,
      locked,
      refused: didNotWork,
    },
    waitSentence,
    shell: {
      title: 'Gérant',
      noPin: 'Pas encore de NIP de gérant : définissez-en un avant que de l’argent réel ne bouge.',
      pageChanged: 'La page des cartes a changé. Voyez Diagnostic.',
      backToTill: 'Retour à la caisse',
      lock: 'Verrouiller',
      sections: 'Sections',
      attention: 'À regarder',
      account: 'Compte JustiFi',
      pin: 'NIP du gérant',
      limits: 'Ventes et limites',
      cashiers: 'Caissiers',
      audit: 'Journal d’audit',
      copy: 'Copier les réglages',
      look: 'Écran et son',
      diagnostics: 'Diagnostic',
      back: 'Retour',
      save: 'Enregistrer',
      yes: 'oui',
      no: 'non',
      saved: 'Enregistré.',
    },
    door: {
      noPinTitle: 'Aucun NIP de gérant',
      forgottenTitle: 'NIP oublié',
      noPinSentence: 'Entrez ce avec quoi cette caisse a été connectée. Définissez ensuite un NIP de gérant.',
      forgottenSentence: 'Entrez ce avec quoi cette caisse a été connectée. Définissez ensuite un nouveau NIP. C’est inscrit au journal d’audit.',
      pin: 'NIP du gérant',
      open: 'Ouvrir',
      checking: 'Vérification…',
      forgotten: 'Oublié?',
      keypad: 'Pavé numérique',
      clear: 'Effacer',
      backspace: 'Effacer le dernier chiffre',
    },
    setPin: {
      change: 'Changer le NIP du gérant',
      set: 'Définir un NIP de gérant',
      rule: (shortest) => `Au moins ${number(shortest)} chiffres, pas de suite comme 123456 et rien de répété. Gardez-le pour vous : il ouvre les remboursements et les réglages.`,
      done: 'Le nouveau NIP est défini.',
      current: 'NIP actuel',
      new: 'Nouveau NIP',
      again: 'Nouveau NIP encore une fois',
      notTheSame: 'Les deux ne sont pas pareils. Tapez de nouveau le nouveau NIP.',
      saving: 'Enregistrement…',
      setPin: 'Définir le NIP',
      next: 'Suivant',
    },
    attention: {
      wrongAmount: (amountInCents, chargedInCents) =>
        `JustiFi a débité ${money(chargedInCents)} au lieu de ${money(amountInCents)}. Rendez la différence dans le tableau de bord JustiFi, ou remboursez-y le paiement.`,
      unresolved: (amountInCents, description, since) =>
        `Un paiement est encore ouvert : ${money(amountInCents)}, ${description}, depuis ${dayAndTime(since)}. JustiFi n’a pas dit comment il s’est terminé, et il ne peut plus être payé. Consultez le tableau de bord JustiFi, puis fermez-le ici.`,
      endIt: 'Le fermer',
      lookedAtIt: 'Je l’ai vérifié. Continuer',
      seen: 'J’ai vu ceci',
      audit(why) {
        const reasons = {
          'disk-full': 'le disque de ce PC est plein. Libérez de la place.',
          'read-only': 'Counter ne peut pas écrire dans son dossier sur ce PC.',
          'in-use': 'un autre programme de ce PC l’utilise. Fermez-le.',
          'newer-counter': 'une version plus récente de Counter l’a écrit. Installez cette version.',
          damaged: 'il est endommagé et n’a pas pu être réparé. Appelez la personne qui s’occupe de ce PC.',
          unknown: 'ce PC le refuse. Redémarrez Counter, puis appelez la personne qui s’occupe de ce PC.',
        };
        return [`Le journal d’audit ne peut pas être écrit : ${reasons[why]}`, 'Les paiements continuent; aucun réglage ne peut être modifié.'];
      },
      journal({ kind, gapSinceUtc, isLookedInto, found }) {
        const what =
          kind === 'tampered'
            ? 'Le registre des paiements de ce PC a été modifié par autre chose que Counter. Il a été restauré; ce qui a été trouvé est gardé à côté.'
            : 'Le registre des paiements de ce PC a été endommagé. Il a été restauré; ce qui a été trouvé est gardé à côté.';
        if (gapSinceUtc === null) return [what, 'Aucun paiement ne manque.'];
        const since = `Des paiements depuis ${dayAndTime(gapSinceUtc)} ont pu manquer.`;
        if (!isLookedInto) return [what, since, 'Counter les demande à JustiFi.'];
        if (found.count === 0) return [what, since, 'JustiFi n’en connaît aucun qui ne soit pas ici.'];
        const fetched = plural(found.count, { one: 'Un paiement a été récupéré', other: `${number(found.count)} paiements ont été récupérés` });
        return [what, since, `${fetched} auprès de JustiFi : ${money(found.amountInCents)}.`];
      },
    },
    limits: {
      problem: {
        'not-an-amount': `Un des montants n’est pas un montant. Écrivez-le ainsi : ${money(2500).replaceAll(/[^\d.,]/gu, '')}.`,
        'setting-locked': ({ setting }) => `Fixé par votre entreprise (${setting}); cela ne se change pas ici.`,
        'minutes-invalid': 'Écrivez les minutes comme un nombre de 0 à 60.',
        'limits-crossed': 'Le montant minimal est plus grand que le montant maximal.',
        'no-way-to-pay': 'Il faut aux clients une façon de payer : cartes, comptes bancaires ou les deux.',
        'register-name-empty': 'Donnez un nom à la caisse.',
        'preset-invalid': ({ why }) =>
          why === 'description-card-number' ? 'Un des boutons ressemble à un numéro de carte. Enlevez-le.' : 'Un des boutons est trop long. Ne dépassez pas 200 caractères.',
        'sale-in-progress': underWay,
        'audit-unwritable': auditNotWritten,
        'settings-unwritable': notWritten,
        locked,
        refused: 'Cela n’a pas fonctionné. Les montants vont de 0,51 à 999 999,99, et il y a place pour douze boutons.',
      },
      title: 'Ventes et limites',
      registerName: 'Nom de cette caisse',
      smallest: 'Montant minimal',
      largest: 'Montant maximal',
      confirmAbove: 'Demander avant d’encaisser plus de',
      confirmAboveHint: 'Vide : ne jamais demander.',
      sameAgain: 'Demander confirmation pour la même vente en moins de (minutes)',
      sameAgainHint: '0 : ne jamais demander.',
      cards: 'Les clients peuvent payer par carte',
      bankAccounts: 'Les clients peuvent payer par compte bancaire',
      billing: 'Ce que le client entre en plus de la carte',
      billingShort: 'Code postal seulement',
      billingFull: 'Nom et adresse complète',
      presets: 'Boutons sous « De quoi s’agit-il? », un par ligne',
    },
    copy: {
      problem: {
        'copy-cancelled': 'Aucun fichier choisi.',
        'copy-unwritable': 'Impossible d’enregistrer le fichier là. Choisissez un autre endroit.',
        'copy-unreadable': 'Impossible de lire le fichier. Choisissez-en un autre.',
        'copy-invalid': ({ where }) => `Ce n’est pas un fichier de réglages de Counter, ou il a une erreur (${where}). Rien n’a été modifié.`,
        'copy-forgotten': 'Lisez le fichier encore une fois.',
        'limits-crossed': 'Le montant minimal est plus grand que le maximal.',
        'no-way-to-pay': 'Il faut aux clients une façon de payer : cartes, comptes bancaires ou les deux.',
        'register-name-empty': 'Donnez un nom à la caisse.',
        'preset-invalid': 'Une des descriptions ne convient pas. Rien n’a été modifié.',
        'setting-locked': ({ setting }) => `Fixé par votre entreprise (${setting}); cela ne se change pas ici.`,
        'sale-in-progress': underWay,
        'audit-unwritable': 'Le journal d’audit ne peut pas être écrit; rien n’a été modifié.',
        'settings-unwritable': notWritten,
        locked,
        refused: didNotWork,
      },
      title: 'Copier vers une autre caisse',
      sentence: 'Le fichier contient le nom, les limites, les droits, les descriptions et l’apparence de cette caisse; aucune clé, aucun NIP, aucun caissier.',
      export: 'Enregistrer un fichier',
      exported: 'Le fichier est enregistré.',
      import: 'Lire un fichier',
      changes: 'Ceci changerait :',
      nothing: 'Rien ne changerait.',
      stays: (names) => `Fixé par votre entreprise, donc inchangé : ${names}.`,
      keepName: 'Garder le nom de cette caisse',
      apply: 'Modifier ces réglages',
    },
    diagnostics: {
      title: 'Diagnostic',
      sentence: 'Pour qui vous aide au téléphone. Il n’y a ni clé, ni carte, ni client.',
      allWell: 'Tout va bien.',
      lookHere: 'Quelque chose demande votre attention; c’est marqué.',
      save: 'Enregistrer un fichier',
      saved: 'Le fichier est enregistré.',
      notSaved: 'Impossible d’enregistrer le fichier là. Choisissez un autre endroit.',
      again: 'Regarder de nouveau',
      log: 'Les dernières lignes du journal technique',
      names: {
        version: 'Version de Counter',
        register: 'Caisse',
        mode: 'Mode',
        account: 'Compte',
        keychain: 'Trousseau',
        line: 'Ligne avec JustiFi',
        toConfirm: 'Paiements à confirmer',
        journal: 'Registre des paiements',
        audit: 'Journal d’audit',
        policy: 'Politique de l’entreprise',
        page: 'Page des cartes',
        settings: 'Réglages modifiés',
        port: 'Page du formulaire',
        engine: 'Moteur',
        system: 'Système',
        screen: 'Écran',
        started: 'Démarré',
      },
    },
    policy: {
      byCompany: 'Fixé par votre entreprise.',
      trouble: ({ where, inForce }) =>
        `Le fichier de réglages de l’entreprise a une erreur (${where}). ${inForce === 'last-valid' ? 'La dernière version valide est utilisée.' : 'Rien n’en est appliqué.'} Prévenez qui s’occupe de ce PC.`,
    },
    look: {
      problem: { 'setting-locked': ({ setting }) => `Fixé par votre entreprise (${setting}); cela ne se change pas ici.`,
      'audit-unwritable': auditNotWritten, 'settings-unwritable': notWritten, locked, refused: didNotWork },
      title: 'Écran et son',
      language: 'Langue',
      languageAuto: 'Comme ce PC',
      theme: 'Couleurs',
      themeAuto: 'Comme ce PC',
      light: 'Clair',
      dark: 'Sombre',
      entry: 'Saisie des montants',
      cents: (example) => `Cents d’abord : 3 5 7 5 donne ${example}`,
      decimal: 'Avec la virgule décimale',
      sounds: 'Sons pour payé et refusé',
      customerDisplay: 'Montrer la vente au client sur un deuxième écran',
      formStaysEnglish: 'Le formulaire de carte est celui de JustiFi; il est en anglais dans toutes les langues.',
    },
  };
}
