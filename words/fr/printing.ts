import type { LogoProblem } from '../../contract/printing.ts';
import type { Sentences } from '../sentences.ts';
import type { PrintingWords } from '../en/printing.ts';

export function frenchPrinting(): PrintingWords {
  const logoProblem: Sentences<LogoProblem> = {
    'logo-cancelled': 'Aucun fichier n’a été choisi.',
    'logo-unreadable': 'Le fichier n’a pas pu être lu. Choisissez-en un autre.',
    'logo-no-picture': 'Ce n’est pas une image PNG. Choisissez-en une autre.',
    'logo-too-large': 'Cette image est trop grande. Au plus 1 Mo et 2 000 points par côté.',
    'logo-unwritable': 'Ce PC ne peut pas écrire sur son disque. Rien n’a été changé.',
  };
  return {
    logoProblem,
    receipt: {
      title: 'Reçu',
      shopName: 'Nom du commerce sur les reçus',
      address: 'Adresse sur les reçus, une ligne chacune',
      taxId: 'Numéro de taxe',
      header: 'Sous l’adresse, une ligne chacune',
      footer: 'À la fin, une ligne chacune',
      logo: 'Logo du commerce',
      logoHint: 'Un PNG. Il est imprimé en noir et blanc.',
      chooseLogo: 'Choisir une image',
      removeLogo: 'Retirer l’image',
      preview: 'Aperçu',
      previewOf: 'Aperçu d’un reçu',
    },
    printers: {
      title: 'Imprimantes',
      way: 'Imprimante',
      ways: { none: 'Aucune', network: 'Imprimante de reçus sur le réseau', queue: 'Imprimante de reçus de ce PC', driver: 'Imprimante avec son propre pilote' },
      address: 'Adresse de l’imprimante',
      queue: 'Nom de l’imprimante sur ce PC',
      find: 'Afficher les imprimantes de ce PC',
      noPrinters: 'Ce PC n’a pas d’imprimante.',
      commands: 'Commandes de l’imprimante',
      commandSets: { escpos: 'ESC/POS (Epson et presque toutes)', star: 'Star (StarPRNT)', 'star-line': 'Star, ancienne (Line Mode)' },
      paper: 'Papier',
      papers: { '58': '58 mm', '80': '80 mm', a4: 'A4', letter: 'Lettre' },
      auto: 'Imprimer le reçu de chaque vente payée, annulation et remboursement',
      merchantCopy: 'Imprimer aussi une copie du commerçant',
      drawer: 'Un tiroir-caisse est branché à l’imprimante',
      drawerHint: 'Il ne s’ouvre que sur demande, jamais de lui-même pour une carte.',
      test: 'Imprimer une page d’essai',
      pulse: 'Ouvrir le tiroir',
      testSent: 'Page d’essai envoyée à l’imprimante. Vérifiez que les lettres, le total et le code sont entiers.',
      pulseSent: 'Impulsion envoyée au tiroir.',
      saveFirst: 'Enregistrez d’abord.',
    },
  };
}
