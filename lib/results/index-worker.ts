import 'server-only';
import { compareSides } from './index/compare-sides.ts';
import { deriveLines } from './index/derive-lines.ts';
import { exportRows, measureExport } from './index/export-rows.ts';
import { gatherFields } from './index/gather-fields.ts';
import { inView } from './index/in-view.ts';
import { markAnswers, readSaid } from './index/mark-answers.ts';
import { pairPieces } from './index/pair-pieces.ts';
import { readAnomalies, readAnomaly, readBalance } from './index/read-anomalies.ts';
import { readFacets, readGroups } from './index/read-facets.ts';
import { readFields } from './index/read-fields.ts';
import { countShared, findNamed, sampleNames } from './index/read-names.ts';
import { readPage } from './index/read-page.ts';
import { readRow } from './index/read-row.ts';
import { readSideRows } from './index/side-rows.ts';
import { writeSqlite } from './index/write-sqlite.ts';
import { takeOrders } from './take-orders.ts';

takeOrders({
  page: inView(readPage),
  row: inView(readRow),
  facets: inView(readFacets),
  groups: inView(readGroups),
  sources: inView(({ sources }) => sources),
  gather: inView(gatherFields),
  fields: inView(readFields),
  export: inView(exportRows),
  measure: inView(measureExport),
  sqlite: inView(writeSqlite),
  derive: inView(deriveLines),
  balance: inView(readBalance),
  anomalies: inView(readAnomalies),
  anomaly: inView(readAnomaly),
  marks: inView(markAnswers),
  compare: inView(compareSides),
  rows: inView(readSideRows),
  said: readSaid,
  named: inView(findNamed),
  pairs: inView(pairPieces),
  sample: inView(sampleNames),
  shared: inView(countShared),
});
