import { BAS } from '../chart/bas.ts';
import type { VoucherRow } from '../posting/voucher.ts';
import type { Country } from './rates.ts';

/** Norwegian revenue accounts and the SAF-T standard tax code of their base. */
const SAFT_CODES: Readonly<Record<string, string>> = {
  '3000': 'NO:3',
  '3020': 'NO:3',
  '3030': 'NO:31',
  '3050': 'NO:33',
  '3100': 'NO:5',
  '3105': 'NO:52',
  '3125': 'NO:52',
  '3200': 'NO:6',
};

/**
 * What rows come to in each box of the VAT return, in minor units before any truncation.
 *
 * Sweden: boxes of the return (`05`, `10` …), counted upwards on the box's own side. Norway: the
 * base per SAF-T standard tax code (`NO:3` …).
 */
export function vatBoxesOf(
  country: Country,
  rows: readonly VoucherRow[],
): ReadonlyMap<string, bigint> {
  const boxes = new Map<string, bigint>();
  for (const row of rows) {
    const [box, sign] = country === 'SE' ? swedishBox(row) : norwegianBox(row.account);
    if (box === null) continue;
    boxes.set(box, (boxes.get(box) ?? 0n) + sign * row.amount.minor);
  }
  return new Map([...boxes].filter(([, minor]) => minor !== 0n));
}

/** What a role says goes before its account: a card that is sold with VAT is a sale already. */
function swedishBox({ account, role }: VoucherRow): [box: string | null, sign: bigint] {
  const [thing = ''] = role.split('/');
  if (thing === 'gift-card.single-sold') return ['05', -1n];
  if (thing.startsWith('redeemed.')) return [null, -1n];
  const known = BAS.get(account);
  return [known?.vatBox ?? null, known?.vatSide === 'debit' ? 1n : -1n];
}

function norwegianBox(account: string): [box: string | null, sign: bigint] {
  return [SAFT_CODES[account] ?? null, -1n];
}
