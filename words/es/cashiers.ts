import type { CashierWords } from '../en/cashiers.ts';
import type { ManagerWords } from '../en/manager.ts';
import type { Formats } from '../formats.ts';
import { isolated } from '../isolated.ts';

export function spanishCashiers({ wait }: Formats, { access }: Pick<ManagerWords, 'access'>): CashierWords {
  const minutes = (seconds: number) => wait(seconds, { minutes: 'minutos' });
  return {
    problem: {
      ...access,
      'cashier-unknown': 'Este cajero ya no está en esta caja.',
      'cashier-name-empty': 'Escriba el nombre.',
      'cashier-name-card-number': 'Ese nombre parece un número de tarjeta. Elija otro.',
      'cashier-name-taken': 'Ese nombre ya existe. Use otro, como «Ana B.»',
      'too-many-cashiers': 'No caben más cajeros. Quite uno primero.',
      'manager-pin-first': 'Cree primero un PIN de encargado.',
      'sale-in-progress': 'Hay un pago en curso. Termínelo primero.',
      'audit-unwritable': 'No se puede escribir en el registro de auditoría, así que no se cambió nada. Revise el disco de esta PC.',
      'pin-too-short': 'El PIN de un cajero tiene cuatro dígitos.',
      'pin-too-long': 'El PIN de un cajero tiene cuatro dígitos.',
      'pin-wrong': ({ waitSeconds }) => (waitSeconds === 0 ? 'Ese no es el PIN. Intente de nuevo.' : `Ese no es el PIN. Intente de nuevo en ${minutes(waitSeconds)}.`),
      'locked-out': ({ waitSeconds }) => `Demasiados PIN incorrectos. Intente de nuevo en ${minutes(waitSeconds)}, o pida al encargado un PIN nuevo.`,
    },
    actions: { charge: 'Cobrar', 'charge-above-limit': 'Cobrar un monto alto', void: 'Anular un pago antes de 25 minutos', refund: 'Reembolsar un pago', 'see-report': 'Ver el informe del día', 'close-day': 'Cerrar el día' },
    allow: {
      charge: (amount) => `Cobrar ${amount}: solo puede permitirlo el encargado.`,
      'charge-above-limit': (amount) => `Cobrar ${amount}: solo puede permitirlo el encargado.`,
      void: (amount) => `Anular ${amount}: solo puede permitirlo el encargado.`,
      refund: (amount) => `Reembolsar ${amount}: solo puede permitirlo el encargado.`,
      'see-report': () => 'Ver el informe del día: solo puede permitirlo el encargado.',
      'close-day': () => 'Cerrar el día: solo puede permitirlo el encargado.',
    },
    title: 'Cajeros',
    none: 'En esta caja nadie entra con PIN. Agregue cajeros para ver quién cobró qué y dar permisos.',
    everybody: 'Cada uno entra con un PIN de cuatro dígitos. Las ventas, los informes y el registro de auditoría llevan el nombre.',
    nameAndPin: 'Nombre y PIN',
    remove: 'Quitar',
    removeOne: (name) => `Quitar a ${isolated(name)}`,
    wasSaved: (name) => `Guardado: ${isolated(name)}.`,
    wasRemoved: (name) => `Se quitó a ${isolated(name)}.`,
    removeForGood: '¿Quitar a este cajero? Su PIN se borra.',
    keep: 'Conservar',
    add: 'Agregir un cajero',
    name: 'Nombre',
    fourDigits: 'PIN (cuatro dígitos)',
    saveName: 'Guardar solo el nombre',
    whoMay: 'Permisos',
    mayCashiers: 'Los cajeros',
    mayManager: 'Solo con el PIN del encargado',
    who: '¿Quién está en la caja?',
    yourPin: 'Su PIN',
    signIn: 'Entrar',
    somebodyElse: 'Otra persona',
    askManager: 'Pregunte al encargado',
    allowOnce: 'Permitir esta vez',
  };
}
