import type { PhoneWords } from '../en/phone.ts';

export function spanishPhone(): PhoneWords {
  return {
    call: 'Escanee para pagar con su teléfono',
    code: 'Código QR del enlace de pago',
    share: { copy: 'Copiar enlace', mail: 'Enviar por correo' },
    shared: { copy: 'Enlace copiado.', mail: 'El programa de correo tiene el enlace.' },
    notShared: 'Eso no funcionó. Pida al cliente que escanee el código.',
    training: { title: 'Teléfono del cliente (práctica)', press: { pays: 'Pagar como el cliente', 'is-declined': 'Una tarjeta rechazada' } },
  };
}
