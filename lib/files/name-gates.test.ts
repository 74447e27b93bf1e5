import { expect, test } from 'vitest';
import { createValidator, type Validator } from '#lib/jsonl/validate';
import { testContext } from '#lib/test-context';
import { contentOf, keep } from './files-kit.ts';
import { repairFile } from './repair-file.ts';

const ofTheLanguage = ['__proto__', 'constructor', 'toString', 'hasOwnProperty'];

/** The usual code: a value is merged into an object that was parsed. */
function mergedInto(line: string): string {
  const { custom_id, params } = JSON.parse(line) as { custom_id: string; params: object };
  for (const name of ofTheLanguage) Object.assign(params, JSON.parse(`{"${name}":{"x":1}}`));
  return JSON.stringify({ custom_id, params });
}

function parametersIn(line: string): string[] {
  const { params } = JSON.parse(line) as { params: object };
  return ofTheLanguage.filter((name) => Object.hasOwn(params, name));
}

test('names of the language are data, as ids, as metadata and as parameters', async () => {
  const ctx = await testContext();
  const lines = ofTheLanguage.map(
    (name) => `{"custom_id":"${name}","params":{"model":"m","metadata":{"${name}":"${name}"}}}`,
  );
  const file = await keep(ctx, lines.join('\n'));
  expect(file).toMatchObject({ usable: true, requests: 4 });
  const repairs = ofTheLanguage.map((name) => ({ kind: 'set_parameter' as const, name, json: '{"x":1}' }));
  const mended = (await contentOf(ctx, (await repairFile(ctx, file.id, { repairs })).id)).split('\n');
  for (const [n, line] of lines.entries()) {
    const [start = '', rest = ''] = line.split('"model"');
    expect(mended[n]?.startsWith(start) && mended[n].endsWith(`"model"${rest}`)).toBe(true);
    expect(parametersIn(mended[n] ?? '')).toEqual(ofTheLanguage);
    expect(parametersIn(mergedInto(line)), 'the broken variant').not.toEqual(ofTheLanguage);
  }
  expect(({} as { x?: unknown }).x).toBeUndefined();
});

/** The usual code: a plain object, ids made alike first. */
function looseValidator(): Validator {
  const seen: Record<string, number> = {};
  const ours = createValidator();
  let errors = 0;
  return {
    line(bytes, line) {
      const { custom_id } = JSON.parse(Buffer.from(bytes ?? []).toString()) as { custom_id: string };
      const id = String(custom_id).normalize('NFC');
      if (seen[id]) errors++;
      seen[id] = line;
      return true;
    },
    finish: () => ({ ...ours.finish(), errors }),
  };
}

function errorsOf(validator: Validator, ids: string[]): number {
  ids.forEach((id, i) => {
    const text = JSON.stringify({ custom_id: id, params: { model: 'm' } });
    validator.line(Buffer.from(text), i + 1, 0);
  });
  return validator.finish().errors;
}

test('ids that differ are kept apart, ids that repeat are found wherever they stand', () => {
  const different = ['constructor', '__proto__', 'toString', '\u00e9', 'e\u0301', 'A', 'a', ' a', '../../x'];
  expect(errorsOf(createValidator(), different)).toBe(0);
  expect(errorsOf(looseValidator(), different), 'the broken variant').toBeGreaterThan(0);
  const many = Array.from({ length: 50_000 }, (_, i) => `row-${i}`);
  expect(errorsOf(createValidator(), many)).toBe(0);
  expect(errorsOf(createValidator(), [...many.slice(0, -1), 'row-0'])).toBe(1);
  expect(errorsOf(createValidator(), ['__proto__', 'x', '__proto__'])).toBe(1);
});
