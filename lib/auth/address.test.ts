import { expect, test } from 'vitest';
import { addressGroup } from './address.ts';

test('an IPv4 address stands for itself, an IPv6 address for its /64', () => {
  expect(addressGroup('192.0.2.7')).toBe('192.0.2.7');
  expect(addressGroup('::ffff:192.0.2.7')).toBe('192.0.2.7');
  expect(addressGroup('2001:db8::1')).toBe('2001:db8:0:0::/64');
  expect(addressGroup('2001:0DB8:0:7:ffff:1:2:3')).toBe('2001:db8:0:7::/64');
  expect(addressGroup('fe80::1%eth0')).toBe('fe80:0:0:0::/64');
  expect(addressGroup('::1')).toBe('0:0:0:0::/64');
});

test('anything else is one group, so that nonsense wins nothing', () => {
  for (const peer of [null, '', 'nonsense', '1.2.3.4, 5.6.7.8']) expect(addressGroup(peer)).toBe('unknown');
});
