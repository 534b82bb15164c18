import type { TrainingReaderWords } from '../en/training-reader.ts';

export function spanishTrainingReader(): TrainingReaderWords {
  return {
    title: 'Lector de tarjetas (práctica)',
    cards: { title: 'Tarjetas para practicar', end: { pays: 'paga', 'is-declined': 'se rechaza' }, rest: 'Con cualquier fecha futura, CVV y código postal. Nunca una tarjeta real.' },
    idle: 'Listo',
    off: 'Apagado',
    processing: 'Procesando…',
    asking: (amount) => `${amount}: acerque o inserte`,
    press: { tap: 'Acercar una tarjeta', insert: 'Insertar una tarjeta', decline: 'Una tarjeta rechazada', cancel: 'Cancelar en el lector', 'run-out': 'Dejar pasar 90 segundos', unplug: 'Desconectar', plug: 'Conectar' },
  };
}
