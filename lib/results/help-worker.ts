import 'server-only';
import { parentPort } from 'node:worker_threads';
import { help } from './index/two-hands.ts';

parentPort?.on('message', help);
