type Raw = {
  parse(
    text: string,
    reviver: (key: string, value: unknown, context: { source?: string }) => unknown,
  ): unknown;
  rawJSON?(text: string): unknown;
};
const json = JSON as unknown as Raw;

/** Like `JSON.parse`, but numbers that would be printed differently keep their digits, where this engine can. */
export function parseExact(text: string): unknown {
  return json.parse(text, (_, value, { source }) => {
    if (typeof value !== 'number' || source === undefined || String(value) === source) return value;
    return json.rawJSON?.(source) ?? value;
  });
}
