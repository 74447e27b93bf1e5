import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const root = path.resolve(import.meta.dirname, '..');
const text = (file: string) => readFileSync(path.join(root, file), 'utf8');
const files = execFileSync('git', ['ls-files', '-co', '--exclude-standard'], { cwd: root, encoding: 'utf8' })
  .split('\n')
  .filter((file) => /\.(ts|tsx|mjs)$/.test(file));
const shelf = /^lib\/(model|jsonl|pricing)\/|^lib\/(api-client|paths|format|cn)\.ts$/;

test('no type is waved through', () => {
  expect(text('biome.json')).toContain('"noExplicitAny": "error"');
  const waved = /@ts-(ignore|expect-error|nocheck)|biome-ignore/;
  const found = files.filter((file) => !file.endsWith('house-rules.test.ts') && waved.test(text(file)));
  expect(found).toEqual([]);
});

test('what may not reach a browser says so in its first line', () => {
  const inside = files.filter((file) => /^lib\/.*\.ts$/.test(file) && !/\.test\.ts$/.test(file));
  const open = inside.filter((file) => !shelf.test(file) && !file.startsWith('lib/commands/'));
  expect(open.filter((file) => !text(file).startsWith("import 'server-only';"))).toEqual([]);
  expect(inside.filter((file) => shelf.test(file) && text(file).includes("'server-only'"))).toEqual([]);
});

test('no dialect leans on another, and what all of them share leans on none', () => {
  const dialects = ['inline', 'openai', 'anthropic'];
  const adapters = files.filter((file) => /^lib\/providers\/.*(?<!\.test)\.ts$/.test(file));
  const leans = adapters.filter((file) => {
    const [, , own = ''] = file.split('/');
    const others = dialects.filter((dialect) => dialect !== own);
    const from = new RegExp(`from '(\\./|#lib/providers/)(${others.join('|')})/`);
    return file !== 'lib/providers/registry.ts' && from.test(text(file));
  });
  expect(leans).toEqual([]);
});

test('what is installed is exact and comes from the registry that is asked', () => {
  const { dependencies, devDependencies, optionalDependencies } = JSON.parse(text('package.json')) as Record<
    string,
    Record<string, string>
  >;
  const versions = Object.values({ ...dependencies, ...devDependencies, ...optionalDependencies });
  expect(versions.filter((version) => !/^\d+\.\d+\.\d+(-[a-z]+\.\d+)?$/.test(version))).toEqual([]);
  expect(text('package-lock.json')).not.toContain('"resolved"');
});

test('every package that belongs to a platform stands in the lock file', () => {
  const { packages } = JSON.parse(text('package-lock.json')) as {
    packages: Record<string, { optionalDependencies?: Record<string, string> }>;
  };
  const missing = Object.entries(packages).flatMap(([at, entry]) =>
    Object.keys(entry.optionalDependencies ?? {}).filter(
      (name) => !(`${at}/node_modules/${name}` in packages) && !(`node_modules/${name}` in packages),
    ),
  );
  expect(missing).toEqual([]);
});

test('no proxy stands before a body', () => {
  const source = text('proxy.ts');
  const patterns = source.slice(source.indexOf('matcher:'), source.indexOf('};'));
  const matcher = [...patterns.matchAll(/'([^']+)'/g)].map(([, pattern]) => new RegExp(`^${pattern}$`));
  expect(matcher.length).toBeGreaterThan(0);
  const matched = (address: string) => matcher.some((pattern) => pattern.test(address));
  for (const address of [
    '/api/files',
    '/api',
    '/v1/files',
    '/sandbox/v1/batches',
    '/_next/static/chunks/a.js',
  ]) {
    expect(matched(address), address).toBe(false);
  }
  for (const address of ['/', '/batches', '/sign-in', '/batches/new'])
    expect(matched(address), address).toBe(true);
});

test('Next is used plainly: no image optimizer, rewrites, server actions or cached functions', () => {
  expect(text('next.config.mjs')).toContain('unoptimized: true');
  expect(text('next.config.mjs')).not.toMatch(/rewrites|i18n|useCache|cacheComponents/);
  const pages = files.filter((file) => /^(app|components)\//.test(file));
  const wrong = /^\s*['"]use (server|cache)['"]|from 'next\/image'|\.formData\(\)/m;
  expect(pages.filter((file) => wrong.test(text(file)))).toEqual([]);
  expect(pages.filter((file) => /\/loading\.tsx$/.test(file))).toEqual([]);
});
