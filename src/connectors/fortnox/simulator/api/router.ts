/** Anything with a method and a path whose parts in braces stand for any text. */
type Addressed = { readonly method: string; readonly path: string };

/** Finds the operation a request asks for. */
export type Router<R extends Addressed> = {
  find(method: string, path: string): Finding<R>;
};

/** A wrong method on a path that exists is another mistake than a path that does not. */
type Finding<R> =
  | { readonly kind: 'route'; readonly route: R; readonly params: readonly string[] }
  | { readonly kind: 'no-path' }
  | { readonly kind: 'no-method' };

type Parts = { readonly parts: readonly (string | null)[] };
type Pattern<R> = Parts & { readonly route: R };

/** Fixed parts win over parts in braces: `/3/vouchers/sublist/A` is not series `sublist`. */
export function newRouter<R extends Addressed>(routes: readonly R[]): Router<R> {
  const groups = new Map<string, Pattern<R>[]>();
  for (const route of routes) {
    const parts = route.path.split('/').map((part) => (part.startsWith('{') ? null : part));
    const group = groups.get(groupOf(parts)) ?? [];
    group.push({ route, parts });
    groups.set(groupOf(parts), group);
  }
  for (const group of groups.values()) group.sort((a, b) => braces(a) - braces(b));
  return {
    find: (method, path) => {
      const parts = path.split('/');
      const matches = (groups.get(groupOf(parts)) ?? []).filter((one) => isMatch(one, parts));
      if (matches.length === 0) return { kind: 'no-path' };
      const least = Math.min(...matches.map(braces));
      const match = matches.find((one) => one.route.method === method && braces(one) === least);
      if (!match) return { kind: 'no-method' };
      return { kind: 'route', route: match.route, params: paramsOf(match, parts) };
    },
  };
}

/** Version and resource, and how many parts there are: few routes share all three. */
function groupOf(parts: readonly (string | null)[]): string {
  return `${parts[1] ?? ''}/${parts[2] ?? ''}/${parts.length}`;
}

function braces({ parts }: Parts): number {
  return parts.filter((part) => part === null).length;
}

function isMatch({ parts }: Parts, asked: readonly string[]): boolean {
  return parts.every((part, index) => part === null || part === asked[index]);
}

function paramsOf({ parts }: Parts, asked: readonly string[]): string[] {
  return asked.filter((_, index) => parts[index] === null).map(decode);
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
