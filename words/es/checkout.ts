import type { CheckoutWords } from '../en/checkout.ts';

/** JustiFi's own form stays English, so its button is called Pay here too. */
export const spanishCheckout: CheckoutWords = {
  title: 'Pago',
  detailsNotAccepted: 'Los datos no se aceptaron. No se cobró nada. Revíselos y vuelva a presionar Pay.',
  detailsMissing: 'Falta algo o hay un error. No se cobró nada. Corríjalo y vuelva a presionar Pay.',
  formTrouble: 'El formulario tiene un problema. No se cobró nada. Presione Volver y empiece de nuevo.',
  notAllowed: 'El pago no se envió. No se cobró nada. Presione Volver y empiece de nuevo.',
  processing: 'Procesando el pago. No cierre esta ventana.',
  payAgainIn: (seconds) => `Podrá presionar Pay de nuevo en ${seconds} s.`,
};
