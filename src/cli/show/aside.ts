import { sumAside, type AsideCount } from '../../store/aside.ts';

/** What each reason is called in a count: short, beside its number. */
const CALLED: Readonly<Partial<Record<AsideCount['code'], string>>> = {
  'order-waits': 'until',
  'order-waits-for-you': 'to be booked by hand:',
  'order-state-unknown': 'in a state that nobody has explained:',
  'refund-waits-for-order': 'refunds of orders that are not booked',
  'day-not-over': 'for the voucher of their day',
  'order-not-placed': 'not placed:',
  'order-cancelled': 'not sold:',
  'method-not-booked': 'not booked by choice:',
  'order-left-out': 'not booked by choice:',
  'booked-elsewhere': 'booked by another program:',
  'before-start-date': 'of before the start',
};

/** How many orders wait and for what, and how many were left out and why; empty when none. */
export function showAside(counts: readonly AsideCount[]): string {
  const { waiting, leftOut } = sumAside(counts);
  const isLeft = ({ state }: AsideCount): boolean => state === 'skipped';
  return [
    ...part(
      waiting,
      'wait (bokbro held --waiting)',
      counts.filter((one) => !isLeft(one)),
    ),
    ...part(leftOut, 'are left out (bokbro held --skipped)', counts.filter(isLeft)),
  ].join('');
}

function part(total: number, what: string, counts: readonly AsideCount[]): readonly string[] {
  if (total === 0) return [];
  const lines = counts.map(({ code, about, count }) => {
    return `    ${count} ${[CALLED[code] ?? code, about].filter(Boolean).join(' ')}\n`;
  });
  return [`${total} ${what}:\n`, ...lines];
}
