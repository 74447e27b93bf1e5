/** Nesting beyond this is refused: other programs on the way give up at such depths. */
export const maxDepth = 512;

/** Where key and value start, and where the value ends. */
export type Place = { key: number; value: number; end: number };

export type Holder = '' | 'params' | 'body';
export type Places = Record<Holder, Map<string, Place>>;

/** Everything about one line that `JSON.parse` does not tell. All positions are indexes into the text. */
export type Examined = {
  broken: { at: number; message: string } | null;
  tooDeep: number | null;
  /** The first thousand. `parts` where two readers could take the line for different requests. */
  duplicateKeys: { at: number; key: string; parts: boolean }[];
  unsafeNumber: { at: number; literal: string } | null;
  loneSurrogate: number | null;
  /** The members of the top level, and those of `params` and `body`. */
  places: Places;
};

class Stop extends Error {}

/** A strict JSON reader that remembers where things stand: slow, the same in every browser and on the server. */
export function examineJson(text: string): Examined {
  const found: Examined = {
    broken: null,
    tooDeep: null,
    duplicateKeys: [],
    unsafeNumber: null,
    loneSurrogate: null,
    places: { '': new Map(), params: new Map(), body: new Map() },
  };
  try {
    read(text, found);
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
  }
  return found;
}

function read(text: string, found: Examined): void {
  let i = 0;

  const fail = (message: string, at = i): never => {
    found.broken = { at, message };
    throw new Stop();
  };
  const skipSpace = () => {
    while (i < text.length && ' \t\r\n'.includes(text.charAt(i))) i++;
  };
  const seen = () => (i < text.length ? `not ${shownSign(text, i)}` : 'but the line ends');

  const value = (depth: number, path: string) => {
    skipSpace();
    const sign = text.charAt(i);
    if (sign === '{' || sign === '[') {
      if (depth === maxDepth) {
        found.tooDeep = i;
        throw new Stop();
      }
      if (sign === '{') object(depth + 1, path);
      else array(depth + 1);
    } else if (sign === '"') string();
    else if (sign === '-' || (sign >= '0' && sign <= '9')) number();
    else word();
  };

  const object = (depth: number, path: string) => {
    const names = new Set<string>();
    const kept = depth === 1 ? found.places[''] : depth === 2 && isPayload(path) ? found.places[path] : null;
    i++;
    skipSpace();
    if (text.charAt(i) === '}') {
      i++;
      return;
    }
    for (;;) {
      skipSpace();
      if (text.charAt(i) !== '"') fail(`a key in double quotes must stand here, ${seen()}`);
      const at = i;
      string();
      const key = String(JSON.parse(text.slice(at, i)));
      skipSpace();
      if (text.charAt(i) !== ':') fail(`\`:\` must follow the key, ${seen()}`);
      i++;
      skipSpace();
      const start = i;
      value(depth, depth === 1 ? key : '');
      if (names.has(key) && found.duplicateKeys.length < 1_000) {
        const parts = depth === 1 || (kept !== null && (key === 'custom_id' || key === 'model'));
        found.duplicateKeys.push({ at, key, parts });
      }
      names.add(key);
      kept?.set(key, { key: at, value: start, end: i });
      skipSpace();
      if (text.charAt(i) === ',') i++;
      else if (text.charAt(i) === '}') {
        i++;
        return;
      } else fail(`\`,\` or \`}\` must follow, ${seen()}`);
    }
  };

  const array = (depth: number) => {
    i++;
    skipSpace();
    if (text.charAt(i) === ']') {
      i++;
      return;
    }
    for (;;) {
      value(depth, '');
      skipSpace();
      if (text.charAt(i) === ',') i++;
      else if (text.charAt(i) === ']') {
        i++;
        return;
      } else fail(`\`,\` or \`]\` must follow, ${seen()}`);
    }
  };

  const string = () => {
    const start = i;
    for (i++; ; i++) {
      const code = text.charCodeAt(i);
      if (i >= text.length) fail('this text is not closed by `"`', start);
      if (code === 0x22) break;
      if (code < 0x20) fail(`${shownSign(text, i)} must be escaped inside text`);
      if (code === 0x5c) escapeSequence();
    }
    i++;
  };

  const escapeSequence = () => {
    const at = i;
    const sign = text.charAt(i + 1);
    if (sign !== 'u') {
      if (sign === '' || !'"\\/bfnrt'.includes(sign)) fail(`\`\\${sign}\` is not an escape JSON knows`);
      i++;
      return;
    }
    const unit = hex(at);
    i += 5;
    if (unit < 0xd800 || unit > 0xdfff) return;
    const low = text.startsWith('\\u', i + 1) ? hex(i + 1) : 0;
    if (unit < 0xdc00 && low >= 0xdc00 && low <= 0xdfff) i += 6;
    else found.loneSurrogate ??= at;
  };

  const hex = (at: number): number => {
    const digits = text.slice(at + 2, at + 6);
    if (!/^[0-9a-fA-F]{4}$/.test(digits)) fail('four hexadecimal digits must follow `\\u`', at);
    return Number.parseInt(digits, 16);
  };

  const numeral = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
  const number = () => {
    const at = i;
    numeral.lastIndex = i;
    const literal = numeral.exec(text)?.[0];
    if (literal === undefined) return fail('this is not a number JSON knows');
    i += literal.length;
    if (/[\w.+-]/.test(text.charAt(i))) fail('this is not a number JSON knows', at);
    if (isUnsafe(literal)) found.unsafeNumber ??= { at, literal };
  };

  const word = () => {
    const known = ['true', 'false', 'null'].find((name) => text.startsWith(name, i));
    if (!known) return fail(`a value must stand here, ${seen()}`);
    i += known.length;
  };

  value(0, '');
  skipSpace();
  if (i < text.length) fail(`nothing may follow the object, ${seen()}`);
}

function isPayload(name: string): name is 'params' | 'body' {
  return name === 'params' || name === 'body';
}

/** Whether a program that reads numbers as doubles would change this one. */
function isUnsafe(literal: string): boolean {
  const size = Math.abs(Number(literal));
  return size >= 2 ** 53 && !/^-?9007199254740992(\.0+)?$/.test(literal);
}

function shownSign(text: string, at: number): string {
  const code = text.codePointAt(at) ?? 0;
  const sign = String.fromCodePoint(code);
  return /[\p{Cc}\p{Cf}\p{Z}]/u.test(sign)
    ? `U+${code.toString(16).toUpperCase().padStart(4, '0')}`
    : `\`${sign}\``;
}
