import { execFile } from 'node:child_process';
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { type Child, root, startChild } from './child.ts';

/** Below the checkout, so that its packages are found. */
const home = path.join(root, 'e2e', '.artifacts', 'empty-app');
const next = path.join(root, 'node_modules', 'next', 'dist', 'bin', 'next');
const list = 'bare-list.jsx';
const files = {
  'package.json': '{ "private": true, "type": "module" }\n',
  'next.config.mjs': `export default { turbopack: { root: ${JSON.stringify(root)} } };\n`,
  'app/layout.js':
    'export default function Layout({ children }) {\n  return <html lang="en"><body>{children}</body></html>;\n}\n',
  'app/page.js': 'export default function Page() {\n  return <p>Empty</p>;\n}\n',
  'app/list/page.js': `export { BareList as default } from './${list}';\n`,
  'serve.mjs': `
import { createServer } from 'node:http';
import createNext from 'next';
const server = createServer((request, response) => handle(request, response));
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const app = createNext({ dev: false, dir: import.meta.dirname, httpServer: server });
await app.prepare();
const handle = app.getRequestHandler();
console.log('http://127.0.0.1:' + server.address().port);
`,
};

/** The floor of a page: the same framework with nothing in it, built in this run. */
export async function buildEmptyApp(): Promise<void> {
  mkdirSync(path.join(home, 'app', 'list'), { recursive: true });
  copyFileSync(path.join(import.meta.dirname, list), path.join(home, 'app', 'list', list));
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(home, name), text);
  const env = {
    ...process.env,
    NODE_OPTIONS: '',
    NODE_ENV: 'production' as const,
    NEXT_TELEMETRY_DISABLED: '1',
  };
  await promisify(execFile)(process.execPath, [next, 'build', home], { cwd: home, env });
}

/** From its own folder, or Next runs the instrumentation of the checkout. */
export function startEmptyApp(): Promise<Child> {
  return startChild(['serve.mjs'], { cwd: home });
}
