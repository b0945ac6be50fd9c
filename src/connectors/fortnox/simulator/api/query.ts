/** The parameters of a request's address. A repeated one counts as its last. */
export type Query = ReadonlyMap<string, string>;

const NONE: Query = new Map();

export type Target = { readonly path: string; readonly query: Query };

/** Splits a request target. A slash at the end of the path is passed over, as Fortnox does. */
export function readTarget(target: string): Target {
  const at = target.indexOf('?');
  const whole = at < 0 ? target : target.slice(0, at);
  const path = whole.length > 1 && whole.endsWith('/') ? whole.slice(0, -1) : whole;
  return { path, query: at < 0 ? NONE : readQuery(target.slice(at + 1)) };
}

export function readQuery(text: string): Query {
  return text === '' ? NONE : new Map(new URLSearchParams(text));
}
