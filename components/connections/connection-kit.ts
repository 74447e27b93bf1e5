import { defaultCapabilities } from '#lib/model/capabilities';
import type { Connection } from '#lib/model/connection';

/** A connection as the API shows one, for tests. */
export function someConnection(given: Partial<Connection>): Connection {
  return {
    id: 'con_1',
    name: 'gw',
    preset: 'inline-compatible',
    dialect: 'inline',
    baseUrl: 'https://gw.example.com/v1',
    keyHeader: 'authorization',
    key: { last4: '6035', fingerprint: 'ab12cd34' },
    headers: {},
    limits: { requests: null, bytes: null, customIdPattern: null },
    discount: 0.5,
    completionWindow: '24h',
    capabilities: defaultCapabilities,
    setByFile: [],
    locked: null,
    paused: null,
    keyRefused: false,
    checked: null,
    batches: { running: 0, waiting: 0 },
    createdAt: '2026-11-21T00:00:00.000Z',
    ...given,
  };
}
