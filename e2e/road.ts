import { request as ask, createServer as createHttp } from 'node:http';
import { type AddressInfo, createServer, connect as open, type Socket } from 'node:net';

export type Road = {
  port: number;
  /** `refused`: nobody is there. `silent`: what is sent arrives nowhere. `busy` (HTTP only): the store answers 503. */
  state: 'open' | 'refused' | 'silent' | 'busy';
  close: () => void;
};

/** The way from a server to its database, which a test can cut. */
export async function roadTo(port: number): Promise<Road> {
  const ends = new Set<Socket>();
  const server = createServer((near) => {
    if (road.state === 'refused') return void near.destroy();
    const far = open(port, '127.0.0.1');
    for (const end of [near, far]) {
      ends.add(end);
      end.on('error', () => {});
      end.on('close', () => {
        ends.delete(end);
        (end === near ? far : near).destroy();
      });
    }
    near.on('data', (bytes) => road.state === 'open' && far.write(bytes));
    far.on('data', (bytes) => road.state === 'open' && near.write(bytes));
  });
  let state: Road['state'] = 'open';
  const cut = () => {
    for (const end of ends) end.destroy();
  };
  const road: Road = {
    port: await listening(server),
    get state() {
      return state;
    },
    set state(next) {
      // What was swallowed while it was silent is lost for good, and its connections with it.
      if (next === 'refused' || state === 'silent') cut();
      state = next;
    },
    close: () => {
      cut();
      server.close();
    },
  };
  return road;
}

/** The way to its bodies, over HTTP. */
export async function httpRoadTo(port: number): Promise<Road> {
  const server = createHttp((request, response) => {
    if (road.state === 'busy') {
      request.resume();
      response.writeHead(503, { 'content-type': 'application/xml' });
      return void response.end(
        '<Error><Code>SlowDown</Code><Message>Please reduce your rate.</Message></Error>',
      );
    }
    const { method, url, headers } = request;
    const onward = ask({ host: '127.0.0.1', port, method, path: url, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => response.destroy());
    request.pipe(onward);
  });
  const road: Road = { port: await listening(server), state: 'open', close: () => server.close() };
  return road;
}

async function listening(server: ReturnType<typeof createServer>): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}
