import type { SezzleWords } from '../en/sezzle.ts';

export function spanishSezzle(): SezzleWords {
  return {
    ask: 'Pida al cliente que presione Pagar con Sezzle y acepte allí.',
    there: 'El cliente está en Sezzle, en una ventana aparte.',
    left: (time) => `Quedan ${time}`,
    wait: 'No se cobra nada hasta que acepte allí. Espere: el resultado aparece solo.',
    toCancel: 'Para cancelar: el cliente cancela allí, o usted presiona Cerrar la ventana de Sezzle.',
    longest: 'A los 15 minutos la ventana se cierra y Counter pregunta a JustiFi si se pagó.',
    ended: 'El cliente terminó en Sezzle.',
    answering: 'Esperando la respuesta de JustiFi. Todavía no entregue nada…',
  };
}
