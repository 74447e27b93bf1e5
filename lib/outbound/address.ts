import 'server-only';
import { BlockList, isIP, isIPv4 } from 'node:net';

/** `private` may be allowed by the operator; `never` may not, whatever a list says. */
export type AddressKind = 'public' | 'private' | 'never';

// After IANA's special-purpose registries: "this network", link-local with its metadata, anycast helpers of the
// network itself, multicast, reserved; then the metadata services that live elsewhere.
const never4 = blockList('ipv4', [
  '0.0.0.0/8',
  '169.254.0.0/16',
  '192.31.196.0/24',
  '192.52.193.0/24',
  '192.88.99.0/24',
  '192.175.48.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
  '100.100.100.200/32',
  '168.63.129.16/32',
  '192.0.0.192/32',
]);
const private4 = blockList('ipv4', [
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
]);
const metadata6 = blockList('ipv6', [
  'fd00:ec2::254/128',
  'fd00:ec2::23/128',
  'fd00:c1::a9fe:a9fe/128',
  'fd00:42::42/128',
  'fd20:ce::254/128',
]);
const private6 = blockList('ipv6', ['::1/128', 'fc00::/7']);
const global6 = blockList('ipv6', ['2000::/3']);
// Tunnels, documentation, benchmarks, ids and black holes inside the global range: nobody offers an API there.
const odd6 = blockList('ipv6', ['2001::/23', '2001:db8::/32', '2002::/16', '2620:4f:8000::/48', '3fff::/20']);

export function kindOf(address: string): AddressKind {
  if (isIPv4(address)) return kindOf4(address);
  if (isIP(address) !== 6 || address.includes('%')) return 'never';
  const words = wordsOf(address);
  if (isPrefixed(words, [0, 0, 0, 0, 0, 0xffff])) return 'never';
  // NAT64, as networks without IPv4 name public addresses; what is behind it counts.
  if (isPrefixed(words, [0x64, 0xff9b, 0, 0, 0, 0])) {
    return kindOf4(lastFour(words)) === 'public' ? 'public' : 'never';
  }
  if (metadata6.check(address, 'ipv6')) return 'never';
  if (private6.check(address, 'ipv6')) return 'private';
  return global6.check(address, 'ipv6') && !odd6.check(address, 'ipv6') ? 'public' : 'never';
}

function kindOf4(address: string): AddressKind {
  if (never4.check(address)) return 'never';
  return private4.check(address) ? 'private' : 'public';
}

/** The eight 16-bit words of an IPv6 address, as the URL parser spells it in full. */
function wordsOf(address: string): number[] {
  const plain = new URL(`http://[${address}]`).hostname.slice(1, -1);
  const [head = '', tail] = plain.split('::');
  const left = head.split(':').filter(Boolean);
  const right = (tail ?? '').split(':').filter(Boolean);
  const gap = tail === undefined ? [] : Array<string>(8 - left.length - right.length).fill('0');
  return [...left, ...gap, ...right].map((word) => Number.parseInt(word, 16));
}

function isPrefixed(words: number[], prefix: number[]): boolean {
  return prefix.every((word, i) => words[i] === word);
}

function lastFour(words: number[]): string {
  const [high = 0, low = 0] = words.slice(6);
  return [high >> 8, high & 255, low >> 8, low & 255].join('.');
}

function blockList(family: 'ipv4' | 'ipv6', ranges: string[]): BlockList {
  const list = new BlockList();
  for (const range of ranges) {
    const [address = '', bits] = range.split('/');
    list.addSubnet(address, Number(bits), family);
  }
  return list;
}
