import net from 'node:net';

/*
 * Loaded by `--import` into every process that a driver starts, before anything else: no test reaches a host outside this PC (E-07), however
 * it is written. Only names and addresses of this PC are connected to; a test that stands for JustiFi leads its names here (test/justifi/redirect-hosts.ts).
 */
const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|::1)$/iu;
const connect = net.Socket.prototype.connect;

net.Socket.prototype.connect = function connectOnThisPc(this: net.Socket, ...args: unknown[]) {
  // A socket in the file system has no host, and neither has one on this PC's default.
  const [options] = args.flat() as ({ readonly host?: string } | undefined)[];
  const host = options?.host ?? 'localhost';
  if (LOOPBACK.test(host)) return Reflect.apply(connect, this, args) as net.Socket;
  process.nextTick(() => this.destroy(Object.assign(new Error(`A test may not reach ${host}`), { code: 'ENOTFOUND' })));
  return this;
};
