import { availableParallelism } from 'node:os';
import { defineConfig } from 'playwright/test';
import { findBrowser } from '#lib/commands/browser';

const browser = await findBrowser();

export default defineConfig({
  testDir: '.',
  // What takes minutes runs with `npm run test:long`.
  testMatch: process.env.E2E_LONG === '1' ? '*.long.ts' : '*.spec.ts',
  outputDir: '.artifacts/output',
  // Many wait for a clock or a kill: with one more than there are cores these stay busy.
  workers: availableParallelism() + 1,
  timeout: 120_000,
  forbidOnly: process.env.CI === 'true',
  reporter: 'list',
  use: {
    browserName: 'chromium',
    launchOptions: { executablePath: browser.executablePath, args: browser.args, env: browser.env },
    locale: 'en-US',
    timezoneId: 'UTC',
    viewport: { width: 1440, height: 900 },
    // A trace of every journey costs as much as the journey; `--trace on` makes one of what failed.
    screenshot: 'only-on-failure',
  },
  expect: { timeout: 20_000 },
});
