import { describe, expect, it } from 'vitest';
import { faultsOf, sandboxFaults } from './sandbox-faults.ts';

describe('the faults a sandbox can be asked for', () => {
  it('have names of their own, and rules that the parser of rules takes', () => {
    expect(new Set(sandboxFaults.map(({ name }) => name)).size).toBe(sandboxFaults.length);
    for (const { name, title, about, script } of sandboxFaults) {
      expect(name).toMatch(/^[a-z]+(-[a-z]+)*$/);
      expect(title).not.toMatch(/\.$/);
      expect(about).toMatch(/\.$/);
      expect(faultsOf(JSON.stringify(script))).toEqual(script);
      expect(faultsOf(` ${name} `)).toBe(script);
    }
  });

  it('are none where nothing is asked for', () => {
    expect(faultsOf('')).toEqual([]);
  });

  it('may be one rule or many', () => {
    expect(faultsOf('{"on":"create","status":429,"retryAfter":-1}')).toEqual([
      { on: 'create', status: 429, retryAfter: -1 },
    ]);
    expect(
      faultsOf('[{"on":"any","status":429,"retryAfter":"date"},{"on":"list","drop":true}]'),
    ).toHaveLength(2);
  });

  it.each([
    ['nonsense', 'no faults named “nonsense”'],
    ['{"on":', 'not valid JSON'],
    ['[1]', 'Rule 1: it is not an object'],
    ['{"drop":true}', 'Rule 1: `on` is missing'],
    ['[{"on":"any"},{"on":"sometimes"}]', 'Rule 2: `on` must be one of any, upload'],
    ['{"on":"any","dropp":true}', 'there is no field `dropp`'],
    ['{"on":"any","toString":1}', 'there is no field `toString`'],
    ['{"on":"any","status":99}', '`status` must be a whole number from 200 to 599'],
    ['{"on":"any","status":204}', '`status` must be one that has a body'],
    ['{"on":"any","retryAfter":"soon"}', '`retryAfter` must be'],
    ['{"on":"any","cutAt":1.5}', '`cutAt` must be a whole number'],
    ['{"on":"any","drop":"after"}', '`drop` must be true or false'],
  ])('say in words what is wrong with %s', (header, words) => {
    expect(faultsOf(header)).toEqual({ problem: expect.stringContaining(words) });
  });
});
