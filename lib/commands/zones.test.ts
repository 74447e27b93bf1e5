import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

const forbidden: [string, string][] = [
  ['app/planted.ts', '#lib/store/engine'],
  ['app/api/planted.ts', '#lib/providers/registry'],
  ['app/planted-blob.ts', '#lib/blobs/fs'],
  ['components/ui/planted.ts', '#lib/model/batch'],
  ['components/ui/planted-fetch.ts', '@tanstack/react-query'],
  ['components/batches/planted.ts', '#components/compose/summary'],
  ['components/compose/planted.ts', '#components/results/table'],
  ['components/results/planted.ts', '#lib/results/list-results'],
  ['components/findings/planted.ts', '#components/files/file-list'],
  ['components/results/planted-findings.ts', '#components/findings/finding-walk'],
  ['components/shares/planted.ts', 'node:fs'],
  ['lib/model/planted.ts', 'node:fs'],
  ['lib/jsonl/planted.ts', '#lib/env'],
  ['lib/batches/planted.ts', 'next/server'],
  ['lib/batches/planted-ui.ts', 'react'],
  ['lib/files/planted.ts', '#lib/batches/create-batch'],
  ['lib/results/planted.ts', '#lib/shares/open-share'],
  ['lib/audit/planted.ts', '#lib/batches/create-batch'],
  ['lib/replays/planted.ts', '#lib/connections/create-connection'],
  ['lib/store/planted.ts', '#lib/blobs/fs'],
  ['lib/blobs/planted.ts', '#lib/store/engine'],
  ['lib/providers/planted.ts', '#lib/store/engine'],
  ['lib/sandbox/planted.ts', '#lib/providers/provider'],
  ['lib/http/planted.ts', '#lib/batches/create-batch'],
  ['lib/drafts/planted.ts', '#lib/batches/create-batch'],
  ['lib/shares/planted-up.ts', '../batches/create-batch.ts'],
];
const legal: [string, string][] = [
  ['app/legal.ts', '#lib/batches/list-batches'],
  ['components/ui/legal.ts', '#lib/cn'],
  ['components/batches/legal.ts', '#components/ui/button'],
  ['components/compose/legal.ts', '#lib/jsonl/check-line'],
  ['components/compose/legal-findings.ts', '#components/findings/finding-walk'],
  ['components/files/legal.ts', '#components/findings/finding-walk'],
  ['lib/model/legal.ts', 'zod'],
  ['lib/batches/legal.ts', '#lib/files/get-file'],
  ['lib/drafts/legal.ts', '#lib/connections/find-connection'],
  ['lib/connections/legal.ts', '#lib/replays/once'],
  ['lib/providers/legal.ts', '#lib/outbound/outbound'],
  ['lib/store/legal.ts', '#lib/model/batch'],
];

const root = path.resolve(import.meta.dirname, '../..');
let faulty: string[] = [];
let ground = '';

beforeAll(() => {
  ground = mkdtempSync(path.join(tmpdir(), 'batchdeck-zones-'));
  const config = JSON.parse(readFileSync(path.join(root, 'biome.json'), 'utf8')) as Record<string, unknown>;
  writeFileSync(path.join(ground, 'biome.json'), JSON.stringify({ ...config, vcs: { enabled: false } }));
  for (const [file, name] of [...forbidden, ...legal]) {
    mkdirSync(path.join(ground, path.dirname(file)), { recursive: true });
    writeFileSync(path.join(ground, file), `import { planted } from '${name}';\n\nplanted();\n`);
  }
  const biome = path.join(root, 'node_modules', '@biomejs', 'biome', 'bin', 'biome');
  const args = ['lint', '--only=style/noRestrictedImports', '--reporter=json', '--max-diagnostics=none'];
  const { stdout } = spawnSync(process.execPath, [biome, ...args], { cwd: ground, encoding: 'utf8' });
  faulty = pathsIn(JSON.parse(stdout));
});
afterAll(() => rmSync(ground, { recursive: true, force: true }));

test.each(forbidden)('%s may not import %s', (file) => expect(faulty).toContain(file));
test.each(legal)('%s may import %s', (file) => expect(faulty).not.toContain(file));

function pathsIn(report: { diagnostics: { location: { path: string | { file: string } } }[] }): string[] {
  return report.diagnostics.map(({ location }) => {
    const at = typeof location.path === 'string' ? location.path : location.path.file;
    return path.isAbsolute(at) ? path.relative(ground, at) : at;
  });
}
