import 'server-only';
import { BlockList, isIP } from 'node:net';
import { EnvProblem } from '#lib/env';

export type AllowList = {
  /** Whether any entry names this port: all that can be said of a host name before it is resolved. */
  hasPort(port: number): boolean;
  has(address: string, port: number): boolean;
};

type Entry = { list: BlockList; family: 'ipv4' | 'ipv6'; port: number | null };

/** `CIDR:port` entries with a comma between; the port may be `*`. */
export function parseAllowList(text: string): AllowList {
  const entries = text
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '')
    .map(parseEntry);
  const fits = (entry: Entry, port: number) => entry.port === null || entry.port === port;
  return {
    hasPort: (port) => entries.some((entry) => fits(entry, port)),
    has: (address, port) => {
      const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
      return entries.some(
        (entry) => entry.family === family && fits(entry, port) && entry.list.check(address, family),
      );
    },
  };
}

function parseEntry(entry: string): Entry {
  const [, address = '', bits, portText] =
    /^\[?([0-9a-fA-F.:]+)\]?\/(\d{1,3}):(\d{1,5}|\*)$/.exec(entry) ?? [];
  const version = isIP(address);
  const port = portText === '*' ? null : Number(portText);
  if (
    version === 0 ||
    Number(bits) > (version === 4 ? 32 : 128) ||
    (port !== null && !(port >= 1 && port <= 65_535))
  ) {
    throw new EnvProblem(
      `BATCHDECK_ALLOW_PRIVATE: “${entry.slice(0, 60)}” must be CIDR:port, like 10.1.2.0/24:8080 or 127.0.0.1/32:*`,
    );
  }
  const family = version === 6 ? 'ipv6' : 'ipv4';
  const list = new BlockList();
  list.addSubnet(address, Number(bits), family);
  return { list, family, port };
}
