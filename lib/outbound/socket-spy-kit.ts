import 'server-only';
import { Socket } from 'node:net';

/** Counts every socket this process sets out to open, TLS or not. */
export function spyOnSockets(): { opened: () => number; clear: () => void; restore: () => void } {
  const original = Socket.prototype.connect;
  let count = 0;
  Socket.prototype.connect = function counted(this: Socket, ...given: never[]) {
    count++;
    return original.apply(this, given as never);
  } as typeof original;
  return {
    opened: () => count,
    clear: () => {
      count = 0;
    },
    restore: () => {
      Socket.prototype.connect = original;
    },
  };
}
