/** The few shapes of Markdown that help reading. Links and images stay the text they are. */
export type ProseBlock =
  | { type: 'paragraph'; text: string }
  | { type: 'heading'; level: number; text: string }
  | { type: 'quote'; text: string }
  | { type: 'list'; items: { depth: number; marker: string; text: string }[] }
  | { type: 'table'; rows: string[][] }
  | { type: 'code'; language: string; text: string };

export type ProseSpan = { type: 'plain' | 'bold' | 'code'; text: string };

/** Line by line and linear: a hostile text costs no more than a kind one. */
export function proseBlocks(text: string): ProseBlock[] {
  const blocks: ProseBlock[] = [];
  const lines = text.split(/\r?\n/);
  let at = 0;
  const take = (belongs: (line: string) => boolean): string[] => {
    const from = at;
    while (at < lines.length && belongs(lines[at] ?? '')) at++;
    return lines.slice(from, at);
  };
  while (at < lines.length) {
    const line = lines[at] ?? '';
    const fence = /^ {0,3}(```+|~~~+)[ \t]*([\w+#.-]{0,30})/.exec(line);
    const heading = /^(#{1,6}) (.*)$/.exec(line);
    if (fence) {
      at++;
      const body = take((next) => !next.trimStart().startsWith(fence[1] ?? '```'));
      at++;
      blocks.push({ type: 'code', language: fence[2] ?? '', text: body.join('\n') });
    } else if (heading) {
      at++;
      blocks.push({ type: 'heading', level: heading[1]?.length ?? 1, text: heading[2] ?? '' });
    } else if (isQuote(line)) {
      const said = take(isQuote).map((next) => next.replace(/^> ?/, ''));
      blocks.push({ type: 'quote', text: said.join('\n') });
    } else if (isItem(line)) {
      blocks.push({ type: 'list', items: take(isItem).map(listItem) });
    } else if (isTableRow(line) && /^[\s|:-]+$/.test(lines[at + 1] ?? '')) {
      const rows = take(isTableRow).filter((_row, n) => n !== 1);
      blocks.push({ type: 'table', rows: rows.map(cells) });
    } else if (line.trim() === '') {
      at++;
    } else {
      at++;
      const rest = take((next) => next.trim() !== '' && !startsBlock(next));
      blocks.push({ type: 'paragraph', text: [line, ...rest].join('\n') });
    }
  }
  return blocks;
}

function startsBlock(line: string): boolean {
  return /^ {0,3}(```|~~~)|^#{1,6} /.test(line) || isQuote(line) || isItem(line) || isTableRow(line);
}

function isQuote(line: string): boolean {
  return line.startsWith('>');
}

function isItem(line: string): boolean {
  return /^ {0,12}([-*+]|\d{1,4}[.)]) \S/.test(line);
}

function listItem(line: string): { depth: number; marker: string; text: string } {
  const [, indent = '', marker = '', text = ''] = /^( *)(\S+) (.*)$/.exec(line) ?? [];
  return { depth: Math.floor(indent.length / 2), marker: /\d/.test(marker) ? marker : '•', text };
}

function isTableRow(line: string): boolean {
  return line.startsWith('|') && line.length > 2;
}

function cells(line: string): string[] {
  return line
    .replace(/^\||\|\s*$/g, '')
    .split('|')
    .map((cell) => cell.trim());
}

/** `code` and **bold**; anything unclosed is plain. */
export function proseSpans(text: string): ProseSpan[] {
  const spans: ProseSpan[] = [];
  const last = { '`': text.lastIndexOf('`'), '**': text.lastIndexOf('**') };
  let plain = 0;
  for (let at = 0; at < text.length; at++) {
    const mark = text[at] === '`' ? '`' : text.startsWith('**', at) ? '**' : null;
    if (mark === null) continue;
    const end = last[mark] > at ? text.indexOf(mark, at + mark.length) : -1;
    const inner = end === -1 ? '' : text.slice(at + mark.length, end);
    if (inner === '' || inner.length > 2_000) {
      at += mark.length - 1;
      continue;
    }
    if (at > plain) spans.push({ type: 'plain', text: text.slice(plain, at) });
    spans.push({ type: mark === '`' ? 'code' : 'bold', text: inner });
    plain = end + mark.length;
    at = plain - 1;
  }
  if (plain < text.length) spans.push({ type: 'plain', text: text.slice(plain) });
  return spans;
}
