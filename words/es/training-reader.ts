import type { TrainingReaderWords } from '../en/training-reader.ts';

export function spanishTrainingReader(): TrainingReaderWords {
  return {
    title: 'Lector de tarjetas de la práctica',
    idle: 'Listo',
    off: 'Apagado',
    processing: 'Procesando…',
    asking: (amount) => `${amount}: acerque o inserte`,
    press: { tap: 'Acercar una tarjeta', insert: 'Insertar una tarjeta', decline: 'Una tarjeta rechazada', cancel: 'Cancelar en el lector', 'run-out': 'Dejar pasar 90 segundos', unplug: 'Desconectar', plug: 'Conectar' },
  };
}
