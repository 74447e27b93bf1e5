import 'server-only';
import { isIPv4, isIPv6 } from 'node:net';
import { type Env, isLoopback } from '#lib/env';

/** What `serve.mjs` writes over whatever the caller sent: the peer of the socket. */
const peerHeader = 'x-batchdeck-peer';

/**
 * Who asks. Behind a proxy on this machine that is the last name in its list, which the proxy wrote itself; what stands
 * before it anybody can make up, and so the whole list where there is no proxy.
 */
export function peerIn(headers: Headers, env: Pick<Env, 'APP_URL'>): string | null {
  const peer = headers.get(peerHeader);
  const viaProxy = env.APP_URL !== undefined && isLoopback(addressGroup(peer));
  const told = viaProxy ? headers.get('x-forwarded-for')?.split(',').at(-1)?.trim() : '';
  return told || peer;
}

/** One customer of a network: an IPv4 address, or the /64 that IPv6 hands out whole. */
export function addressGroup(peer: string | null): string {
  const address = (peer ?? '').split('%')[0] ?? '';
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped) return mapped;
  if (isIPv4(address)) return address;
  if (!isIPv6(address)) return 'unknown';
  const [head = '', tail] = address.split('::');
  const groups = head === '' ? [] : head.split(':');
  const after = tail ? tail.split(':') : [];
  const zeros = tail === undefined ? [] : Array<string>(8 - groups.length - after.length).fill('0');
  const first = [...groups, ...zeros, ...after].slice(0, 4);
  return `${first.map((group) => Number.parseInt(group, 16).toString(16)).join(':')}::/64`;
}
