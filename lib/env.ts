import 'server-only';
import { z } from 'zod';

const flag = z.enum(['0', '1']).transform((value) => value === '1');
const seconds = z
  .string()
  .regex(/^\d+(\.\d+)?-\d+(\.\d+)?$/, 'must be FLOOR-CEILING in seconds, like 5-60')
  .transform((text) => {
    const [floor = 5, ceiling = 60] = text.split('-').map(Number);
    return { floorMs: floor * 1000, ceilingMs: ceiling * 1000 };
  })
  .refine(
    ({ floorMs, ceilingMs }) => floorMs > 0 && floorMs <= ceilingMs,
    'the floor must not exceed the ceiling',
  );
const bytes = z.coerce.number().int().positive();
const origin = z
  .url({ protocol: /^https?$/ })
  .refine(
    (url) => new URL(url).pathname === '/',
    'must be an origin without a path, like https://batches.example.com',
  )
  .transform((url) => new URL(url).origin);

const schema = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  HOST: z.string().min(1).default('127.0.0.1'),
  APP_URL: origin.optional(),
  BATCHDECK_DATA_DIR: z.string().min(1).default('.data'),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'must look like postgres://user:password@host:5432/name')
    .optional(),
  BLOB_URL: z
    .string()
    .regex(/^s3:\/\/[^/?]+/, 'must look like s3://bucket/prefix?region=eu-central-1')
    .optional(),
  BATCHDECK_KEYS: z.string().optional(),
  BATCHDECK_PROVISION: z.string().optional(),
  BATCHDECK_ALLOW_PRIVATE: z.string().default(''),
  BATCHDECK_ROLE: z.enum(['web', 'worker', 'all']).default('all'),
  BATCHDECK_SANDBOX: flag.optional(),
  BATCHDECK_SANDBOX_URL: origin.optional(),
  BATCHDECK_CACHE_BYTES: bytes.default(2 * 1000 ** 3),
  BATCHDECK_MAX_FILE_BYTES: bytes.default(2 * 1024 ** 3),
  BATCHDECK_POLL_SECONDS: seconds.default({ floorMs: 5_000, ceilingMs: 60_000 }),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error']).default('info'),
});

export type Env = z.infer<typeof schema> & {
  appOrigin: string;
  loopback: boolean;
  /** On where one process is all there is; with a shared database one process is told to own it. */
  ownsSandbox: boolean;
};

/** A bad value stops the start with one line naming the variable. */
export class EnvProblem extends Error {}

export function readEnv(source: Record<string, string | undefined>): Env {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ''));
  const parsed = schema.safeParse(given);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new EnvProblem(`${String(issue?.path[0])}: ${issue?.message}`);
  }
  const env = parsed.data;
  if (!env.APP_URL && !isLoopback(env.HOST)) {
    throw new EnvProblem(`APP_URL must be set to the public address while HOST is ${env.HOST}`);
  }
  if (env.BATCHDECK_ROLE !== 'all' && !env.DATABASE_URL) {
    throw new EnvProblem(
      `BATCHDECK_ROLE: ${env.BATCHDECK_ROLE} needs DATABASE_URL, for one process alone does both`,
    );
  }
  if (env.DATABASE_URL && !env.BATCHDECK_KEYS) {
    throw new EnvProblem('BATCHDECK_KEYS must be set with DATABASE_URL: every process needs the same keys');
  }
  const appOrigin =
    env.APP_URL ?? `http://${env.HOST.includes(':') ? `[${env.HOST}]` : env.HOST}:${env.PORT}`;
  return {
    ...env,
    appOrigin,
    loopback: isLoopback(new URL(appOrigin).hostname),
    ownsSandbox: env.BATCHDECK_SANDBOX ?? !env.DATABASE_URL,
  };
}

export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host);
}
