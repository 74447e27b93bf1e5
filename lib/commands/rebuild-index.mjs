import { openBlobs } from '#lib/blobs/open-blobs';
import { workspace } from '#lib/context';
import { readEnv } from '#lib/env';
import { openIndexPool } from '#lib/results/index-pool';
import { rebuildIndex, rebuildInPlace } from '#lib/results/rebuild-index';
import { batchRow } from '#lib/store/batches';
import { openBeside } from '#lib/store/open-beside';

const batchId = process.argv[2];

try {
  if (!batchId) throw new Error('Say which batch: npm run rebuild-index -- bat_…');
  console.log(`The index of ${batchId} was built again: ${await rebuild(batchId)}`);
} catch (error) {
  console.error(error.message.split('\n')[0]);
  process.exitCode = 1;
}

/** Works beside a running server, and without one. */
async function rebuild(id) {
  const env = readEnv(process.env);
  const { db, mayWrite } = await openBeside(env);
  const index = openIndexPool(1);
  try {
    const hands = { env, db, index, blobs: await openBlobs(env) };
    const batch = await batchRow(db, workspace, id);
    return await (mayWrite ? rebuildIndex : rebuildInPlace)(hands, batch);
  } finally {
    await index.close();
    await db.destroy();
  }
}
