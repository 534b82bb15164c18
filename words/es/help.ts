import type { HelpWords } from '../en/help.ts';

export function spanishHelp(): HelpWords {
  return {
    title: 'Atajos de teclado',
    close: 'Cerrar',
    keys: [
      ['0–9', 'El monto; 00 y Retroceso también sirven'],
      ['+', 'Agregar otro monto'],
      ['Esc', 'Borrar el monto; en otras pantallas: volver'],
      ['F2', 'Concepto; las letras del teclado también van allí'],
      ['Alt+1–9', 'Un concepto de los botones'],
      ['Enter', 'Cobrar; después: venta nueva, o intentar de nuevo'],
      ['F9', 'Cobrar (también confirma un aviso)'],
      ['F4', 'La última venta'],
      ['F6', 'Ventas: buscar una, anularla o reembolsarla'],
      ['F7', 'Informe del día: verlo, cerrar el día'],
      ['F8', 'Anular o reembolsar la venta en pantalla'],
      ['F3', 'Guardar la tarjeta de la venta en la pantalla'],
      ['Ctrl+P', 'El recibo de la venta en pantalla'],
      ['F10', 'Encargado'],
      ['Ctrl+L', 'Bloquear'],
      ['F1', 'Ver esta lista'],
    ],
  };
}
