import 'server-only';
import { countRows, readRow, readRows } from './read-index.ts';
import { takeOrders } from './take-orders.ts';

takeOrders({ rows: readRows, count: countRows, row: readRow });
