import 'server-only';
import { boot } from './boot.ts';

/** A start that fails says why in one line: half a process serves nobody. */
export async function bootOrExit(given?: Record<string, string | undefined>): Promise<void> {
  try {
    await boot(given);
  } catch (error) {
    const [why] = (error instanceof Error ? error.message : String(error)).split('\n');
    process.stderr.write(`Batchdeck cannot start: ${why}\n`);
    process.exit(1);
  }
}
