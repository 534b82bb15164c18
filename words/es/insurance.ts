import type { InsuranceWords } from '../en/insurance.ts';

export function spanishInsurance(): InsuranceWords {
  return {
    title: '¿A quién se asegura?',
    hint: 'JustiFi pide un precio a la aseguradora. Estos datos se envían con la pregunta y no se guardan.',
    fields: { firstName: 'Nombre', lastName: 'Apellido', email: 'Correo electrónico', state: 'Estado, como MN', postalCode: 'Código postal' },
    wrong: 'Corrija lo que está marcado.',
    quote: 'Pedir el precio',
  };
}
