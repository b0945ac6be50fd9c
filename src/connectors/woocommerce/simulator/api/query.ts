/** The parameters of a request. Several of one name stand behind each other with commas. */
export type Query = ReadonlyMap<string, string>;

export type Target = { readonly path: string; readonly query: Query };

/** Splits a request's target. A slash at the end of the path is passed over. */
export function readTarget(target: string): Target {
  const at = target.indexOf('?');
  const whole = at < 0 ? target : target.slice(0, at);
  return { path: withoutSlash(whole), query: readQuery(at < 0 ? '' : target.slice(at + 1)) };
}

/** Reads parameters as PHP does: `a[]=1&a[]=2` is a list, and the last of two `a` counts. */
function readQuery(text: string): Query {
  const query = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(text)) {
    const list = /^([^[]+)\[\d*\]$/.exec(name)?.[1];
    const before = list === undefined ? undefined : query.get(list);
    if (list === undefined) query.set(name, value);
    else query.set(list, before === undefined ? value : `${before},${value}`);
  }
  return query;
}

export function withoutSlash(path: string): string {
  return path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path;
}
