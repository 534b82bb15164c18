import type { HelpWords } from '../en/help.ts';

export function spanishHelp(): HelpWords {
  return {
    title: 'Atajos de teclado',
    close: 'Cerrar',
    firstSale: { title: 'Su primera venta', amount: 'Escriba el monto en el teclado.', description: 'Agregue un concepto.', charge: 'Presione Cobrar, y el cliente paga.', gotIt: 'Entendido' },
    groups: [
      {
        title: 'Al teclear una venta',
        keys: [
          ['0–9', 'El monto; 00 y Retroceso también sirven'],
          ['+', 'Agregar otro monto'],
          ['F2', 'Concepto; las letras del teclado también van allí'],
          ['Alt+1–9', 'Un botón: concepto o artículo rápido'],
          ['Enter', 'Cobrar'],
          ['F9', 'Cobrar (también confirma un aviso)'],
          ['Esc', 'Borrar el monto'],
        ],
      },
      {
        title: 'Propina',
        keys: [
          ['1–3', 'Una de las propinas ofrecidas'],
          ['4', 'Otro monto: tecléelo y presione Enter'],
          ['0', 'Sin propina'],
          ['Enter', 'Sin propina, o cobrar con la elegida'],
          ['F9', 'Confirmar una propina inusual'],
          ['Esc', 'Volver'],
        ],
      },
      {
        title: 'Mientras paga el cliente',
        keys: [
          ['Alt+1–9', 'Otra forma de pago'],
          ['Esc', 'Volver al monto'],
        ],
      },
      {
        title: 'Resultado',
        keys: [
          ['Enter', 'Venta nueva, o intentar de nuevo'],
          ['0–9', 'El monto de la próxima venta'],
          ['F3', 'Guardar esta tarjeta'],
          ['F8', 'Anular o reembolsar, también en Ventas'],
          ['Ctrl+P', 'Imprimir el recibo o el informe'],
          ['Esc', 'Cancelar la venta'],
        ],
      },
      {
        title: 'Otras pantallas',
        keys: [
          ['F4', 'Última venta'],
          ['F6', 'Ventas: buscar una, anularla o reembolsarla'],
          ['F7', 'Informe del día: verlo, cerrar el día'],
          ['F10', 'Encargado'],
          ['Ctrl+L', 'Bloquear el área del encargado'],
          ['Esc', 'Volver'],
          ['Ctrl y +', 'Texto más grande'],
          ['Ctrl y −', 'Texto más pequeño'],
          ['Ctrl y 0', 'Tamaño de texto de esta caja'],
          ['F1', 'Ver esta lista'],
        ],
      },
    ],
  };
}
