import type { CodeHeader, CodeJob } from './request-job.ts';

/** For a POSIX shell with curl and nothing else. What is sent stands in a here-document, where nothing is expanded. */
export function curlCode({ base, headers, lines, call }: CodeJob): string {
  const options = headers.map((header) => `  -H ${shellHeader(header)} \\\n`).join('');
  const json = `  -H 'Content-Type: application/json' \\\n`;
  const start = (path: string) => `curl --fail-with-body -sS ${quoted(base + path)} \\\n${options}`;
  if ('path' in call) {
    const body = JSON.stringify({ requests: lines }, null, 2);
    return `${start(call.path)}${json}  --data-binary @- <<'JSON'\n${body}\nJSON\n`;
  }
  const { endpoint, completionWindow } = call;
  const order = `","endpoint":${JSON.stringify(endpoint)},"completion_window":${JSON.stringify(completionWindow)}}`;
  return [
    `file_id=$(${start('/files')}  -F purpose=batch -F 'file=@-;filename=batch.jsonl' <<'JSONL' |`,
    ...lines.map((line) => JSON.stringify(line)),
    'JSONL',
    `  grep -o '"id": *"[^"]*"' | head -n 1 | cut -d '"' -f 4)`,
    '',
    `${start('/batches')}${json}  --data '{"input_file_id":"'"$file_id"${quoted(order)}`,
    '',
  ].join('\n');
}

function shellHeader(header: CodeHeader): string {
  return 'value' in header
    ? quoted(`${header.name}: ${header.value}`)
    : `"${header.name.replace(/[$`]/g, '\\$&')}: ${header.prefix}$${header.env}"`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
