import type { Route } from '../../ports/target.ts';

/** Tripletex, or what we know of it, does not take such a thing. */
export function cannot(what: string): Route {
  return { kind: 'cannot', refusals: [{ code: 'target-cannot', system: 'Tripletex', what }] };
}
