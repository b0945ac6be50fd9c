import type { Step } from '../../../domain/plan.ts';
import { whoIn } from '../parties.ts';
import type { OrderInput } from '../sales/orders.ts';

/** What an invoice names: by the write of its plan that makes sure of it, else by its number. */
export type Named = { readonly from: string } | { readonly number: string };

/** The department of an order; empty: none. */
export function departmentIn(steps: readonly Step[], number: string): OrderInput['department'] {
  const named = namedIn(steps, 'department', number);
  return 'from' in named ? named : number;
}

/**
 * The customer, department or project of an invoice. What its own plan makes sure of is known by
 * what that has found or made: a list need not show yet what is a moment old.
 */
export function namedIn(
  steps: readonly Step[],
  kind: 'customer' | 'department' | 'project',
  number: string,
): Named {
  for (const step of steps) {
    const from = keptBy(step, kind, number);
    if (from !== null) return { from };
  }
  return { number };
}

function keptBy(step: Step, kind: string, number: string): string | null {
  switch (step.kind) {
    case 'keep-customer':
      return kind === 'customer' && step.customer.number === number ? whoIn(step.id) : null;
    case 'keep-cost-centre':
      return kind === 'department' && step.code === number ? step.id : null;
    case 'keep-project':
      return kind === 'project' && step.project.number === number ? step.id : null;
    default:
      return null;
  }
}
