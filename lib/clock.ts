import 'server-only';

/** Milliseconds of UTC. Leases and due times use the database's own clock instead. */
export type Clock = () => number;

export const systemClock: Clock = () => Date.now();
