import type { Order } from '../document/sale.ts';
import { percentText, ratesOn, type BasisPoints } from '../vat/rates.ts';
import { regionOf } from '../vat/region.ts';
import type { LocalDate } from '../date.ts';
import type { SalesCustomer } from '../sales-document.ts';
import { saleRole } from './account-roles.ts';
import type { FlowChoices } from './choices.ts';
import { invoiceCustomer } from './rules/sale-invoice-customer.ts';
import { invoiceRows } from './rules/sale-invoice-rows.ts';
import { answerFirst, partRole, settlementRole, type AskedRole } from './rules/sale.ts';

/** A rate that a shop charges by the law of another country, ISO 3166. */
export type ForeignRate = { readonly country: string; readonly rate: BasisPoints };

/** An account that sales will be booked on. */
export type SoldOn = {
  readonly account: string;
  /** The role, or `role/code`, that led to it. */
  readonly role: string;
  /** The rate of the books' own country that stands on it; null: none of its VAT belongs there. */
  readonly rate: BasisPoints | null;
  /** Whose VAT it is, ISO 3166; empty: nobody's. */
  readonly country: string;
};

/** What the orders of a shop will ask of a ledger, as the flow's choices have it. */
export type FlowNeeds = {
  readonly sales: readonly SoldOn[];
  /** Article numbers of rows, as the shop has them. None where rows carry no articles. */
  readonly articles: readonly string[];
  /** What stands in the ledger's own register of orders or invoices. None for vouchers. */
  readonly documents: readonly NeededDocument[];
  /** Modes of payment of the ledger that payments are to be registered by. */
  readonly modes: readonly NeededMode[];
};

/** A mode of payment that a company has chosen for a shop's method. */
export type NeededMode = {
  readonly method: string;
  /** The ledger's own code. */
  readonly mode: string;
  /** What payments by the method are booked on. */
  readonly account: string;
};

/** An order that becomes one of the ledger's own documents. */
export type NeededDocument = {
  /** What the shop calls it. */
  readonly order: string;
  readonly rows: number;
  readonly buyer: SalesCustomer;
};

/** What a flow will ask of its ledger for orders like these. */
export function flowNeeds(
  choices: FlowChoices,
  of: {
    readonly orders: readonly Order[];
    readonly foreign: readonly ForeignRate[];
    readonly today: LocalDate;
  },
): FlowNeeds {
  const { invoicing, country } = choices;
  const documents =
    invoicing.as === 'voucher'
      ? []
      : of.orders.map((order) => ({ order, rows: invoiceRows(order, choices) }));
  const articles = documents.flatMap(({ rows }) => rows.flatMap(({ article }) => article ?? []));
  return {
    sales: distinctSales([
      ...ratesOn(country, of.today).flatMap((rate) => homeSales(rate, choices)),
      ...of.foreign.flatMap((one) => foreignSales(one, choices)),
      ...of.orders.flatMap((order) => orderSales(order, choices)),
    ]),
    articles: [...new Set(articles)],
    documents: documents.map(({ order, rows }) => {
      const buyer = invoiceCustomer(order, { invoicing, home: country });
      return { order: order.number, rows: rows.length, buyer };
    }),
    modes: modesOf(choices),
  };
}

/** What several flows will ask of the same ledger, said once where they ask for the same. */
export function joinNeeds(all: readonly FlowNeeds[]): FlowNeeds {
  return {
    sales: distinctSales(all.flatMap(({ sales }) => sales)),
    articles: [...new Set(all.flatMap(({ articles }) => articles))],
    documents: all.flatMap(({ documents }) => documents),
    modes: all.flatMap(({ modes }) => modes),
  };
}

function modesOf(choices: FlowChoices): readonly NeededMode[] {
  return Object.entries(choices.invoicing.methods).flatMap(([method, { mode = '' }]) => {
    const answer = answerFirst(settlementRole({ means: 'other', method }), choices);
    return mode === '' || answer === null ? [] : [{ method, mode, account: answer.account }];
  });
}

function homeSales(rate: BasisPoints, choices: FlowChoices): readonly SoldOn[] {
  const { country } = choices;
  const asked = { role: saleRole('goods', 'domestic', rate), codes: [country] };
  return answered(asked, choices, { rate, country });
}

function foreignSales({ country, rate }: ForeignRate, choices: FlowChoices): readonly SoldOn[] {
  const of = { rate: null, country };
  const percent = percentText(rate);
  return [
    ...answered({ role: saleRole('goods', 'oss', rate), codes: [country] }, choices, of),
    ...answered({ role: saleRole('shipping', 'oss', rate), codes: [country] }, choices, of),
    ...answered({ role: 'vat.oss', codes: [`${country} ${percent}`, country] }, choices, of),
  ];
}

/** Accounts that the lines of an order lead to, and those of its VAT. */
function orderSales(sale: Order, choices: FlowChoices): readonly SoldOn[] {
  const region = regionOf(sale, choices.country);
  const isHome = region === 'domestic';
  const country = sale.vatCountry ?? '';
  return sale.lines.flatMap((line) =>
    line.parts.flatMap((part) => {
      // Freight shares an account over the rates, and a card has none of its own.
      const isMixed = line.kind === 'shipping' || line.kind === 'fee' || line.kind === 'gift-card';
      if (isHome && (isMixed || part.rate === null)) return [];
      const rate = isHome ? part.rate : null;
      const own = answered(partRole({ sale, region }, line, part), choices, { rate, country });
      if (region !== 'oss' || part.rate === null) return own;
      return [...own, ...foreignSales({ country, rate: part.rate }, choices)];
    }),
  );
}

function answered(
  asked: AskedRole,
  choices: FlowChoices,
  of: Pick<SoldOn, 'rate' | 'country'>,
): readonly SoldOn[] {
  const answer = answerFirst(asked, choices);
  return answer === null ? [] : [{ account: answer.account, role: answer.key, ...of }];
}

function distinctSales(all: readonly SoldOn[]): readonly SoldOn[] {
  const key = ({ account, role, country, rate }: SoldOn): string => {
    return [account, role, country, rate ?? ''].join(' ');
  };
  return [...new Map(all.map((one) => [key(one), one])).values()];
}
