import type { ReactNode } from 'react';
import { CodeBlock } from '#components/ui/code-block';
import { type ProseBlock, proseBlocks, proseSpans } from '#lib/model/prose';

/** The one place where a model's words meet the page. They are text: no HTML, no link, nothing loaded. */
export function ModelText({ text }: { text: string }) {
  return (
    <div dir="auto" className="grid gap-3 text-pretty [overflow-wrap:anywhere] [unicode-bidi:isolate]">
      {keyed(proseBlocks(text)).map(({ key, item }) => (
        <Block key={key} block={item} />
      ))}
    </div>
  );
}

function Block({ block }: { block: ProseBlock }): ReactNode {
  switch (block.type) {
    case 'code':
      return <CodeBlock text={block.text} label={block.language || 'code'} wrap={false} />;
    case 'heading':
      return (
        <p className="font-semibold">
          <Spans text={block.text} />
        </p>
      );
    case 'quote':
      return (
        <p className="whitespace-pre-wrap border-line-strong border-s-2 ps-3 text-muted">
          <Spans text={block.text} />
        </p>
      );
    case 'list':
      return (
        <div className="grid gap-1">
          {keyed(block.items).map(({ key, item }) => (
            <p key={key} className="flex gap-2" style={{ paddingInlineStart: `${item.depth * 1.25}rem` }}>
              <span className="tabular shrink-0 text-muted">{item.marker}</span>
              <span className="min-w-0">
                <Spans text={item.text} />
              </span>
            </p>
          ))}
        </div>
      );
    case 'table':
      return <ProseTable rows={block.rows} />;
    case 'paragraph':
      return (
        <p className="whitespace-pre-wrap">
          <Spans text={block.text} />
        </p>
      );
  }
}

function ProseTable({ rows: [head = [], ...body] }: { rows: string[][] }) {
  return (
    <div className="overflow-x-auto">
      <table className="border-collapse text-left text-sm">
        <thead>
          <tr>
            {keyed(head).map(({ key, item }) => (
              <th key={key} scope="col" className="border-b px-2.5 py-1.5 font-medium">
                <Spans text={item} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {keyed(body).map(({ key, item: row }) => (
            <tr key={key}>
              {keyed(row).map(({ key: cell, item }) => (
                <td key={cell} className="border-b px-2.5 py-1.5 align-top">
                  <Spans text={item} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Spans({ text }: { text: string }) {
  return keyed(proseSpans(text)).map(({ key, item: { type, text: words } }) => {
    if (type === 'bold') return <strong key={key}>{words}</strong>;
    if (type === 'code') {
      return (
        <code key={key} className="rounded-bar bg-hover px-1 py-px font-mono text-[0.92em]">
          {words}
        </code>
      );
    }
    return <span key={key}>{words}</span>;
  });
}

/** The place is the name: what a model said never changes under its parts. */
function keyed<T>(items: readonly T[]): { key: string; item: T }[] {
  return items.map((item, n) => ({ key: String(n), item }));
}
