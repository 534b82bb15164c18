import type { LogoProblem } from '../../contract/printing.ts';
import type { Sentences } from '../sentences.ts';
import type { PrintingWords } from '../en/printing.ts';

export function spanishPrinting(): PrintingWords {
  const logoProblem: Sentences<LogoProblem> = {
    'logo-cancelled': 'No se eligió ningún archivo.',
    'logo-unreadable': 'No se pudo leer el archivo. Elija otro.',
    'logo-no-picture': 'Eso no es una imagen PNG. Elija otra.',
    'logo-too-large': 'Esa imagen es demasiado grande. Use como máximo 1 MB y 2,000 puntos por lado.',
    'logo-unwritable': 'Esta PC no puede escribir en su disco. No se cambió nada.',
  };
  return {
    logoProblem,
    receipt: {
      title: 'Recibo',
      shopName: 'Nombre del negocio en los recibos',
      address: 'Dirección en los recibos, una línea cada una',
      taxId: 'Id. fiscal',
      header: 'Debajo de la dirección, una línea cada una',
      footer: 'Al final, una línea cada una',
      logo: 'Logotipo',
      logoHint: 'Un PNG. Se imprime en blanco y negro.',
      chooseLogo: 'Elegir una imagen',
      removeLogo: 'Quitar la imagen',
      preview: 'Vista previa',
      previewOf: 'Vista previa de un recibo',
    },
    printers: {
      title: 'Impresoras',
      way: 'Impresora',
      ways: { none: 'Ninguna', network: 'Impresora de recibos en la red', queue: 'Impresora de recibos de esta PC', driver: 'Impresora con su propio controlador' },
      address: 'Dirección de la impresora',
      queue: 'Nombre de la impresora en esta PC',
      find: 'Mostrar las impresoras de esta PC',
      noPrinters: 'Esta PC no tiene impresoras.',
      commands: 'Comandos de la impresora',
      commandSets: { escpos: 'ESC/POS (Epson y casi todas)', star: 'Star (StarPRNT)', 'star-line': 'Star, anterior (Line Mode)' },
      paper: 'Papel',
      papers: { '58': '58 mm', '80': '80 mm', a4: 'A4', letter: 'Carta' },
      auto: 'Imprimir el recibo de cada venta pagada, anulación y reembolso',
      merchantCopy: 'Imprimir también una copia del comercio',
      drawer: 'Hay un cajón de dinero conectado a la impresora',
      drawerHint: 'Se abre solo cuando usted lo pide, nunca por sí mismo con una tarjeta.',
      test: 'Imprimir una página de prueba',
      pulse: 'Abrir el cajón',
      testSent: 'Página de prueba enviada a la impresora. Revise que las letras, el total y el código estén completos.',
      pulseSent: 'Pulso enviado al cajón.',
      saveFirst: 'Guarde primero.',
    },
  };
}
