import type { ManagerWords } from '../en/manager.ts';
import type { Formats } from '../formats.ts';

export function spanishManager({ money, dayAndTime, number, plural, wait }: Formats): ManagerWords {
  const locked = 'El área del encargado se bloqueó sola. No se cambió nada. Escriba el PIN e intente de nuevo.';
  const didNotWork = 'No funcionó. Reinicie Counter e intente de nuevo.';
  const notWritten = 'Esta PC no puede escribir en su disco. No se cambió nada.';
  const underWay = 'Hay un pago en curso. Termínelo primero.';
  const waitSentence = (seconds: number) => `Demasiados PIN equivocados. Intente de nuevo en ${wait(seconds, { minutes: 'minutos' })}. Mientras tanto, la caja sigue cobrando.`;
  const auditNotWritten = 'No se puede escribir en el registro de auditoría, así que no se cambió nada. Revise el disco de esta PC.';
  return {
    access: {
      'pin-too-short': ({ shortest }) => `Use al menos ${number(shortest)} cifras.`,
      'pin-too-long': ({ longest }) => `Use como máximo ${number(longest)} cifras.`,
      'pin-too-simple': 'Es fácil de adivinar: nada de series como 123456 ni repeticiones. Elija otro.',
      'pin-wrong': ({ waitSeconds }) => `Ese no es el PIN. ${waitSeconds > 0 ? waitSentence(waitSeconds) : 'Intente de nuevo.'}`,
      'locked-out': ({ waitSeconds }) => waitSentence(waitSeconds),
      'pin-not-set': 'Esta caja no tiene PIN de encargado.',
      'secret-wrong': 'JustiFi no los reconoce para esta caja. Cópielos de nuevo.',
      'no-account': 'No hay ninguna cuenta de JustiFi conectada, así que no hay secreto que escribir. Vea «Forgotten PIN» en el manual.',
      'no-connection': 'Sin conexión con JustiFi. Revise la red e intente de nuevo.',
      'service-trouble': 'JustiFi no respondió como debía. Intente de nuevo.',
      'still-asking': 'Todavía se está consultando a JustiFi. Espere un momento.',
      'keychain-locked': 'El llavero de esta PC está bloqueado o se restableció, así que no se puede comprobar el PIN. Desbloquéelo o use el secreto de JustiFi.',
      'keychain-unavailable': 'Esta PC no tiene un llavero que Counter pueda usar, así que no se puede comprobar el PIN. Inicie sesión en esta PC como siempre o use el secreto de JustiFi.',
      'keychain-damaged': 'Lo que Counter guarda en el llavero de esta PC está dañado, así que no se puede comprobar el PIN. Use el secreto de JustiFi.',
      'settings-unwritable': notWritten,
      locked,
      refused: didNotWork,
    },
    waitSentence,
    shell: {
      title: 'Encargado',
      noPin: 'Aún no hay PIN de encargado: ponga uno antes de mover dinero de verdad.',
      pageChanged: 'La página de tarjetas cambió. Vea Diagnóstico.',
      backToTill: 'Volver a la caja',
      lock: 'Bloquear',
      sections: 'Secciones',
      attention: 'Por revisar',
      account: 'Cuenta de JustiFi',
      pin: 'PIN del encargado',
      limits: 'Ventas y límites',
      cashiers: 'Cajeros',
      audit: 'Registro de auditoría',
      copy: 'Copiar ajustes',
      look: 'Pantalla y sonido',
      diagnostics: 'Diagnóstico',
      back: 'Volver',
      save: 'Guardar',
      yes: 'sí',
      no: 'no',
      saved: 'Guardado.',
    },
    door: {
      noPinTitle: 'No hay PIN de encargado',
      forgottenTitle: 'PIN olvidado',
      noPinSentence: 'Escriba aquello con lo que se conectó esta caja. Después ponga un PIN de encargado.',
      forgottenSentence: 'Escriba aquello con lo que se conectó esta caja. Después ponga un PIN nuevo. Queda anotado en el registro de auditoría.',
      pin: 'PIN del encargado',
      open: 'Abrir',
      checking: 'Comprobando…',
      forgotten: '¿Lo olvidó?',
      keypad: 'Teclado',
      clear: 'Borrar todo',
      backspace: 'Borrar la última cifra',
    },
    setPin: {
      change: 'Cambiar el PIN del encargado',
      set: 'Poner un PIN de encargado',
      rule: (shortest) => `Al menos ${number(shortest)} cifras, sin series como 123456 ni repeticiones. No lo comparta: abre los reembolsos y los ajustes.`,
      done: 'El nuevo PIN está puesto.',
      current: 'PIN actual',
      new: 'PIN nuevo',
      again: 'PIN nuevo otra vez',
      notTheSame: 'No coinciden. Escriba de nuevo el PIN nuevo.',
      saving: 'Guardando…',
      setPin: 'Poner el PIN',
      next: 'Siguiente',
    },
    attention: {
      wrongAmount: (amountInCents, chargedInCents) =>
        `JustiFi cobró ${money(chargedInCents)} en vez de ${money(amountInCents)}. Devuelva la diferencia en el panel de JustiFi, o reembolse allí el pago.`,
      unresolved: (amountInCents, description, since) =>
        `Un pago sigue abierto: ${money(amountInCents)}, ${description}, desde ${dayAndTime(since)}. JustiFi no ha dicho cómo terminó y ya no se puede pagar. Revise el panel de JustiFi y ciérrelo aquí.`,
      endIt: 'Cerrarlo',
      lookedAtIt: 'Lo revisé. Continuar',
      seen: 'Lo he visto',
      audit(why) {
        const reasons = {
          'disk-full': 'el disco de esta PC está lleno. Libere espacio.',
          'read-only': 'Counter no puede escribir en su carpeta en esta PC.',
          'in-use': 'otro programa de esta PC lo está usando. Ciérrelo.',
          'newer-counter': 'lo escribió una versión más nueva de Counter. Instale esa versión.',
          damaged: 'está dañado y no se pudo reparar. Llame a quien cuida de esta PC.',
          unknown: 'esta PC lo rechaza. Reinicie Counter y luego llame a quien cuida de esta PC.',
        };
        return [`No se puede escribir en el registro de auditoría: ${reasons[why]}`, 'Mientras tanto se puede cobrar, pero no cambiar ajustes.'];
      },
      journal({ kind, gapSinceUtc, isLookedInto, found }) {
        const what =
          kind === 'tampered'
            ? 'Algo ajeno a Counter cambió el registro de pagos de esta PC. Se restauró; lo que se encontró se guarda a su lado.'
            : 'El registro de pagos de esta PC se dañó. Se restauró; lo que se encontró se guarda a su lado.';
        if (gapSinceUtc === null) return [what, 'No falta ningún pago.'];
        const since = `Es posible que faltaran pagos desde ${dayAndTime(gapSinceUtc)}.`;
        if (!isLookedInto) return [what, since, 'Counter los está pidiendo a JustiFi.'];
        if (found.count === 0) return [what, since, 'JustiFi no conoce ninguno que no esté aquí.'];
        const fetched = plural(found.count, { one: 'Se recuperó un pago', other: `Se recuperaron ${number(found.count)} pagos` });
        return [what, since, `${fetched} de JustiFi: ${money(found.amountInCents)}.`];
      },
    },
    limits: {
      problem: {
        'not-an-amount': `Uno de los importes no es un importe. Escríbalo así: ${money(2500).replaceAll(/[^\d.,]/gu, '')}.`,
        'setting-locked': ({ setting }) => `Lo fijó su empresa (${setting}); no se puede cambiar aquí.`,
        'minutes-invalid': 'Escriba los minutos como un número de 0 a 60.',
        'limits-crossed': 'El importe mínimo es mayor que el máximo.',
        'no-way-to-pay': 'Los clientes necesitan una forma de pagar: tarjetas, cuentas bancarias o ambas.',
        'register-name-empty': 'Póngale un nombre a la caja.',
        'preset-invalid': ({ why }) =>
          why === 'description-card-number' ? 'Uno de los botones parece un número de tarjeta. Quítelo.' : 'Uno de los botones es demasiado largo. Que no pase de 200 caracteres.',
        'sale-in-progress': underWay,
        'audit-unwritable': auditNotWritten,
        'settings-unwritable': notWritten,
        locked,
        refused: 'No funcionó. Los importes van de 0.51 a 999,999.99 y caben doce botones.',
      },
      title: 'Ventas y límites',
      registerName: 'Nombre de esta caja',
      smallest: 'Importe mínimo',
      largest: 'Importe máximo',
      confirmAbove: 'Preguntar antes de cobrar más de',
      confirmAboveHint: 'Vacío: no preguntar nunca.',
      sameAgain: 'Preguntar por la misma venta en menos de (minutos)',
      sameAgainHint: '0: no preguntar nunca.',
      cards: 'Los clientes pueden pagar con tarjeta',
      bankAccounts: 'Los clientes pueden pagar desde una cuenta bancaria',
      billing: 'Qué escribe el cliente además de la tarjeta',
      billingShort: 'Solo el código postal',
      billingFull: 'Nombre y dirección completa',
      presets: 'Botones bajo «¿Por qué se cobra?», uno por línea',
    },
    copy: {
      problem: {
        'copy-cancelled': 'No se eligió ningún archivo.',
        'copy-unwritable': 'No se pudo guardar el archivo ahí. Elija otro lugar.',
        'copy-unreadable': 'No se pudo leer el archivo. Elija otro.',
        'copy-invalid': ({ where }) => `Eso no es un archivo de ajustes de Counter, o tiene un error (${where}). No se cambió nada.`,
        'copy-forgotten': 'Lea el archivo otra vez.',
        'limits-crossed': 'El importe mínimo es mayor que el máximo.',
        'no-way-to-pay': 'Los clientes necesitan una forma de pagar: tarjetas, cuentas bancarias o ambas.',
        'register-name-empty': 'Póngale un nombre a la caja.',
        'preset-invalid': 'Una de las descripciones no sirve. No se cambió nada.',
        'setting-locked': ({ setting }) => `Lo fijó su empresa (${setting}); no se puede cambiar aquí.`,
        'sale-in-progress': underWay,
        'audit-unwritable': 'No se puede escribir en el registro de auditoría, así que no se cambió nada.',
        'settings-unwritable': notWritten,
        locked,
        refused: didNotWork,
      },
      title: 'Copiar a otra caja',
      sentence: 'El archivo guarda el nombre, los límites, los permisos, las descripciones y el aspecto de esta caja; ninguna clave, ningún PIN, ningún cajero.',
      export: 'Guardar como archivo',
      exported: 'El archivo está guardado.',
      import: 'Leer un archivo',
      changes: 'Esto cambiaría:',
      nothing: 'No cambiaría nada.',
      stays: (names) => `Esto lo fijó su empresa y se queda: ${names}.`,
      keepName: 'Conservar el nombre de esta caja',
      apply: 'Cambiar estos ajustes',
    },
    diagnostics: {
      title: 'Diagnóstico',
      sentence: 'Para quien le ayuda por teléfono. No contiene claves, tarjetas ni clientes.',
      allWell: 'Todo está bien.',
      lookHere: 'Algo requiere atención; está marcado.',
      save: 'Guardar como archivo',
      saved: 'El archivo está guardado.',
      notSaved: 'No se pudo guardar el archivo ahí. Elija otro lugar.',
      again: 'Mirar de nuevo',
      log: 'Las líneas más nuevas del registro',
      names: {
        version: 'Versión de Counter',
        register: 'Caja',
        mode: 'Modo',
        account: 'Cuenta',
        keychain: 'Llavero',
        line: 'Línea con JustiFi',
        toConfirm: 'Pagos por confirmar',
        journal: 'Registro de pagos',
        audit: 'Registro de auditoría',
        policy: 'Política de la empresa',
        page: 'Página de tarjetas',
        settings: 'Ajustes cambiados',
        port: 'Página del formulario',
        engine: 'Motor',
        system: 'Sistema',
        screen: 'Pantalla',
        started: 'Iniciado',
      },
    },
    policy: {
      byCompany: 'Fijado por su empresa.',
      trouble: ({ where, inForce }) =>
        `El archivo de ajustes de la empresa tiene un error (${where}). ${inForce === 'last-valid' ? 'Se usa la última versión válida.' : 'Nada de él está vigente.'} Avise a quien cuida de esta PC.`,
    },
    look: {
      problem: { 'setting-locked': ({ setting }) => `Lo fijó su empresa (${setting}); no se puede cambiar aquí.`,
      'audit-unwritable': auditNotWritten, 'settings-unwritable': notWritten, locked, refused: didNotWork },
      title: 'Pantalla y sonido',
      language: 'Idioma',
      languageAuto: 'Como esta PC',
      theme: 'Colores',
      themeAuto: 'Como esta PC',
      light: 'Claro',
      dark: 'Oscuro',
      entry: 'Cómo se escriben los importes',
      cents: (example) => `Centavos primero: 3 5 7 5 es ${example}`,
      decimal: 'Con el separador decimal',
      sounds: 'Sonidos para pagado y rechazado',
      customerDisplay: 'Mostrar la venta al cliente en una segunda pantalla',
      formStaysEnglish: 'El formulario de la tarjeta es de JustiFi y está en inglés en todos los idiomas.',
    },
  };
}
