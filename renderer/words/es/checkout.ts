import type { CheckoutWords } from '../en/checkout.ts';

/** JustiFi's own form stays English, so its button is called Pay here too. */
export const spanishCheckout: CheckoutWords = {
  title: 'Pago',
  mode: { training: 'PRÁCTICA. No se mueve dinero.', test: 'PRUEBA. No se mueve dinero.', live: 'Real' },
  detailsNotAccepted: 'Los datos no se aceptaron. No se cobró nada. Revíselos y vuelva a pulsar Pay.',
  detailsMissing: 'Llene todos los campos y vuelva a pulsar Pay.',
  formTrouble: 'El formulario tiene un problema. No se cobró nada. Pulse Volver y empiece de nuevo.',
  notAllowed: 'El pago no se envió. No se cobró nada. Pulse Volver y empiece de nuevo.',
  processing: 'Procesando. No cierre.',
  back: 'Volver',
  escape: 'Esc',
  payAgainIn: (seconds) => `Podrá pulsar Pay de nuevo en ${seconds} s.`,
};
