import { isMembers, type Json } from '#lib/model/request-form/json';
import type { CodeHeader, CodeJob } from '#lib/model/request-job';

/** As the providers' own pages have it: Python with `requests`. */
export function pythonCode({ base, headers, lines, call }: CodeJob): string {
  const isOneCall = 'path' in call;
  const head = [
    'import json',
    'import os',
    '',
    'import requests',
    '',
    `base = ${JSON.stringify(base)}`,
    'headers = {',
    ...headers.map((header) => `    ${JSON.stringify(header.name)}: ${headerValue(header)},`),
    '}',
    '',
  ];
  const written = isOneCall
    ? [`data = ${literal({ requests: lines })}`, '', ...post(call.path, 'data')]
    : [
        `lines = ${literal(lines)}`,
        '',
        'upload = requests.post(',
        '    f"{base}/files",',
        '    headers=headers,',
        '    data={"purpose": "batch"},',
        '    files={"file": ("batch.jsonl", "\\n".join(json.dumps(line) for line in lines))},',
        ')',
        'upload.raise_for_status()',
        'data = {',
        '    "input_file_id": upload.json()["id"],',
        `    "endpoint": ${JSON.stringify(call.endpoint)},`,
        `    "completion_window": ${JSON.stringify(call.completionWindow)},`,
        '}',
        '',
        ...post('/batches', 'data'),
      ];
  const tail = [
    'print(json.dumps(response.json(), indent=2, ensure_ascii=False))',
    'response.raise_for_status()',
  ];
  return `${[...head, ...written, ...tail].join('\n')}\n`;
}

function post(path: string, data: string): string[] {
  return [`response = requests.post(f"{base}${path}", headers=headers, json=${data})`];
}

function headerValue(header: CodeHeader): string {
  if ('value' in header) return JSON.stringify(header.value);
  const read = `os.environ[${JSON.stringify(header.env)}]`;
  return header.prefix === '' ? read : `${JSON.stringify(header.prefix)} + ${read}`;
}

/** JSON's strings and numbers are Python's too; its words are not. */
function literal(value: Json, indent = ''): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value !== 'object') return JSON.stringify(value);
  const inner = `${indent}    `;
  const items = isMembers(value)
    ? Object.entries(value).map(([name, one]) => `${JSON.stringify(name)}: ${literal(one, inner)}`)
    : value.map((one) => literal(one, inner));
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  if (items.length === 0) return `${open}${close}`;
  return `${open}\n${items.map((item) => `${inner}${item},\n`).join('')}${indent}${close}`;
}
