import 'server-only';
import { isIP } from 'node:net';
import { kindOf } from './address.ts';
import type { AllowList } from './allow-list.ts';

const metadataNames =
  /^(?:metadata|instance-data(?:\.ec2\.internal)?|(?:.*\.)?metadata\.(?:goog|google\.internal|azure\.internal|tencentyun\.com))$/;

/** What the text of an address already tells. Names are judged again, by what they resolve to, at every connect. */
export function objectionTo(text: string, allowed: AllowList): string | null {
  if (!URL.canParse(text)) return 'This is not a web address.';
  const url = new URL(text);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return 'The address must start with https://.';
  if (url.username !== '' || url.password !== '') return 'The address must not hold a user name or password.';
  const host = hostOf(url);
  if (host === '' || host.endsWith('.')) return 'The host name must not be empty or end in a dot.';
  if (metadataNames.test(host)) return 'This is the address of a metadata service, which is never called.';
  const port = portOf(url);
  if (isIP(host) !== 0) return addressObjection(host, port, url.protocol, allowed);
  if (url.protocol === 'http:' && !allowed.hasPort(port)) return plainHttp;
  return null;
}

/** Asked of the literal in a URL and of every address a name resolves to. */
export function addressObjection(
  address: string,
  port: number,
  protocol: string,
  allowed: AllowList,
): string | null {
  const kind = kindOf(address);
  if (kind === 'never') return 'This host is at a reserved or metadata address, which is never called.';
  if (allowed.has(address, port)) return null;
  if (kind === 'private') {
    return 'This host is at a private address. An operator can allow it with BATCHDECK_ALLOW_PRIVATE.';
  }
  return protocol === 'https:' ? null : plainHttp;
}

const plainHttp =
  'The address must start with https://. Plain http is only for hosts named in BATCHDECK_ALLOW_PRIVATE.';

/** Whether an address lies, by its text alone, where only the operator's list leads: over http or at a private literal. */
export function isInside(origin: string): boolean {
  const url = new URL(origin);
  return url.protocol === 'http:' || (isIP(hostOf(url)) !== 0 && kindOf(hostOf(url)) === 'private');
}

export function hostOf(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, '');
}

export function portOf(url: URL): number {
  return Number(url.port || (url.protocol === 'https:' ? 443 : 80));
}
