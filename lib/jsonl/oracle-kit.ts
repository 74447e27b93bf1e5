import { anyTarget, type LineRules } from './line-rules.ts';
import { type MadeLine, makeLine, parts, type Random } from './oracle-line-kit.ts';

export type Expected = { line: number; column: number; severity: string; code: string; otherLine?: number };
export type MadeFile = { bytes: Uint8Array; rules: LineRules; expected: Expected[] };

const warnings = new Set(['bom', 'crlf', 'blank_line', 'unsafe_number', 'lone_surrogate', 'duplicate_key?']);
const oftenNamed = '/v1/chat/completions';

export function seeded(seed: number): Random {
  let state = Math.imul(seed, 2_654_435_761) >>> 0;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** Nothing here reads JSON, and nothing is shared with the validator but its rules. */
export function makeFile(random: Random): MadeFile {
  const rules = makeRules(random);
  const count = 1 + random(30);
  const withBom = random(8) === 0;
  const style = random(6);
  const made = Array.from({ length: count }, () => makeLine(random, rules, style));
  const lines = made.map(({ bytes }, n) => {
    const isLast = n === count - 1;
    const ends = isLast && random(2) === 0 ? [] : isLast || random(6) > 0 ? [0x0a] : [0x0d, 0x0a];
    return [...(n === 0 && withBom ? [0xef, 0xbb, 0xbf] : []), ...bytes, ...ends];
  });
  if (lines.at(-1)?.length === 0) lines.pop();
  const bytes = Uint8Array.from(lines.flat());
  return {
    bytes,
    rules,
    expected: judge(made.slice(0, lines.length), lines, rules),
  };
}

function makeRules(random: Random): LineRules {
  const perhaps = <T>(value: T) => (random(3) === 0 ? value : null);
  return {
    ...anyTarget,
    lines: perhaps(random(2) === 0 ? 'params' : 'openai'),
    limits: { requests: perhaps(1 + random(20)), bytes: perhaps(40 + random(2_000)) },
    customIdPattern: perhaps('^[a-z0-9-]{1,64}$'),
    mixedModels: [true, false, null][random(3)] ?? null,
    mixedEndpoints: [true, false, null][random(3)] ?? null,
    endpoints: perhaps([oftenNamed]),
    outputTokens: random(2) === 0 ? { m: 100 } : {},
  };
}

/** What the lines are to each other, told slowly: by looking at all that came before. */
function judge(made: MadeLine[], lines: number[][], rules: LineRules): Expected[] {
  const expected: Expected[] = [];
  const add = (n: number, code: string, column: number, severity: string, otherLine?: number) =>
    expected.push({
      line: n + 1,
      column,
      severity,
      code: code.replace('?', ''),
      ...(otherLine && { otherLine }),
    });
  const before = (n: number) =>
    made.slice(0, n).flatMap(({ says }, line) => (says ? [{ ...says, line: line + 1 }] : []));
  if (lines[0]?.[0] === 0xef) add(0, 'bom', 1, 'warning');
  let offset = 0;
  let overflowed = false;
  made.forEach(({ bytes, marks, says }, n) => {
    const columnOf = (part: string) => marks.find(({ code }) => code === part)?.column ?? 1;
    for (const { code, column } of marks) {
      if (!parts.has(code)) add(n, code, column, warnings.has(code) ? 'warning' : 'error');
    }
    const ends = lines[n]?.slice(-2).join() === '13,10';
    if (ends) add(n, 'crlf', [...new TextDecoder().decode(Uint8Array.from(bytes))].length + 1, 'warning');
    const length = (lines[n]?.length ?? 0) - (lines[n]?.at(-1) === 0x0a ? 1 : 0);
    if (rules.limits.bytes !== null && !overflowed && offset + length > rules.limits.bytes) {
      overflowed = true;
      add(n, 'too_many_bytes', 1, 'error');
    }
    offset += lines[n]?.length ?? 0;
    if (!says) return;
    const earlier = before(n);
    const limit = rules.limits.requests;
    if (limit !== null && earlier.length === limit) add(n, 'too_many_requests', startOf(bytes), 'error');
    // Beyond the limit ids are no longer remembered.
    const first = earlier.slice(0, limit ?? undefined).find(({ id }) => id !== null && id === says.id);
    if (first) add(n, 'duplicate_custom_id', columnOf('id'), 'error', first.line);
    if (!says.dialect) return;
    const form = [...earlier, says].find(({ dialect }) => dialect !== null)?.dialect;
    if (form !== says.dialect) add(n, 'mixed_dialects', columnOf('payload'), 'error');
    else if (rules.lines !== null && rules.lines !== form)
      add(n, 'wrong_dialect', columnOf('payload'), 'error');
    const mixed = (mine: string | null, others: (string | null)[], mayMix: boolean | null) => {
      const named = others.filter((name) => name !== null);
      if (mine === null || named.length === 0 || mayMix === true) return null;
      if (mayMix === false) return mine !== named[0] ? 'error' : null;
      return mine !== named[0] && new Set(named).size === 1 ? 'warning' : null;
    };
    const models = mixed(
      says.model,
      earlier.map(({ model }) => model),
      rules.mixedModels,
    );
    if (models) add(n, 'mixed_models', columnOf('model'), models);
    if (rules.endpoints !== null && says.url !== null && says.url !== oftenNamed)
      add(n, 'other_endpoint', columnOf('url'), 'warning');
    const urls = mixed(
      says.url,
      earlier.map(({ url }) => url),
      rules.mixedEndpoints,
    );
    if (urls) add(n, 'mixed_endpoints', columnOf('url'), urls);
  });
  const filled = made.some(({ marks }) => !marks.some(({ code }) => code === 'blank_line'));
  if (!filled) add(0, 'no_requests', 1, 'error');
  return expected;
}

/** Nothing but spaces may stand before the object. */
function startOf(bytes: number[]): number {
  return bytes.findIndex((byte) => byte !== 0x20) + 1;
}
