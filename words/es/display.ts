import type { DisplayWords } from '../en/display.ts';

export const spanishDisplay: DisplayWords = {
  test: 'Prueba – sin cobros reales',
  word: { welcome: 'Bienvenido', 'one-moment': 'Un momento, por favor', sale: '', tip: '', reader: '', ready: '', phone: '', processing: 'Procesando', paid: 'Pagado', accepted: 'Aceptado', declined: 'Rechazado', 'not-charged': 'No se cobró' },
  sentence: {
    welcome: '',
    'one-moment': '',
    sale: '',
    tip: '¿Desea dejar propina?',
    ready: 'Entregue su tarjeta al cajero, por favor.',
    reader: 'Acerque, inserte o deslice su tarjeta en el lector.',
    phone: 'Escanee el código para pagar con su teléfono.',
    processing: 'Su pago está en camino.',
    paid: 'Gracias.',
    accepted: 'Gracias. Su transferencia bancaria está en camino.',
    declined: 'No se cobró nada. Pruebe con otra tarjeta.',
    'not-charged': 'No se cobró nada.',
  },
};
