import type { FileDialect } from '#lib/model/file';
import type { LineRules } from './line-rules.ts';

export type Random = (below: number) => number;
type Mark = { code: string; column: number };

/** A line whose fate is known beforehand: `«code»` in its template marks where that finding must point. */
export type MadeLine = {
  bytes: number[];
  marks: Mark[];
  /** What the line says of itself, where it can be read at all. */
  says: { id: string | null; dialect: FileDialect | null; model: string | null; url: string | null } | null;
};

/** Marks that point at a part of the line, for findings that depend on other lines. */
export const parts: ReadonlySet<string> = new Set(['id', 'payload', 'model', 'url']);
const encode = (text: string) => [...new TextEncoder().encode(text)];

const fillers = [
  'plain',
  'q\\"uote',
  '\u2028',
  '\u2029\u0085',
  '日本語',
  '😀',
  '\\u00e9',
  '\\\\',
  '}{][:,',
  '\\ud83d\\ude00',
  ' ',
];
const pattern = /^[a-z0-9-]{1,64}$/u;

export function makeLine(random: Random, rules: LineRules, style: number): MadeLine {
  const id = ['__proto__', 'constructor', 'a b', 'é', 'e\u0301'][random(40)] ?? `id-${random(60)}`;
  const shownId = JSON.stringify(id);
  const model = random(5) === 0 ? 'n' : 'm';
  const openai = style === 0 || (style === 1 && random(2) === 0);
  const url = random(6) === 0 ? '/v1/responses' : '/v1/chat/completions';
  const filler = Array.from({ length: random(6) }, () => fillers[random(fillers.length)]).join('');
  const gap = random(3) === 0 ? ' ' : '';
  const body = (more = '', named = `"model":«model»"${model}",`) =>
    `{${named}"messages":[{"role":"user","content":"${filler}"}]${more}}`;
  const line = (payload = body(), key = `"custom_id"${gap}:${gap}«id»${ruleMark(id)}${shownId}`) =>
    openai
      ? `{${gap}${key},"method":"POST","url":«url»"${url}","body":«payload»${payload}${gap}}`
      : `{${gap}${key},"params":${gap}«payload»${payload}${gap}}`;
  const ruleMark = (text: string) =>
    rules.customIdPattern && !pattern.test(text) ? '«invalid_custom_id»' : '';
  const dialect = openai ? 'openai' : 'params';
  const says = { id, dialect, model, url: openai ? url : null } as const;
  const good = (template: string, change: Partial<NonNullable<MadeLine['says']>> = {}) =>
    read(template, { ...says, ...change });
  const bad = (template: string) => read(template, null);
  const most = rules.outputTokens[model];
  const tooMany = (tokens: number) => (most !== undefined && tokens > most ? '«max_tokens_too_high»' : '');
  const asked = [99, 100, 101, 4_096][random(4)] ?? 1;
  const tokenField = ['max_tokens', 'max_completion_tokens', 'max_output_tokens'][random(3)];

  const kinds: (() => MadeLine)[] = [
    () => good(line()),
    () => good(line()),
    () => good(line()),
    () => good(line()),
    () => good(line(body(',"n":[1,2.5,-3e4,true,null,1.0]'))),
    () => good(line(body(`,"${tokenField}":${tooMany(asked)}${asked}`))),
    () => good(line(body(',"seed":«unsafe_number»12345678901234567890'))),
    () => good(line(body(',"seed":[«unsafe_number»-1e400]'))),
    () => good(line(body(',"x":"«lone_surrogate»\\udc01"'))),
    () => good(line(body(',"x":"ok","y":{"z":1,«duplicate_key?»"z":2}'))),
    () => good(line(body(',"top_p":1,«duplicate_key?»"top_p":1'))),
    () =>
      good(
        line(body(`,«duplicate_key»"model":«late»"${model}"`))
          .replace('«model»', '')
          .replace('«late»', '«model»'),
      ),
    () => good(line(body(), `"custom_id":"x",«duplicate_key»"custom_id":«id»${ruleMark(id)}${shownId}`)),
    () => good(line(body(',"stream":«stream_not_allowed»true'))),
    () => good(line(body(',"stream":false'))),
    () => good(line(`«missing_model»${body('', '')}`), { model: null }),
    () => good(line(body('', '"model":«missing_model»7,')), { model: null }),
    () => good(line(body(), '"custom_id":«invalid_custom_id»17'), { id: null }),
    () => good(line(body(), '"custom_id":«invalid_custom_id»null'), { id: null }),
    () => good(line(body(), '"custom_id":«invalid_custom_id»""'), { id: null }),
    () =>
      good(line(body(), `"custom_id":«id»«invalid_custom_id»"${'i'.repeat(257)}"`), { id: 'i'.repeat(257) }),
    () => good(`«missing_custom_id»${line(body(), '"other":1')}`, { id: null }),
    () =>
      good(`«missing_body»{"custom_id":«id»${ruleMark(id)}${shownId}}`, {
        dialect: null,
        model: null,
        url: null,
      }),
    () =>
      good(
        `{"custom_id":«id»${ruleMark(id)}${shownId},"params":{"model":"m"},"body":«mixed_dialects»{"model":"m"}}`,
        { dialect: null, model: null, url: null },
      ),
    () => bad(line().replace(/\}$/, '«invalid_json»')),
    () => bad(`${line()}«invalid_json»}`),
    () => bad(line().replace('{', "{«invalid_json»'a':1,")),
    () => bad('«not_an_object»"text"'),
    () => bad(' «not_an_object»[1]'),
    () => bad('«blank_line»'),
    () => bad('«blank_line» \t'),
    () => withBytes('{"é":"«invalid_utf8»', [0xc3, 0x28], '"}'),
    () => withBytes('{"a":"«nul_byte»', [0], '"}'),
    () => good(line(body(`,"d":${'['.repeat(509)}${']'.repeat(509)}`))),
    () => bad(line(body(`,"d":${'['.repeat(510)}«too_deep»${'['.repeat(90)}${']'.repeat(600)}`))),
  ];
  const kind = kinds[random(kinds.length)] ?? (() => good(line()));
  return kind();
}

function read(template: string, says: MadeLine['says']): MadeLine {
  const marks: Mark[] = [];
  let text = '';
  for (const piece of template.split(/(«[\w?]+»)/)) {
    const code = /^«([\w?]+)»$/.exec(piece)?.[1];
    if (code) marks.push({ code, column: [...text].length + 1 });
    else text += piece;
  }
  // A line that cannot be read says nothing about its parts, however it was made.
  const told = says ? marks : marks.filter(({ code }) => !parts.has(code) && code !== 'invalid_custom_id');
  return { bytes: encode(text), marks: told, says };
}

function withBytes(before: string, bytes: number[], after: string): MadeLine {
  const made = read(before, null);
  return { ...made, bytes: [...made.bytes, ...bytes, ...encode(after)] };
}
