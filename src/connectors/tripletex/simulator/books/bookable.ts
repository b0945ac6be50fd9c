import type { LocalDate } from '../../../../domain/date.ts';
import { entitiesOf, type Company } from '../company/company.ts';
import type { Entity } from '../company/shelf.ts';
import { numberOf, textOf } from '../wire/record.ts';
import type { Problem } from '../wire/refusals.ts';

/** The month that holds a day. `end` is the day after its last. @returns null when there is none */
function periodOf(company: Company, date: LocalDate): Entity | null {
  return (
    entitiesOf(company, 'AccountingPeriod').find(
      ({ fields }) => textOf(fields, 'start') <= date && date < textOf(fields, 'end'),
    ) ?? null
  );
}

/** Why nothing can be entered on a day. */
export function dayProblems(company: Company, date: LocalDate, field: string): Problem[] {
  const period = periodOf(company, date);
  if (period === null) return [{ field, sentence: 'no-period', about: [date] }];
  if (period.fields['isClosed'] !== true) return [];
  return [{ field, sentence: 'period-closed', about: [textOf(period.fields, 'name')] }];
}

/** Why an account takes no posting on a day. */
export function accountProblems(company: Company, account: Entity, date: LocalDate): Problem[] {
  const number = numberOf(account.fields, 'number');
  const reconciledTo = company.setup.reconciledTo.get(number);
  const problems: Problem[] = [];
  if (account.fields['isInactive'] === true) {
    const about = [number];
    problems.push({ field: 'postings.account.id', sentence: 'account-inactive', about });
  }
  if (reconciledTo !== undefined && date <= reconciledTo) {
    problems.push({ field: '@account', sentence: 'reconciled' });
  }
  return problems;
}
