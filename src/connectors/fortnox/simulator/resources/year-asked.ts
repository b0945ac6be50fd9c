import type { Call } from '../api/call.ts';
import { readDay } from '../api/listing.ts';
import { parseLocalDate } from '../../../../domain/date.ts';
import { yearAt, type FinancialYear } from '../books/year.ts';
import { currentYear } from '../tenant/tenant.ts';
import { refuse } from '../wire/refusals.ts';

/** The year named by `financialyear` or `financialyeardate`. @returns null when neither is given */
export function yearAsked(call: Call): FinancialYear | null {
  const id = call.query.get('financialyear');
  if (id !== undefined) {
    if (!/^\d{1,9}$/.test(id)) refuse('bad-parameter', 'financialyear');
    const year = call.tenant.years.find((one) => one.id === Number(id));
    return year ?? refuse('not-found', 'räkenskapsåret');
  }
  const date = parseLocalDate(readDay(call, 'financialyeardate') ?? '');
  if (date === null) return null;
  return yearAt(call.tenant.years, date) ?? refuse('not-found', 'räkenskapsåret');
}

/** The year a request is about: the one it names, or else the current one. */
export function yearOf(call: Call): FinancialYear {
  return yearAsked(call) ?? currentYear(call.tenant, call.today);
}
