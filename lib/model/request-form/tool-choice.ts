import { isMembers, type Json, memberOf } from './json.ts';
import type { Shape } from './shapes.ts';

type ToolStyle = NonNullable<Shape['tools']>;

export type ToolChoice = 'auto' | 'none' | 'required' | { tool: string };

/** Null where the value says something no control of ours does. */
export function readToolChoice(value: Json | undefined): ToolChoice | null {
  if (value === 'auto' || value === 'none' || value === 'required') return value;
  if (value === 'any') return 'required';
  if (!isMembers(value)) return null;
  const { type } = value;
  if ((type === 'auto' || type === 'none') && Object.keys(value).length === 1) return type;
  if (type === 'any' && Object.keys(value).length === 1) return 'required';
  const inner = memberOf(value, 'function');
  const name = isMembers(inner) ? memberOf(inner, 'name') : memberOf(value, 'name');
  return (type === 'tool' || type === 'function') && typeof name === 'string' ? { tool: name } : null;
}

export function writeToolChoice(style: ToolStyle, choice: ToolChoice): Json {
  if (typeof choice === 'object') {
    if (style === 'chat') return { type: 'function', function: { name: choice.tool } };
    return { type: style === 'responses' ? 'function' : 'tool', name: choice.tool };
  }
  if (style === 'chat' || style === 'responses') return choice;
  return { type: choice === 'required' ? 'any' : choice };
}
