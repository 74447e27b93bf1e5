import 'server-only';
import { deriveLines } from './index/derive-lines.ts';
import { exportRows } from './index/export-rows.ts';
import { inView } from './index/in-view.ts';
import { readFacets, readGroups } from './index/read-facets.ts';
import { readPage } from './index/read-page.ts';
import { readRow } from './index/read-row.ts';
import { takeOrders } from './take-orders.ts';

takeOrders({
  page: inView(readPage),
  row: inView(readRow),
  facets: inView(readFacets),
  groups: inView(readGroups),
  sources: inView(({ sources }) => sources),
  export: inView(exportRows),
  derive: inView(deriveLines),
});
