import 'server-only';
import { deriveLines } from './index/derive-lines.ts';
import { exportRows, measureExport } from './index/export-rows.ts';
import { gatherFields } from './index/gather-fields.ts';
import { inView } from './index/in-view.ts';
import { readAnomalies, readAnomaly, readBalance } from './index/read-anomalies.ts';
import { readFacets, readGroups } from './index/read-facets.ts';
import { readFields } from './index/read-fields.ts';
import { readPage } from './index/read-page.ts';
import { readRow } from './index/read-row.ts';
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
});
