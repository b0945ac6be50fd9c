import type { LocalDate } from '../date.ts';
import type { CalendarLine, Quote, QuoteGroup } from '../document/quote.ts';
import { add, isZero, money, subtract, sum, type Money } from '../money.ts';
import type { Refusal } from '../refusal.ts';
import type { BasisPoints } from '../vat/rates.ts';
import { calendarAmounts, isInstallation } from './calendar.ts';
import type { QuoteChoices } from './choices.ts';
import { alongside, twoWaySplit } from './two-way-split.ts';

/** What one line of a quote's payment calendar becomes in the ledger. */
export type QuoteOrder = {
  readonly seq: number;
  readonly label: string;
  readonly dueDate: LocalDate | null;
  /** The groups that it takes a part of, each with that part. */
  readonly parts: readonly QuoteGroup[];
  readonly lines: readonly QuoteOrderLine[];
  /** VAT included. */
  readonly total: Money;
};

/** A line of such an order: one piece. */
export type QuoteOrderLine = {
  readonly article: string;
  /** What the article is called when it has to be made. */
  readonly articleName: string;
  readonly text: string;
  readonly rate: BasisPoints;
  readonly net: Money;
  readonly vat: Money;
};

/** The orders of a quote, or why there are none. */
export type QuoteOrders =
  | { readonly kind: 'orders'; readonly orders: readonly QuoteOrder[] }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

/**
 * Divides an accepted quote into orders, one for each line of its payment calendar. Together they
 * come to the quote to the minor unit, and each group to its own.
 *
 * @param invoiced - orders of an earlier version that have been invoiced: they stand as they are.
 *   What is left of the quote is divided among the other lines, and the last takes the difference
 */
export function ordersOf(
  quote: Quote,
  choices: QuoteChoices,
  invoiced: readonly QuoteOrder[] = [],
): QuoteOrders {
  const amounts = calendarAmounts(quote, choices);
  if (amounts.kind === 'refused') return amounts;
  const open = quote.calendar.filter(({ seq }) => !invoiced.some((one) => one.seq === seq));
  const groups = groupsLeft(quote, invoiced);
  const isOwn = ({ code }: QuoteGroup): boolean =>
    open.some(isInstallation) && choices.installationGroups.includes(code);
  const [own, shared] = [groups.filter(isOwn), groups.filter((group) => !isOwn(group))];
  const sharing = open.filter((line) => !isInstallation(line));
  const left = sum(shared.map(grossOf), quote.currency);
  const first = sharing.slice(0, -1).map(({ seq }) => amounts.bySeq.get(seq) ?? left);
  const last = subtract(left, sum(first, quote.currency));
  if (last.minor < 0n || (sharing.length === 0 && !isZero(last))) {
    const taken = sum(
      invoiced.map(({ total }) => total),
      quote.currency,
    );
    const numbers = { quote: quote.number, invoiced: taken, total: quote.total, difference: last };
    return { kind: 'refused', refusal: { code: 'quote-below-invoiced', ...numbers } };
  }
  const parts = sharing.length === 0 ? [] : partsOf(shared, [...first, last]);
  const made = open.map((line) => {
    const mine = isInstallation(line) ? own : (parts[sharing.indexOf(line)] ?? []);
    return orderOf(quote, { line, parts: mine.filter(isSomething), choices });
  });
  const orders = [...invoiced, ...made].toSorted((a, b) => a.seq - b.seq);
  return { kind: 'orders', orders };
}

/** What of each group is not invoiced yet. One that the quote no longer has is below nothing. */
function groupsLeft(quote: Quote, invoiced: readonly QuoteOrder[]): readonly QuoteGroup[] {
  const taken = invoiced.flatMap(({ parts }) => parts);
  const left = new Map(quote.groups.map((group) => [group.code, group]));
  const zero = money(0n, quote.currency);
  for (const part of taken) {
    const group = left.get(part.code) ?? { ...part, net: zero, vat: zero };
    const [net, vat] = [subtract(group.net, part.net), subtract(group.vat, part.vat)];
    left.set(part.code, { ...group, net, vat });
  }
  return [...left.values()];
}

/** The parts of groups that each row takes: gross first, and VAT along with it. */
function partsOf(groups: readonly QuoteGroup[], rows: readonly Money[]): QuoteGroup[][] {
  const cells = twoWaySplit(rows, groups.map(grossOf));
  const byGroup = groups.map((group, g) => {
    const column = cells.map((row) => row[g] ?? grossOf(group));
    const vats = alongside(group.vat, column);
    return column.map((gross, r): QuoteGroup => {
      const vat = vats[r] ?? group.vat;
      return { ...group, net: subtract(gross, vat), vat };
    });
  });
  return rows.map((_, r) => byGroup.flatMap((column) => column[r] ?? []));
}

function orderOf(
  quote: Quote,
  of: {
    readonly line: CalendarLine;
    readonly parts: readonly QuoteGroup[];
    readonly choices: QuoteChoices;
  },
): QuoteOrder {
  const { seq, label, dueDate } = of.line;
  const { parts, choices } = of;
  const lines = choices.lines === 'groups' ? parts.map(groupLine) : totalLines(quote, of);
  const total = sum(parts.map(grossOf), quote.currency);
  return { seq, label, dueDate, parts, lines, total };
}

function groupLine({ code, name, rate, net, vat }: QuoteGroup): QuoteOrderLine {
  return { article: code, articleName: name, text: name, rate, net, vat };
}

/** One line of all that is sold at a rate. */
function totalLines(
  quote: Quote,
  { line, parts, choices }: Parameters<typeof orderOf>[1],
): QuoteOrderLine[] {
  const { article } = choices;
  const text = [quote.number, line.label].filter((one) => one !== '').join(' – ');
  const rates = [...new Set(parts.map(({ rate }) => rate))];
  return rates.map((rate) => {
    const same = parts.filter((part) => part.rate === rate);
    const net = sum(
      same.map((part) => part.net),
      quote.currency,
    );
    const vat = sum(
      same.map((part) => part.vat),
      quote.currency,
    );
    return { article, articleName: article, text, rate, net, vat };
  });
}

function grossOf({ net, vat }: QuoteGroup): Money {
  return add(net, vat);
}

function isSomething({ net, vat }: QuoteGroup): boolean {
  return !isZero(net) || !isZero(vat);
}
