import { isMembers, type Json } from '#lib/model/request-form/json';
import type { CodeHeader, CodeJob } from '#lib/model/request-job';

/** TypeScript with what Node, Deno and Bun bring along. */
export function typescriptCode({ base, headers, lines, call }: CodeJob): string {
  const head = [
    `const base = ${JSON.stringify(base)};`,
    'const headers = {',
    ...headers.map((header) => `  ${JSON.stringify(header.name)}: ${headerValue(header)},`),
    '};',
    '',
  ];
  const written =
    'path' in call
      ? [`const data = ${literal({ requests: lines })};`, '', ...post(call.path)]
      : [
          `const lines = ${literal(lines)};`,
          '',
          'const form = new FormData();',
          'form.set("purpose", "batch");',
          `form.set("file", new Blob([lines.map((line) => \`\${JSON.stringify(line)}\\n\`).join("")]), "batch.jsonl");`,
          `const upload = await fetch(\`\${base}/files\`, { method: "POST", headers, body: form });`,
          `if (!upload.ok) throw new Error(\`\${upload.status} \${await upload.text()}\`);`,
          'const file = await upload.json();',
          'const data = {',
          '  input_file_id: file.id,',
          `  endpoint: ${JSON.stringify(call.endpoint)},`,
          `  completion_window: ${JSON.stringify(call.completionWindow)},`,
          '};',
          '',
          ...post('/batches'),
        ];
  const tail = [
    `if (!response.ok) throw new Error(\`\${response.status} \${await response.text()}\`);`,
    'console.log(JSON.stringify(await response.json(), null, 2));',
    '',
    '// With this the file is a module, which may wait at its top level.',
    'export {};',
  ];
  return `${[...head, ...written, ...tail].join('\n')}\n`;
}

function post(path: string): string[] {
  return [
    `const response = await fetch(\`\${base}${path}\`, {`,
    '  method: "POST",',
    '  headers: { ...headers, "Content-Type": "application/json" },',
    '  body: JSON.stringify(data),',
    '});',
  ];
}

function headerValue(header: CodeHeader): string {
  if ('value' in header) return JSON.stringify(header.value);
  return `\`${header.prefix}\${process.env.${header.env}}\``;
}

/** JSON is TypeScript, but for one name that would set the prototype. */
function literal(value: Json, indent = ''): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const inner = `${indent}  `;
  const items = isMembers(value)
    ? Object.entries(value).map(([name, one]) => `${keyOf(name)}: ${literal(one, inner)}`)
    : value.map((one) => literal(one, inner));
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  if (items.length === 0) return `${open}${close}`;
  return `${open}\n${items.map((item) => `${inner}${item},\n`).join('')}${indent}${close}`;
}

function keyOf(name: string): string {
  if (name === '__proto__') return '["__proto__"]';
  return /^[A-Za-z_]\w*$/.test(name) ? name : JSON.stringify(name);
}
