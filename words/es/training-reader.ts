import type { TrainingPhoneWords, TrainingReaderWords } from '../en/training-reader.ts';

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

export function spanishTrainingPhone(): TrainingPhoneWords {
  return { title: 'Teléfono del cliente de la práctica', press: { pays: 'Pagar como el cliente', 'is-declined': 'Una tarjeta rechazada' } };
}
