import type { Role } from './role.ts';

/** The person or token that asks, as a screen shows it. */
export type Me = { id: string; name: string; role: Role; by: 'session' | 'token' };

/** What the shell shows about the person and about how they came in. */
export type SessionView = { me: Me; warning: string | null };
