import 'server-only';
import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';
import path from 'node:path';

const piece = 1024 * 1024;

/** Where the requests of a batch are kept, one a line. Written without waiting: small, or in a thread of its own. */
export function openLineFile(folder: string) {
  const fd = openSync(path.join(folder, 'requests.jsonl'), 'w');
  let waiting: Uint8Array[] = [];
  let size = 0;
  let length = 0;
  const flush = () => {
    if (size > 0) writeSync(fd, Buffer.concat(waiting, size));
    waiting = [];
    size = 0;
  };
  return {
    get length() {
      return length;
    },
    /** Line breaks are legal between JSON's tokens; one request stays one line. */
    write(bytes: Uint8Array) {
      const line = Buffer.allocUnsafe(bytes.length + 1);
      line.set(bytes);
      line[bytes.length] = 10;
      for (const brk of [10, 13]) {
        for (let at = line.indexOf(brk); at !== -1 && at < bytes.length; at = line.indexOf(brk, at + 1)) {
          line[at] = 32;
        }
      }
      waiting.push(line);
      size += line.length;
      length += line.length;
      if (size > piece) flush();
    },
    sync() {
      flush();
      fsyncSync(fd);
    },
    close: () => closeSync(fd),
  };
}
