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

/** Fixed parts win over parts in braces: `/order/:invoiceMultipleOrders` is not an order. */
export function newRouter<R extends Addressed>(routes: readonly R[]): Router<R> {
  const patterns: readonly Pattern<R>[] = routes.map((route) => ({
    route,
    parts: route.path.split('/').map((part) => (part.startsWith('{') ? null : part)),
  }));
  return {
    find: (method, path) => {
      const parts = path.split('/').map(decode);
      const matches = patterns.filter((one) => isMatch(one, parts));
      if (matches.length === 0) return { kind: 'no-path' };
      const least = Math.min(...matches.map(braces));
      const match = matches.find((one) => one.route.method === method && braces(one) === least);
      if (!match) return { kind: 'no-method' };
      const params = parts.filter((_, index) => match.parts[index] === null);
      return { kind: 'route', route: match.route, params };
    },
  };
}

function braces({ parts }: Parts): number {
  return parts.filter((part) => part === null).length;
}

function isMatch({ parts }: Parts, asked: readonly string[]): boolean {
  return (
    parts.length === asked.length &&
    parts.every((part, index) => part === null || part === asked[index])
  );
}

/** Colons and angle brackets of actions and summaries come percent-encoded from some clients. */
export function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
