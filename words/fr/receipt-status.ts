import type { PrintTrouble } from '../../contract/printing.ts';
import type { ReceiptStatusWords } from '../en/receipt-status.ts';

export function frenchReceiptStatus(): ReceiptStatusWords {
  const trouble: Readonly<Record<PrintTrouble | 'no-program', string>> = {
    'no-printer': 'Aucune imprimante n’est configurée sur cette caisse.',
    'no-paper': 'L’imprimante n’a plus de papier.',
    'cover-open': 'Le capot de l’imprimante est ouvert.',
    offline: 'L’imprimante ne répond pas. Vérifiez qu’elle est allumée et branchée.',
    'unknown-printer': 'Ce PC n’a aucune imprimante de ce nom.',
    stopped: 'Ce PC a arrêté la file de l’imprimante. Appelez le gérant.',
    slow: 'L’imprimante est trop lente. Vérifiez-la avant d’imprimer encore.',
    'cut-off': 'La liaison avec l’imprimante s’est coupée. Une partie a pu être imprimée.',
    'printer-error': 'L’imprimante signale une panne.',
    'no-way': 'Counter ne peut pas imprimer ainsi sur ce système.',
    'no-receipt': 'Cette vente n’a pas de reçu.',
    'not-kept': 'Ce PC ne peut pas écrire sur son disque.',
    'no-program': 'Ce PC n’a pas de programme pour cela.',
  };
  return {
    trouble,
    print: 'Imprimer le reçu',
    printAgain: 'Imprimer encore',
    merchantCopy: 'Imprimer la copie du commerçant',
    skip: 'Ne pas imprimer',
    mail: 'Reçu par courriel',
    message: 'Texto',
    waiting: 'Reçu : envoi à l’imprimante…',
    sent: 'Reçu envoyé à l’imprimante.',
    notSent: (why: PrintTrouble, isRetried: boolean) => (isRetried ? `Le reçu n’est pas encore imprimé : ${trouble[why]} Il est renvoyé automatiquement.` : `Le reçu n’est pas imprimé : ${trouble[why]}`),
  };
}
