import { money, parseMoney, subtract, type Currency, type Money } from '../../../domain/money.ts';
import type { Refusal } from '../../../domain/refusal.ts';
import { present } from '../../../lib/assert.ts';
import type { Draft } from '../report/draft.ts';
import { fileKindOf, vatOf } from '../report/line.ts';
import type { Profile } from './schema.ts';
import type { Sum, Term } from './sum.ts';

/** The draft with a doubt for each check of the profile that does not hold. */
export function checkDraft(draft: Draft, profile: Profile, currency: Currency): Draft {
  const doubts = profile.checks.flatMap((check): Refusal[] => {
    const summed = sumOf(check.sum, draft, currency);
    const stated = sumOf(check.equals, draft, currency);
    const difference = subtract(stated, summed);
    const tolerance = present(parseMoney(check.tolerance, currency), 'a tolerance of the schema');
    const isWithin = difference.minor <= tolerance.minor && difference.minor >= -tolerance.minor;
    const total = check.sum.terms.every(({ of }) => of === 'vat') ? 'vat' : 'gross';
    return isWithin ? [] : [{ code: 'control-total-differs', total, stated, summed, difference }];
  });
  return doubts.length === 0 ? draft : { ...draft, doubts: [...draft.doubts, ...doubts] };
}

function sumOf({ terms }: Sum, draft: Draft, currency: Currency): Money {
  return money(
    terms.reduce((total, term) => total + term.sign * termOf(term, draft), 0n),
    currency,
  );
}

function termOf({ kind, of }: Term, { lines, head }: Draft): bigint {
  if (kind === 'control') return head?.control[of]?.minor ?? 0n;
  const own = lines.filter((line) => fileKindOf(line) === kind);
  return own.reduce((total, line) => total + (of === 'vat' ? vatOf(line) : line.gross.minor), 0n);
}
