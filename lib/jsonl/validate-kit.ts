import type { LineRules } from './line-rules.ts';
import { createLineSplitter } from './split-lines.ts';
import { createValidator, type Summary } from './validate.ts';

export const bytes = (text: string) => new TextEncoder().encode(text);
type Options = Partial<LineRules> & { maxLineBytes?: number; step?: number };

export function validate(file: string | Uint8Array, options: Options = {}): Summary {
  const whole = typeof file === 'string' ? bytes(file) : file;
  const splitter = createLineSplitter(options);
  const validator = createValidator(options);
  const step = options.step ?? Math.max(1, whole.length);
  const take = (line: { bytes: Uint8Array | null; line: number; offset: number }) =>
    validator.line(line.bytes, line.line, line.offset);
  for (let at = 0; at < whole.length; at += step) splitter.push(whole.subarray(at, at + step), take);
  splitter.end(take);
  return validator.finish();
}

export const found = (file: string | Uint8Array, options: Options = {}) =>
  validate(file, options).findings.map(({ line, column, code }) => `${line}:${column} ${code}`);

export const params = (id: string, more = '') => `{"custom_id":"${id}","params":{"model":"m"${more}}}`;
export const openai = (id: string) =>
  `{"custom_id":"${id}","method":"POST","url":"/v1/chat/completions","body":{"model":"m"}}`;

export function joinedBytes(...parts: (string | number[])[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => (typeof part === 'string' ? [...bytes(part)] : part)));
}
