import {
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const text = /\.(js|mjs|json|html|rsc|map)$|^BUILD_ID$/;

/** The same pages as another build would have them: its own id, and no chunk under a name the first one had. */
export function laterBuild(): string {
  const root = mkdtempSync(path.join(tmpdir(), 'batchdeck-later-'));
  for (const part of ['lib', 'package.json', 'next.config.mjs', 'public'])
    cpSync(part, path.join(root, part), { recursive: true });
  cpSync('.next', path.join(root, '.next'), {
    recursive: true,
    verbatimSymlinks: true,
    filter: (file) => !file.startsWith(path.join('.next', 'cache')),
  });
  symlinkSync(path.resolve('node_modules'), path.join(root, 'node_modules'));
  rename(path.join(root, '.next'));
  return root;
}

function rename(build: string): void {
  const chunks = path.join(build, 'static', 'chunks');
  const names = readdirSync(chunks).filter((name) => name.endsWith('.js'));
  const id = readFileSync(path.join(build, 'BUILD_ID'), 'utf8');
  const given = new Map([...names, id].map((name) => [name, `z${name.slice(1)}`]));
  const any = new RegExp([...given.keys()].map((name) => name.replaceAll(/[.\\-]/g, '\\$&')).join('|'), 'g');
  for (const entry of readdirSync(build, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !text.test(entry.name)) continue;
    const file = path.join(entry.parentPath, entry.name);
    const before = readFileSync(file, 'utf8');
    const after = before.replaceAll(any, (name) => given.get(name) ?? name);
    if (after !== before) writeFileSync(file, after);
  }
  for (const name of names) renameSync(path.join(chunks, name), path.join(chunks, given.get(name) ?? name));
}
