import { type Socket, createConnection } from 'node:net';
import { ASK_STATUS, STATUS_ANSWERS, troubleIn } from './escpos-status.ts';
import { type RawPrinter, type SendOutcome, SENT, notSent } from './raw-printer.ts';

type NetworkPrinterParts = {
  readonly host: string;
  readonly port: number;
  /** It understands ESC/POS, and can report its state. */
  readonly hasStatus: boolean;
  readonly limits?: NetworkLimits;
};

/** In ms. Many printers do not answer the question, and print all the same. */
type NetworkLimits = { readonly connect: number; readonly status: number; readonly send: number };
const LIMITS: NetworkLimits = { connect: 4_000, status: 700, send: 15_000 };

/** Raw bytes to a printer in the network, usually at port 9100. One connection for each receipt: printers serve one at a time. */
export function networkPrinter({ host, port, hasStatus, limits = LIMITS }: NetworkPrinterParts): RawPrinter {
  return {
    async send(bytes) {
      const socket = createConnection({ host, port });
      try {
        const connected = await connect(socket, limits.connect);
        if (!connected) return notSent('offline');
        const trouble = hasStatus ? troubleIn(await ask(socket, limits.status)) : null;
        return trouble === null ? await deliver(socket, bytes, limits.send) : notSent(trouble);
      } finally {
        socket.destroy();
      }
    },
  };
}

function connect(socket: Socket, ms: number): Promise<boolean> {
  return answeredBy<boolean>(ms, false, (answer) => {
    socket.once('connect', () => answer(true));
    socket.on('error', () => answer(false));
  });
}

function ask(socket: Socket, ms: number): Promise<readonly number[]> {
  const bytes: number[] = [];
  return answeredBy<readonly number[]>(ms, bytes, (answer) => {
    socket.on('data', (data) => {
      bytes.push(...data);
      if (bytes.length >= STATUS_ANSWERS) answer(bytes);
    });
    socket.once('close', () => answer(bytes));
    socket.write(ASK_STATUS);
  });
}

/** Ends when the printer has taken everything and closed, or stays silent after that. A partly sent job is reported as such. */
function deliver(socket: Socket, bytes: Uint8Array, ms: number): Promise<SendOutcome> {
  const before = socket.bytesWritten;
  let isHandedOver = false;
  return answeredBy<SendOutcome>(ms, notSent('slow', true), (answer) => {
    const ended = (hasFailed: boolean) => answer(!hasFailed && isHandedOver && socket.bytesWritten - before === bytes.length ? SENT : notSent('cut-off', true));
    socket.once('error', () => ended(true));
    socket.once('close', ended);
    // Also notices when a silent printer closes the connection.
    socket.resume();
    socket.end(bytes, () => {
      isHandedOver = true;
    });
  });
}

/** The first answer, or `late` after so many ms. */
function answeredBy<Answer>(ms: number, late: Answer, begin: (answer: (value: Answer) => void) => void): Promise<Answer> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(late), ms);
    begin((value) => {
      clearTimeout(timer);
      resolve(value);
    });
  });
}
