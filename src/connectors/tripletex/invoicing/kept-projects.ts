import type { LocalDate } from '../../../domain/date.ts';
import type { Step } from '../../../domain/plan.ts';
import type { Route } from '../../../ports/target.ts';
import { cannot } from '../cannot.ts';
import { projectWrite } from '../sales/projects.ts';
import { fitText, TEXT_MAX } from '../text.ts';
import { namedIn } from './kept-before.ts';

type KeepStep = Extract<Step, { readonly kind: 'keep-project' }>;

/**
 * The call that makes sure of a project, and keeps it like its source. Tripletex wants to know when
 * it begins and whose it is: the invoice that names it tells, where the source says nothing.
 */
export function keepProjectWrites(
  { id, project, follows }: KeepStep,
  steps: readonly Step[],
): Route {
  const named = steps.find((step) => step.kind === 'enter-invoice');
  const customer = named?.invoice.customer.number;
  const startDate: LocalDate | null = project.startsOn ?? named?.invoice.date ?? null;
  if (startDate === null) return cannot(`the project ${project.number} without a first day`);
  const name = fitText(project.name, TEXT_MAX).text;
  const kept = {
    ...(name === '' ? {} : { name }),
    ...(project.startsOn === null ? {} : { startDate: project.startsOn }),
  };
  const write = projectWrite(id, {
    ...{ number: project.number, name: name || project.number, startDate },
    ...(customer === undefined ? {} : { customer: namedIn(steps, 'customer', customer) }),
    ...(follows ? { kept } : {}),
  });
  return { kind: 'route', writes: [write], notices: [] };
}
