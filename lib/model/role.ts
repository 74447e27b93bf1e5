export const roles = ['viewer', 'operator', 'admin'] as const;
export type Role = (typeof roles)[number];

export type Action = 'read' | 'operate' | 'administer';
const least: Record<Action, Role> = { read: 'viewer', operate: 'operator', administer: 'admin' };

export function may(role: Role, action: Action): boolean {
  return roles.indexOf(role) >= roles.indexOf(least[action]);
}
