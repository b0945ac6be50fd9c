/** Anything with a method and a path whose parts in braces stand for any text. */
type Addressed = { readonly method: string; readonly path: string };

/** A wrong method on a path that exists is another mistake than a path that does not. */
export type Finding<R> =
  | { readonly kind: 'route'; readonly route: R; readonly params: readonly string[] }
  | { readonly kind: 'no-path' }
  | { readonly kind: 'no-method' };

/** The first route of a list that a request asks for: fixed parts stand before braces in it. */
export function findRoute<R extends Addressed>(
  routes: readonly R[],
  asked: { readonly method: string; readonly path: string },
): Finding<R> {
  const parts = asked.path.split('/');
  let isPath = false;
  for (const route of routes) {
    const params = match(route.path.split('/'), parts);
    if (params === null) continue;
    if (route.method === asked.method) return { kind: 'route', route, params };
    isPath = true;
  }
  return { kind: isPath ? 'no-method' : 'no-path' };
}

/** The parts in braces. @returns null when the path is another */
function match(pattern: readonly string[], parts: readonly string[]): string[] | null {
  if (pattern.length !== parts.length) return null;
  const params: string[] = [];
  for (const [index, part] of pattern.entries()) {
    const given = parts[index] ?? '';
    if (part.startsWith('{')) params.push(given);
    else if (part !== given) return null;
  }
  return params;
}
