import { netOre, share, total } from './amounts.ts';
import type { InvoiceLine } from './job.ts';

export type Totals = {
  readonly netOre: number;
  readonly vatOre: number;
  readonly grossOre: number;
};

/** VAT is rounded once for each rate: brochures at 6 % and cards at 25 % on one invoice. */
export function totalsOf(lines: readonly InvoiceLine[]): Totals {
  const nets = new Map<number, number>();
  for (const line of lines) {
    nets.set(line.vatRate, (nets.get(line.vatRate) ?? 0) + lineOre(line));
  }
  const vatOre = total([...nets].map(([rate, ore]) => share(ore, Math.round(rate * 100), 10_000)));
  const net = total([...nets.values()]);
  return { netOre: net, vatOre, grossOre: net + vatOre };
}

export function lineOre(line: InvoiceLine): number {
  return netOre(line.quantity, line.unitPrice);
}
