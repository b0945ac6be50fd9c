import { z } from 'zod';
import type { ExaminedFor, SourceFinding } from '../../../ports/health.ts';
import { found, readAs, withoutAccount } from '../../../ports/source-finding.ts';
import type { ShopClient } from './client.ts';

const gatewaysSchema = z.array(
  z.looseObject({
    id: z.string(),
    title: z.unknown().transform((value) => (typeof value === 'string' ? value : '')),
    enabled: z.boolean().default(false),
  }),
);

/**
 * Means of payment that customers can choose, and whether each has an account. Their settings,
 * which may hold secrets, are not asked for.
 */
export async function examineGateways(
  shop: ShopClient,
  { hasAccount }: ExaminedFor,
): Promise<readonly SourceFinding[]> {
  const gateways = await readGateways(shop);
  const fine = found('ok', 'payments', { methods: gateways.join(', ') });
  return (hasAccount === null ? null : withoutAccount(gateways, hasAccount)) ?? [fine];
}

/** Ids of the means of payment that customers can choose. One call. */
export async function readGateways(shop: ShopClient): Promise<readonly string[]> {
  const answer = await shop.get('/payment_gateways', { _fields: 'id,title,enabled' });
  const gateways = readAs(gatewaysSchema, answer, 'payment_gateways');
  return gateways.filter(({ enabled }) => enabled).map(({ id }) => id);
}

const ordersSchema = z.array(
  z.looseObject({
    currency: z.string(),
    payment_method: z.string().default(''),
    meta_data: z.array(z.looseObject({ key: z.string() })).default([]),
  }),
);

/** Fields of gift cards and credits whose use this connector cannot read, by their names. */
const CARDS = /gift.?card|store.?credit|account.?funds|wallet|presentkort/i;
/** What is known of these is read, or says nothing of money. */
const KNOWN_CARDS = new Set(['_ywgc_applied_gift_cards']);
/** Left on orders by plugins that book them into a ledger too. */
const BOOKED = new Set([
  '_fortnox_invoice_number',
  '_fortnox_order_documentnumber',
  'fortnox_invoice_number',
  '_fortnox_order_synced',
  'FORTNOX_ORDER_DOCUMENTNUMBER',
  'visma_voucher_id',
]);

/** What the latest hundred orders show of plugins that change what is paid or booked. One call. */
export async function examineOrders(
  shop: ShopClient,
  { books, hasAccount }: ExaminedFor,
): Promise<readonly SourceFinding[]> {
  const query = { per_page: '100', _fields: 'currency,payment_method,meta_data' };
  const orders = readAs(ordersSchema, await shop.get('/orders', query), 'orders');
  const keys = distinct(orders.flatMap((order) => order.meta_data.map(({ key }) => key)));
  const cards = keys.filter((key) => CARDS.test(key) && !KNOWN_CARDS.has(key));
  const booked = keys.filter((key) => BOOKED.has(key));
  const currencies = distinct(orders.map(({ currency }) => currency)).filter((c) => c !== books);
  const used = distinct(orders.map((order) => order.payment_method));
  return [
    ...(currencies.length === 0
      ? []
      : [found('warning', 'other-currencies', { currencies: currencies.join(', '), books })]),
    ...(cards.length === 0 ? [] : [found('warning', 'gift-cards-unknown', { keys: list(cards) })]),
    ...(booked.length === 0 ? [] : [found('warning', 'booked-by-others', { keys: list(booked) })]),
    ...(hasAccount === null ? [] : (withoutAccount(used, hasAccount) ?? [])),
  ];
}

function distinct(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)];
}

/** Plugins name fields as they like: enough to know them by. */
function list(keys: readonly string[]): string {
  return keys.slice(0, 5).join(', ');
}
