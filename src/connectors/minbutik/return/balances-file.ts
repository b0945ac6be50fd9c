import iconv from 'iconv-lite';
import { formatMoney, money, type Currency } from '../../../domain/money.ts';
import type { BalanceWriter, CustomerBalance } from '../../../ports/balances.ts';
import type { MinButikSettings } from '../settings.ts';
import { BALANCE_FIELDS, type BalanceField } from './fields.ts';

/**
 * The file with the balances of every customer of every store: a whole snapshot, for a customer
 * who is left out must not mean that nothing has changed.
 *
 * The credit limit is the one of the customer's own card, empty where nobody has said any. Nobody
 * is blocked by the hub: whether a customer may buy is the till's to say.
 */
export function balancesFile(settings: MinButikSettings): BalanceWriter {
  const { encoding, delimiter, decimal, columns } = settings.balances;
  const fields =
    columns.length > 0 ? columns : BALANCE_FIELDS.map((field) => ({ header: field, field }));
  return ({ asOf, stores, customers }) => {
    const amount = (minor: bigint): string =>
      formatMoney(money(minor, settings.currency satisfies Currency)).replace('.', decimal);
    const rows = (stores.length === 0 ? [''] : stores).flatMap((store) =>
      customers.map((customer) => {
        const values = valuesOf(customer, { store, asOf, amount });
        return fields.map(({ field }) => quoted(values[field], delimiter));
      }),
    );
    const head = fields.map(({ header }) => quoted(header, delimiter));
    const text = [head, ...rows].map((row) => `${row.join(delimiter)}\r\n`).join('');
    const name = `kreditsaldon-${stores.length === 1 ? stores[0] : 'alla'}.csv`;
    return { name, mediaType: 'text/csv', bytes: iconv.encode(text, encoding) };
  };
}

function valuesOf(
  { number, name, balance, overdue, creditLimit }: CustomerBalance,
  of: {
    readonly store: string;
    readonly asOf: string;
    readonly amount: (minor: bigint) => string;
  },
): Readonly<Record<BalanceField, string>> {
  return {
    store_no: of.store,
    as_of: of.asOf,
    customer_no: number,
    customer_name: name,
    balance: of.amount(balance),
    overdue: of.amount(overdue),
    credit_limit: creditLimit === null ? '' : of.amount(creditLimit),
    blocked: 'N',
  };
}

function quoted(text: string, delimiter: string): string {
  const needsQuotes = text.includes(delimiter) || /["\r\n]/.test(text);
  return needsQuotes ? `"${text.replaceAll('"', '""')}"` : text;
}
