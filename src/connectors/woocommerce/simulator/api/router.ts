import type { Route } from './call.ts';

type Finding =
  | { readonly kind: 'route'; readonly route: Route; readonly params: readonly string[] }
  | { readonly kind: 'none' };

export type Router = { find(method: string, path: string): Finding };

type Pattern = { readonly route: Route; readonly parts: readonly string[]; readonly open: number };

/** A part of a path in braces takes a number, and one with a colon any word. */
const NUMBER = /^\{[^:]*\}$/;
const WORD = /^\{.*:\}$/;

/** Finds the operation of a path. Fixed parts win over open ones: `orders/batch` is no order. */
export function newRouter(routes: readonly Route[]): Router {
  const patterns = routes.map((route): Pattern => {
    const parts = route.path.split('/');
    return { route, parts, open: parts.filter((part) => part.startsWith('{')).length };
  });
  patterns.sort((a, b) => a.open - b.open);
  return {
    find: (method, path) => {
      // PATCH and PUT are one to WooCommerce; it takes POST on what exists as well.
      const wanted = method === 'PATCH' ? 'PUT' : method;
      const parts = path.split('/');
      const matches = patterns.filter((pattern) => isMatch(pattern, parts));
      const exact = matches.find(({ route }) => route.method === wanted);
      const other =
        wanted === 'POST' ? matches.find(({ route }) => route.method === 'PUT') : undefined;
      const found = exact ?? other;
      if (!found) return { kind: 'none' };
      return { kind: 'route', route: found.route, params: paramsOf(found, parts) };
    },
  };
}

function isMatch({ parts }: Pattern, asked: readonly string[]): boolean {
  return (
    parts.length === asked.length &&
    parts.every((part, at) => {
      const word = asked[at] ?? '';
      if (NUMBER.test(part)) return /^\d+$/.test(word);
      return WORD.test(part) ? /^[\w.-]+$/.test(word) : part === word;
    })
  );
}

function paramsOf({ parts }: Pattern, asked: readonly string[]): string[] {
  return asked.filter((_, at) => parts[at]?.startsWith('{'));
}
