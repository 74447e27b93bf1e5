import { globSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const rooms =
  'store,batches,results,shares,connections,files,drafts,members,tokens,provisioning,auth,audit,replays,secrets';
const storeTests = globSync([
  `lib/{${rooms}}/**/*.test.ts`,
  'app/{routes.test.ts,api/**/route.test.ts}',
  'lib/poller/polls.test.ts',
]).filter((file) => /(test-context|test-db|(?<!made-batch)-kit)(\.ts)?'/.test(readFileSync(file, 'utf8')));

/** Several processes on one store, and what breaks between them: there is no such thing on SQLite. */
const shared = ['lib/poller/replicas.test.ts', 'lib/store/postgres-pool.test.ts'];

/** Everything runs on SQLite and disk; what works with the store runs on Postgres and S3 too. */
export default defineConfig({
  test: {
    environment: 'node',
    testTimeout: 20_000,
    // Many wait for a socket or a clock: with one more than there are cores these stay busy.
    maxWorkers: availableParallelism() + 1,
    // Worker threads started by the code under test need the flag too.
    execArgv: ['--conditions=react-server'],
    globalSetup: 'lib/commands/temp-for-tests.mjs',
    projects: [
      {
        extends: true,
        test: { name: 'sqlite', include: ['{app,components,lib}/**/*.test.{ts,tsx}'], exclude: shared },
      },
      {
        extends: true,
        test: {
          name: 'postgres',
          include: [...new Set([...storeTests, ...shared])],
          env: { BATCHDECK_TEST_ENGINE: 'postgres' },
          globalSetup: 'lib/commands/second-pair-for-tests.mjs',
        },
      },
    ],
  },
  resolve: {
    alias: { 'server-only': fileURLToPath(new URL('./node_modules/server-only/empty.js', import.meta.url)) },
  },
});
