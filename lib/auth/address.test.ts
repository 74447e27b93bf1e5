import { expect, test } from 'vitest';
import { addressGroup, peerIn } from './address.ts';

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

const asked = (peer: string, forwarded?: string) =>
  new Headers({ 'x-batchdeck-peer': peer, ...(forwarded ? { 'x-forwarded-for': forwarded } : {}) });
const deployed = { APP_URL: 'https://batches.example.com' };

test('a list of forwarders is hearsay where no proxy stands before us', () => {
  expect(peerIn(asked('203.0.113.9', '198.51.100.1'), deployed)).toBe('203.0.113.9');
  expect(peerIn(asked('127.0.0.1', '198.51.100.1'), {})).toBe('127.0.0.1');
});

test('behind a proxy on this machine only the name that it wrote itself counts', () => {
  for (const proxy of ['127.0.0.1', '::ffff:127.0.0.1']) {
    expect(peerIn(asked(proxy, 'made-up, 198.51.100.1'), deployed)).toBe('198.51.100.1');
  }
  expect(peerIn(asked('127.0.0.1'), deployed)).toBe('127.0.0.1');
});
