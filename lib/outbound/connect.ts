import 'server-only';
import type { LookupAddress } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { buildConnector } from 'undici';
import type { AllowList } from './allow-list.ts';
import { addressObjection } from './check-target.ts';
import { Unreached } from './outbound.ts';

export type Resolve = (host: string, done: (error: Error | null, found: LookupAddress[]) => void) => void;

type Guard = { allowed: AllowList; resolve: Resolve; connectMs: number; ca?: string };

/** Opens every socket. Node never asks `lookup` for a literal, so that is judged here and a name inside it. */
export function guardedConnector({ allowed, resolve, connectMs, ca }: Guard): buildConnector.connector {
  return (target, done) => {
    const port = Number(target.port || (target.protocol === 'https:' ? 443 : 80));
    const objection = (address: string) => addressObjection(address, port, target.protocol, allowed);
    const wrong = isIP(target.hostname) === 0 ? null : objection(target.hostname);
    if (wrong) return done(new Unreached('blocked', false, wrong), null);
    const open = buildConnector({
      timeout: connectMs,
      ca,
      rejectUnauthorized: true,
      allowH2: false,
      maxCachedSessions: 0,
      lookup: checkedLookup(resolve, objection),
    });
    open(target, (error, socket) => {
      if (error !== null) return done(error, null);
      const late = socket.remoteAddress === undefined ? null : objection(socket.remoteAddress);
      if (late === null) return done(null, socket);
      socket.destroy();
      done(new Unreached('blocked', false, late), null);
    });
  };
}

/** Resolved and judged in one step, for the very connection it is for: what did not pass is not handed on. */
function checkedLookup(resolve: Resolve, objection: (address: string) => string | null): LookupFunction {
  return (host, options, done) => {
    resolve(host, (error, found) => {
      if (error) return done(error, '');
      const passed = found.filter(({ address }) => objection(address) === null);
      const [first] = passed;
      if (!first) {
        const why = found.map(({ address }) => objection(address)).find((text) => text !== null);
        return done(new Unreached('blocked', false, why ?? 'This host name has no address.'), '');
      }
      if (options.all) done(null, passed);
      else done(null, first.address, first.family);
    });
  };
}
