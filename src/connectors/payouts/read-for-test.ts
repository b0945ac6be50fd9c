import { readFileSync } from 'node:fs';
import { netOf, paidOutBy, type Payout } from '../../domain/document/payout.ts';
import { formatMoney, sum, type Money } from '../../domain/money.ts';
import type { Problem, Reading } from '../../ports/source.ts';
import { settingsSchema } from './settings.ts';
import { payoutFiles } from './source.ts';

/** Settings as a person may write them: what is left out is as a new connection has it. */
export type TestSettings = Parameters<typeof settingsSchema.parse>[0];

/** A file out of `fixtures`. */
export function fixture(name: string): Buffer {
  return readFileSync(new URL(`./fixtures/${name}`, import.meta.url));
}

/** All readings of a file. */
export async function readAll(
  content: string | Uint8Array,
  settings: TestSettings = {},
): Promise<readonly Reading[]> {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  const source = payoutFiles(settingsSchema.parse(settings));
  const open = async function* () {
    yield bytes;
  };
  return Array.fromAsync(source.read({ name: 'any', open }));
}

/** The payouts among readings. */
export function payoutsOf(readings: readonly Reading[]): readonly Payout[] {
  return readings.flatMap((reading) =>
    reading.kind === 'document' && reading.document.kind === 'payout' ? [reading.document] : [],
  );
}

/** `batch day: kind gross −fee (VAT), … → paid out, left`. */
export function told(readings: readonly Reading[]): readonly string[] {
  return payoutsOf(readings).map((payout) => {
    const list = payout.entries.map(({ kind, gross, fee, feeVat }) => {
      const vat = feeVat === null ? '' : ` vat ${formatMoney(feeVat)}`;
      return `${kind} ${formatMoney(gross)} fee ${formatMoney(fee)}${vat}`;
    });
    const paid = formatMoney(paidOutBy(payout));
    const balances = [payout.opening, payout.closing].map(shown).join(' to ');
    return `${payout.batch} ${payout.date}: ${list.join(', ')} → ${paid}; ${balances}`;
  });
}

function shown(amount: Money | null): string {
  return amount === null ? '?' : formatMoney(amount);
}

/** Sums of a payout's entries: gross of each kind, fees, net. */
export function sumsOf({ entries, currency }: Payout): Readonly<Record<string, string>> {
  const kinds = Map.groupBy(entries, ({ kind }) => kind);
  const of = (amounts: readonly Money[]): string => formatMoney(sum(amounts, currency));
  return {
    ...Object.fromEntries([...kinds].map(([kind, list]) => [kind, of(list.map((e) => e.gross))])),
    fees: of(entries.map(({ fee }) => fee)),
    net: of(entries.map(netOf)),
  };
}

/** All problems of all readings. */
export function problemsOf(readings: readonly Reading[]): readonly Problem[] {
  return readings.flatMap((reading) =>
    reading.kind === 'unreadable' || reading.kind === 'rejected' ? reading.problems : [],
  );
}
