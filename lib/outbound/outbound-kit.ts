import 'server-only';
import { createServer, type RequestListener } from 'node:http';
import {
  type AddressInfo,
  createServer as createTcpServer,
  isIP,
  Socket,
  type TcpNetConnectOpts,
} from 'node:net';
import { vi } from 'vitest';
import type { Env } from '#lib/env';
import { testEnv } from '#lib/test-context';

export function envAllowing(list: string): Env {
  return testEnv({ BATCHDECK_ALLOW_PRIVATE: list });
}

export type LocalServer = { port: number; origin: string; requests: string[]; close: () => Promise<void> };

/** A real server on loopback that remembers what came in. */
export async function localServer(listener: RequestListener, host = '127.0.0.1'): Promise<LocalServer> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`);
    listener(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  const { port } = server.address() as AddressInfo;
  const name = host.includes(':') ? `[${host}]` : host;
  return {
    port,
    origin: `http://${name}:${port}`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

/** A server on loopback that answers byte by byte, as no HTTP server would. */
export async function localTcp(listener: (socket: Socket) => void): Promise<Omit<LocalServer, 'requests'>> {
  const held = new Set<Socket>();
  const server = createTcpServer((socket) => {
    held.add(socket.on('error', () => {}));
    listener(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const close = async () => {
    for (const socket of held) socket.destroy();
    server.close();
  };
  return { origin: `http://127.0.0.1:${port}`, port, close };
}

/** Every address a socket of this process tries to reach, seen below TLS and undici. */
export function watchSockets(): { tried: string[]; stop: () => void } {
  const tried: string[] = [];
  const spy = vi.spyOn(Socket.prototype, 'connect').mockImplementation(function (this: Socket, ...given) {
    const [first] = given as unknown[];
    const options = (Array.isArray(first) ? first[0] : first) as TcpNetConnectOpts;
    setImmediate(() => pretend(this, options, tried));
    return this;
  });
  return { tried, stop: () => spy.mockRestore() };
}

/** A name is connected to only where its lookup hands out an address. */
function pretend(socket: Socket, { host = '', port, lookup }: TcpNetConnectOpts, tried: string[]): void {
  const refused = Object.assign(new Error('spied'), { code: 'ECONNREFUSED' });
  if (!lookup || isIP(host) !== 0) {
    tried.push(`${host}:${port}`);
    socket.destroy(refused);
    return;
  }
  lookup(host, { all: true }, (error, found) => {
    const addresses = Array.isArray(found) ? found : [];
    tried.push(...addresses.map(({ address }) => `${address}:${port}`));
    socket.destroy(error ?? refused);
  });
}
