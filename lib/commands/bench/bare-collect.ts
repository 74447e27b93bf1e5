import { createWriteStream } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { timed } from './case.ts';

/** Bare bytes and bare rows: a download into a file and as many inserts as there are results. */
const [url = '', folder = '', count = ''] = process.argv.slice(2);

console.log(
  await timed(async () => {
    const answer = await fetch(url);
    await pipeline(Readable.fromWeb(answer.body as never), createWriteStream(`${folder}/bare.jsonl`));
    insert();
  }),
);

function insert(): void {
  const db = new DatabaseSync(`${folder}/bare.sqlite`);
  db.exec('pragma journal_mode = off; pragma synchronous = off; drop table if exists rows');
  db.exec(
    'create table rows (ordinal integer primary key, id text, outcome text, model text, a int, b int, c int, d int, preview text)',
  );
  db.exec('begin');
  const row = db.prepare('insert into rows values (?, ?, ?, ?, ?, ?, ?, ?, ?)');
  const preview = 'x'.repeat(120);
  for (let n = 0; n < Number(count); n++)
    row.run(n, `row-${n}`, 'succeeded', 'any/model', n, n, n, n, preview);
  db.exec('commit');
  db.close();
}
