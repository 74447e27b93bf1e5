import { createServer } from 'node:http';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { run } from './run.mjs';

const dev = process.argv[2] === 'dev';
process.env.NODE_ENV = dev ? 'development' : 'production';
process.env.NEXT_MANUAL_SIG_HANDLE = '1';
process.env.NEXT_TELEMETRY_DISABLED ??= '1';
process.chdir(path.resolve(import.meta.dirname, '../..'));
if (process.env.BATCHDECK_ROLE === 'worker') await beWorker();

/** Whoever stops us often gives up after 30 seconds; closing the store is among them. */
const stopWithinMs = 27_000;
const probes = new Set(['/api/health', '/api/ready']);
const host = process.env.HOST || '127.0.0.1';
const overHttps = process.env.APP_URL?.startsWith('https:');

let next;
let stopping;
let inFlight = 0;
let lastOneOut = () => {};

const server = createServer(
  { requestTimeout: 0, headersTimeout: 60_000, keepAliveTimeout: 65_000 },
  (request, response) => {
    const isProbe = probes.has(request.url);
    if (!next || (stopping && !isProbe)) return refuse(response, 503, 'internal', notNow());
    if (!isReadable(request.url)) return refuse(response, 400, 'invalid', 'The address is not well-formed.');
    if (!isProbe) countUntilClosed(response);
    request.headers['x-batchdeck-peer'] = request.socket.remoteAddress ?? '';
    if (overHttps) response.setHeader('strict-transport-security', 'max-age=31536000');
    next(request, response);
  },
);

for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => (stopping ??= stop()));
await start();

async function start() {
  const port = await listen();
  process.env.PORT = String(port);
  const { default: createNext } = await import('next');
  const app = createNext({ dev, hostname: host, port, httpServer: server });
  await app.prepare().catch((error) => fail(error.message.split('\n')[0]));
  await booted();
  next = app.getRequestHandler();
  console.log(`Batchdeck ready on ${thisProcess().deps.env.appOrigin}`);
}

/** Next may still be loading what boots us when it calls itself prepared. A boot that fails ends the process. */
async function booted() {
  while (!thisProcess().booting) await setTimeout(10);
  await thisProcess().booting;
}

/** A worker serves nothing: plain Node takes the place of this process, or runs below it where that cannot be. */
async function beWorker() {
  const args = ['--conditions=react-server', 'lib/poller/main.ts'];
  if (process.platform !== 'win32')
    process.execve(process.execPath, [process.execPath, ...args], process.env);
  const { code } = await run(process.execPath, args);
  process.exit(code);
}

/** Listens before anything else, so that the port that is told is the port that is held. */
async function listen() {
  const wanted = process.env.PORT;
  if (wanted) {
    if (!/^\d{1,5}$/.test(wanted) || Number(wanted) > 65_535) fail(`PORT: ${wanted} is not a port`);
    const port = await tryPort(Number(wanted));
    return port ?? fail(`PORT: ${wanted} is in use by another program`);
  }
  for (let port = 3000; port < 3100; port++) {
    const found = await tryPort(port);
    if (found && port > 3000) console.log(`Port 3000 is busy, so this is port ${port}.`);
    if (found) return found;
  }
  return fail('PORT: none between 3000 and 3099 is free');
}

function tryPort(port) {
  return new Promise((resolve) => {
    const refused = (error) => {
      if (error.code === 'EADDRINUSE') resolve(null);
      else fail(`HOST: cannot listen on ${host} port ${port} (${error.code})`);
    };
    server.once('error', refused);
    server.listen(port, host, () => {
      server.off('error', refused);
      resolve(server.address().port);
    });
  });
}

/** Readiness turns first; what is in flight may end, new work is turned away, and the store is closed last. */
async function stop() {
  const here = thisProcess();
  here.ready = false;
  const drained = new Promise((resolve) => {
    lastOneOut = () => inFlight === 0 && resolve();
    lastOneOut();
  });
  await Promise.race([Promise.all([here.stopWork?.(), drained]), setTimeout(stopWithinMs)]);
  server.close();
  server.closeAllConnections();
  await Promise.race([here.closeStore?.(), setTimeout(2_000)]);
  process.exit(0);
}

function countUntilClosed(response) {
  inFlight++;
  response.once('close', () => {
    inFlight--;
    lastOneOut();
  });
}

function notNow() {
  return `Batchdeck is ${stopping ? 'stopping' : 'starting'}. Try again in a moment.`;
}

/** Next answers 500 to what cannot be decoded, and sends a whole URL on to the host it names. */
function isReadable(address) {
  try {
    return decodeURIComponent(address.split('?')[0]).startsWith('/');
  } catch {
    return false;
  }
}

function refuse(response, status, code, message) {
  const headers = { 'content-type': 'application/json', 'cache-control': 'no-store', connection: 'close' };
  response.writeHead(status, status === 503 ? { ...headers, 'retry-after': '2' } : headers);
  response.end(JSON.stringify({ error: { code, message } }));
}

function fail(why) {
  console.error(`Batchdeck cannot start: ${why}`);
  process.exit(1);
}

/** What boot hangs on the process: see thisProcess() in lib/context.ts. */
function thisProcess() {
  return globalThis[Symbol.for('batchdeck')] ?? {};
}
