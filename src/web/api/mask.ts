import type { Json } from '../../lib/json.ts';

/** Names under which outside systems keep what opens them. */
const SECRET = /secret|token|passw|authoriz|api.?key|credential|cookie/i;
const DEPTH_MAX = 20;

/**
 * The same value with everything that may open something covered. Steps hold no secret; this is the
 * second lock on the door.
 */
export function masked(value: Json, depth = 0): Json {
  if (depth > DEPTH_MAX) return '…';
  if (Array.isArray(value)) return value.map((one: Json) => masked(one, depth + 1));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value as Readonly<Record<string, Json | undefined>>).map(([name, inner]) => [
      name,
      SECRET.test(name) ? '••••••' : masked(inner ?? null, depth + 1),
    ]),
  );
}
