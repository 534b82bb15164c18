import { type AddressInfo, type Server, type Socket, createServer } from 'node:net';

/** A printer at a port of this PC that records its jobs. `behave` makes it fail. */
export type PrintCapture = { readonly port: number; readonly jobs: () => readonly Buffer[]; close(): Promise<void> };

type Behaviour = {
  /** Answers to DLE EOT 2 and 4; null: it answers nothing. */
  readonly status?: readonly [number, number] | null;
  /** Takes so many bytes of a job, then breaks off. */
  readonly breaksAfter?: number;
  /** Takes everything, and never closes. */
  readonly hangs?: boolean;
};

const QUESTION = Buffer.from([0x10, 0x04, 2, 0x10, 0x04, 4]);

export async function openPrintCapture({ status = null, breaksAfter, hangs = false }: Behaviour = {}): Promise<PrintCapture> {
  const jobs: Buffer[] = [];
  const sockets = new Set<Socket>();
  const server: Server = createServer({ allowHalfOpen: true }, (socket) => {
    sockets.add(socket);
    let taken = Buffer.alloc(0);
    socket.on('error', () => {});
    socket.on('data', (data) => {
      taken = Buffer.concat([taken, data]);
      if (taken.subarray(0, QUESTION.length).equals(QUESTION)) {
        taken = taken.subarray(QUESTION.length);
        if (status !== null) socket.write(Uint8Array.from(status));
      }
      if (breaksAfter !== undefined && taken.length >= breaksAfter) socket.resetAndDestroy();
    });
    socket.on('end', () => {
      if (taken.length > 0) jobs.push(taken);
      if (!hangs) socket.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    jobs: () => jobs,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}
