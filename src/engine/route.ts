import type { Books } from '../domain/books.ts';
import type { Document } from '../domain/document/document.ts';
import type { Step } from '../domain/plan.ts';
import type { Recipient, Route } from '../ports/target.ts';

/**
 * The calls of a plan in a target. A document of a kind that the target does not take is refused
 * here, in words, before anything is called.
 */
export function routeOf(
  target: Recipient,
  document: Document,
  plan: { readonly steps: readonly Step[]; readonly books: Books },
): Route {
  const { kind } = document;
  if (!target.capabilities.takes.includes(kind)) {
    return { kind: 'cannot', refusals: [{ code: 'kind-not-taken', kind }] };
  }
  return target.route(plan.steps, plan.books);
}
