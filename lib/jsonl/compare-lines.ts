import type { FileDialect } from '#lib/model/file';
import type { FindingCode, Severity } from '#lib/model/finding';
import { type LineReport, quoted } from './check-line.ts';
import { type Description, grouped } from './finding-list.ts';
import type { LineRules } from './line-rules.ts';

export type AddFinding = (code: FindingCode, describe: () => Description, severity?: Severity) => void;
export type Facts = { requests: number; dialect: FileDialect | null; models: string[]; endpoints: string[] };

export type Comparison = {
  add(report: LineReport, line: number, find: AddFinding): void;
  facts(): Facts;
};

const namedAtMost = 100;

/** What the requests of one file are to each other. Remembers the ids of the first `most`, and names. */
export function compareLines(rules: LineRules, most: number): Comparison {
  const firstLineOf = new Map<string, number>();
  const models = new Set<string>();
  const endpoints = new Set<string>();
  let dialect: FileDialect | null = null;
  let requests = 0;

  const compareId = ({ customId, indexOf }: LineReport, line: number, find: AddFinding) => {
    if (customId === null) return;
    const firstLine = firstLineOf.get(customId);
    if (firstLine !== undefined) {
      find('duplicate_custom_id', () => ({
        index: indexOf('custom_id'),
        message: `\`custom_id\` repeats line ${grouped(firstLine)} (${quoted(customId)}).`,
        otherLine: firstLine,
      }));
    } else if (requests <= most) firstLineOf.set(customId, line);
  };

  const compareForm = (own: FileDialect, { indexOf }: LineReport, find: AddFinding) => {
    dialect ??= own;
    const payload = payloadOf[own];
    const at = () => indexOf(payload);
    if (own !== dialect) {
      const message = `this line has \`${payload}\`, the lines before have another form.`;
      find('mixed_dialects', () => ({ index: at(), message }));
    } else if (rules.lines !== null && rules.lines !== own) {
      find('wrong_dialect', () => ({ index: at(), message: wrongForm[own] }));
    }
  };

  return {
    add(report, line, find) {
      const { indexOf, model, endpoint, dialect: own } = report;
      requests++;
      if (requests === most + 1) {
        const message = `more than ${grouped(most)} requests. Split the file.`;
        find('too_many_requests', () => ({ index: indexOf(''), message }));
      }
      compareId(report, line, find);
      if (own === null) return;
      compareForm(own, report, find);
      if (differs(models, model, rules.mixedModels)) {
        const index = () => indexOf('model', payloadOf[own]);
        find(
          'mixed_models',
          () => ({ index: index(), message: second('model', rules.mixedModels) }),
          gravity(rules.mixedModels),
        );
      }
      if (endpoint !== null && rules.endpoints?.includes(endpoint) === false) {
        const message = unknownTo(rules.endpoints, endpoint);
        find('other_endpoint', () => ({ index: indexOf('url'), message }));
      }
      if (differs(endpoints, endpoint, rules.mixedEndpoints)) {
        const message = second('`url`', rules.mixedEndpoints);
        find('mixed_endpoints', () => ({ index: indexOf('url'), message }), gravity(rules.mixedEndpoints));
      }
    },
    facts: () => ({ requests, dialect, models: [...models], endpoints: [...endpoints] }),
  };
}

const payloadOf = { params: 'params', openai: 'body' } as const;
const wrongForm: Record<FileDialect, string> = {
  params: 'this connection takes lines with `method`, `url` and `body`, not `params`.',
  openai: 'this connection takes lines with `params`, not `body`.',
};

/** Where nobody knows the rule the first that differs is told, where it is forbidden each line that differs from the first. */
function differs(names: Set<string>, name: string | null, mayMix: boolean | null): boolean {
  if (name === null) return false;
  const [first] = names;
  const isNew = !names.has(name) && names.size < namedAtMost;
  if (isNew) names.add(name);
  if (mayMix === false) return first !== undefined && first !== name;
  return mayMix === null && isNew && names.size === 2;
}

function second(what: string, mayMix: boolean | null): string {
  return mayMix === null
    ? `a second ${what}. Some providers take one per batch.`
    : `a second ${what}, where one is taken per batch.`;
}

/** What a provider takes is known from its pages, which it may outgrow: nobody is kept from trying. */
function unknownTo(known: string[], endpoint: string): string {
  return `this connection is not known to take ${quoted(endpoint)}. It takes ${known.join(', ')}.`;
}

function gravity(mayMix: boolean | null): Severity {
  return mayMix === false ? 'error' : 'warning';
}
