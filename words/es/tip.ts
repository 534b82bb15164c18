import type { TipWords } from '../en/tip.ts';
import type { Formats } from '../formats.ts';

export function spanishTip({ money }: Formats): TipWords {
  return {
    choosing: 'El cliente elige la propina. Gire la pantalla o pregunte.',
    chosen: (tipInCents, totalInCents) => `Propina ${money(tipInCents)}, total ${money(totalInCents)}.`,
    doubtful: (cents) => `Una propina de ${money(cents)} es inusual. Pregunte al cliente; luego presione F9 para cobrar.`,
    skip: 'Seguir sin propina',
    question: '¿Desea dejar propina?',
    total: (cents) => `Total ${money(cents)}`,
    another: 'Otro monto',
    none: 'Sin propina',
    own: 'Su propina',
    add: (cents) => `Agregar ${money(cents)}`,
    tooMuch: (cents) => `Como máximo ${money(cents)}.`,
    toChoices: 'Volver a las opciones',
    manager: {
      title: 'Propinas',
      hint: 'Cobrar pregunta primero al cliente. La propina es parte del total y una línea aparte en recibos e informes.',
      offered: 'Al cliente se le ofrecen',
      kinds: { none: 'Sin propinas', percents: 'Porcentajes de la compra', amounts: 'Montos' },
      percents: 'Porcentajes',
      percentsHint: 'Hasta tres, como 15, 18, 20.',
      amounts: 'Montos',
      amountsHint: `Hasta tres, uno por línea, como ${money(200)}.`,
      amountsBelow: 'Ofrecer los montos en compras menores de',
      amountsBelowHint: 'Vacío: siempre porcentajes.',
      another: 'El cliente también puede escribir su propio monto',
    },
  };
}
