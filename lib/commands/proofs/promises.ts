import type { Edit } from '#lib/commands/broken';
import { ofFiles } from './of-files.ts';
import { ofManyProcesses } from './of-many-processes.ts';
import { ofOneCall } from './of-one-call.ts';
import { ofProviders } from './of-providers.ts';

/** What is promised, and products in which it does not hold: in each of them the named test must fail. */
export type Promised = { promise: string; broken: Broken[] };
export type Broken = {
  /** How the product is broken, as the end of “a product that …”. */
  name: string;
  edits: Edit[];
  test: [file: string, title: string];
  engine?: 'sqlite' | 'postgres';
};

export const promises: Promised[] = [...ofFiles, ...ofProviders, ...ofOneCall, ...ofManyProcesses];
