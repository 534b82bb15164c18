import type { PrintTrouble } from '../../contract/printing.ts';
import type { ReceiptStatusWords } from '../en/receipt-status.ts';

export function spanishReceiptStatus(): ReceiptStatusWords {
  const trouble: Readonly<Record<PrintTrouble | 'no-program', string>> = {
    'no-printer': 'Esta caja no tiene impresora configurada.',
    'no-paper': 'La impresora no tiene papel.',
    'cover-open': 'La tapa de la impresora está abierta.',
    offline: 'La impresora no responde. Revise que esté encendida y conectada.',
    'unknown-printer': 'Esta PC no tiene una impresora con ese nombre.',
    stopped: 'Esta PC detuvo la cola de la impresora. Llame al encargado.',
    slow: 'La impresora tarda demasiado. Revísela antes de imprimir de nuevo.',
    'cut-off': 'Se cortó la conexión con la impresora. Puede haberse impreso una parte.',
    'printer-error': 'La impresora informa de una falla.',
    'no-way': 'Counter no puede imprimir así en este sistema.',
    'no-receipt': 'Esta venta no tiene recibo.',
    'not-kept': 'Esta PC no puede escribir en su disco.',
    'no-program': 'Esta PC no tiene un programa para eso.',
  };
  return {
    trouble,
    print: 'Imprimir recibo',
    printAgain: 'Imprimir de nuevo',
    merchantCopy: 'Imprimir copia del comercio',
    skip: 'No imprimir',
    mail: 'Recibo por correo',
    message: 'Mensaje',
    waiting: 'Recibo: se está enviando a la impresora…',
    sent: 'Recibo enviado a la impresora.',
    notSent: (why: PrintTrouble, isRetried: boolean) => (isRetried ? `El recibo aún no se imprimió: ${trouble[why]} Se vuelve a enviar automáticamente.` : `El recibo no se imprimió: ${trouble[why]}`),
  };
}
