import 'server-only';
import { type Capabilities, defaultCapabilities } from '#lib/model/capabilities';
import type {
  Candidate,
  CreateAnswer,
  CreateInput,
  Lost,
  PollAnswer,
  Provider,
  ProviderReport,
  UploadAnswer,
} from '#lib/providers/provider';
import { silentReport } from '#lib/providers/silent-report';

type Given<A> = A | Error | (() => A | Promise<A>);
type Script = {
  upload: Given<UploadAnswer>[];
  create: Given<CreateAnswer>[];
  poll: Given<PollAnswer>[];
  cancel: Given<PollAnswer>[];
  find: Given<Candidate[]>[];
  /** For each open of a source, by its role. */
  output: Given<AsyncIterable<Uint8Array>>[];
  error: Given<AsyncIterable<Uint8Array>>[];
};
type Call = { name: keyof Script; id?: string; input?: CreateInput; lines?: string; lost?: Lost };

type Known = Partial<Capabilities> & { upload?: boolean };

/** Puts a scripted provider where a test's mock of the registry finds it. */
export function onStage(stage: { provider: unknown }, known: Known = {}): Scripted {
  const scripted = new Scripted(known);
  stage.provider = scripted.provider;
  return scripted;
}

/** A provider of any dialect whose every answer a test decides, with a journal of what it was asked. */
export class Scripted {
  readonly calls: Call[] = [];
  readonly provider: Provider;
  script: Script = { upload: [], create: [], poll: [], cancel: [], find: [], output: [], error: [] };
  /** What is answered where the script has nothing. */
  otherwise: Partial<{ [K in keyof Script]: Script[K][number] }> = {};

  constructor({ upload = false, ...known }: Known) {
    const capabilities = { ...defaultCapabilities, ...known };
    this.provider = {
      capabilities,
      upload: upload ? async (_, input) => this.#sent('upload', input) : null,
      create: async (_, input) => this.#sent('create', input),
      poll: async (_, id) => this.#next('poll', { id }),
      cancel: async (_, id) => this.#next('cancel', { id }),
      find: async (_, lost) => this.#next('find', { lost }),
      results: (_, report) =>
        report.resultRefs.map(({ role }) => ({
          role,
          open: async () => this.#next(role, { id: report.providerBatchId ?? '' }),
        })),
      check: async () => ({ kind: 'ready' }),
      readLine: () => {
        throw new Error('Lines are read in the index worker, by the real adapter.');
      },
    };
  }

  named(name: keyof Script): Call[] {
    return this.calls.filter((call) => call.name === name);
  }

  async #sent<K extends 'upload' | 'create'>(name: K, input: CreateInput) {
    const lines = await Array.fromAsync(input.lines(), (line) => Buffer.from(line).toString());
    return this.#next(name, { input, lines: lines.join('\n') });
  }

  async #next<K extends keyof Script>(name: K, asked: Omit<Call, 'name'>): Promise<Answer<K>> {
    this.calls.push({ name, ...asked });
    const given = this.script[name].shift() ?? this.otherwise[name];
    if (given === undefined) throw new Error(`The script has no answer to ${name}.`);
    if (given instanceof Error) throw given;
    return (typeof given === 'function' ? given() : given) as Answer<K>;
  }
}

type Answer<K extends keyof Script> = Script[K][number] extends Given<infer A> ? A : never;

export function report(given: Partial<ProviderReport> = {}): ProviderReport & { providerBatchId: string } {
  return {
    ...silentReport,
    providerBatchId: 'batch_1',
    state: 'running',
    rawStatus: given.state ?? 'running',
    raw: '{}',
    ...given,
  } as ProviderReport & { providerBatchId: string };
}

export const took = (id = 'batch_1'): CreateAnswer => ({
  kind: 'accepted',
  report: report({ providerBatchId: id, state: 'pending' }),
});
export const says = (given: Partial<ProviderReport> = {}): PollAnswer => ({
  kind: 'report',
  report: report(given),
});
export const output = [{ kind: 'file', id: 'file_out', role: 'output' } as const];
export const bothFiles = [...output, { kind: 'file', id: 'file_err', role: 'error' } as const];

export async function* bytes(...chunks: string[]): AsyncGenerator<Uint8Array> {
  for (const chunk of chunks) yield Buffer.from(chunk);
}
