import type { CheckoutWords } from '../en/checkout.ts';

/** JustiFi's own form stays English, so its button is called Pay here too. */
export const spanishCheckout: CheckoutWords = {
  title: 'Pago',
  detailsNotAccepted: 'Los datos no se aceptaron. No se cobró nada. Revíselos y vuelva a presionar Pay.',
  detailsMissing: 'Falta algo o hay un error. No se cobró nada. Corríjalo y vuelva a presionar Pay.',
  formTrouble: 'El formulario tiene un problema. No se cobró nada. Presione Volver y empiece de nuevo.',
  notAllowed: 'El pago no se envió. No se cobró nada. Presione Volver y empiece de nuevo.',
  logIn: 'Entrar a su banco',
  logInHint: 'Plaid abre aquí el acceso a su banco. La tienda no ve ninguna contraseña.',
  linking: 'Preparando el acceso de Plaid…',
  connected: 'Su cuenta bancaria está conectada. Lea el texto de arriba y presione Pay.',
  connectFirst: 'Primero entre a su banco. No se cobró nada.',
  bankTrouble: 'El acceso al banco no funcionó. No se cobró nada. Intente de nuevo o pague de otra forma.',
  noPlaid: 'El acceso al banco no se puede usar ahora. No se cobró nada. Elija otra forma de pago.',
  answerInsurance: 'Primero acepte o rechace el seguro. No se cobró nada.',
  noInsurance: 'El seguro no está disponible ahora. Puede pagar sin él.',
  payLater: 'Pagar con Sezzle',
  payLaterHint: 'Sezzle abre su propia ventana, donde usted acepta pagar después. La tienda no ve ninguna contraseña.',
  atSezzle: 'Termine en la ventana de Sezzle.',
  closeSezzle: 'Cerrar la ventana de Sezzle',
  noSezzle: 'Sezzle no se puede usar ahora. No se cobró nada. Elija otra forma de pago.',
  processing: 'Procesando el pago. No cierre esta ventana.',
  withInsurance: (amount) => `Con seguro por ${amount}`,
  payAgainIn: (seconds) => `Podrá presionar Pay de nuevo en ${seconds} s.`,
};
