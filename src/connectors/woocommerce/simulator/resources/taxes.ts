import { amountOf, fixed } from '../arithmetic/amount.ts';
import { json, type Answer } from '../api/answer.ts';
import { type Call, type Route } from '../api/call.ts';
import { flagOf, has, numberOf, textOf, type Fields } from '../api/fields.ts';
import { answerList, readListing } from '../api/listing.ts';
import { refuse } from '../api/refusal.ts';
import type { TaxRate } from '../arithmetic/tax.ts';
import { slugOf } from '../shop/product.ts';
import { nextId } from '../shop/shop.ts';
import { routesOf } from './batch.ts';
import { CHANGEABLE, linksOf } from './links.ts';

/** Tax rates and tax classes. */
export const TAX_ROUTES: readonly Route[] = [
  ...routesOf({
    path: 'taxes',
    shapes: { country: 'string', state: 'string', rate: 'string', name: 'string', class: 'string' },
    list: listRates,
    read: (call, id) => write(call, rateAt(call, id)),
    create: (call, body) => keep(call, { ...NEW_RATE, id: nextId(call.shop, 'rate') }, body),
    update: (call, id, body) => keep(call, rateAt(call, id), body),
    remove: removeRate,
    hasBatch: true,
  }),
  { method: 'GET', path: '/taxes/classes', act: listClasses },
  { method: 'POST', path: '/taxes/classes', act: createClass },
];

const NEW_RATE: Omit<TaxRate, 'id'> = {
  country: '',
  state: '',
  postcodes: [],
  cities: [],
  percent: 0n,
  name: 'Tax',
  priority: 1,
  isCompound: false,
  isForShipping: true,
  order: 0,
  taxClass: '',
};

function rateAt(call: Call, id: number): TaxRate {
  const rate = call.shop.taxRates.get(id);
  return rate ?? refuse(404, 'woocommerce_rest_invalid_id', 'Invalid resource ID.');
}

function listRates(call: Call): Answer {
  const { query, shop } = call;
  const shape = { orderBy: ['order', 'id', 'priority'], isAscending: true };
  const listing = readListing(query, shape);
  const taxClass = query.get('class');
  const items = [...shop.taxRates.values()].filter(
    (rate) => taxClass === undefined || classOf(rate) === taxClass,
  );
  if (!listing.isAscending) items.reverse();
  return answerList(call, listing, { items, write: (rate) => write(call, rate) });
}

/** The standard class is empty inside, and `standard` to the API. */
function classOf({ taxClass }: TaxRate): string {
  return taxClass === '' ? 'standard' : taxClass;
}

function keep(call: Call, before: TaxRate, body: Fields): Fields {
  const text = (name: string, old: string): string => (has(body, name) ? textOf(body, name) : old);
  const taxClass = text('class', before.taxClass);
  const rate: TaxRate = {
    ...before,
    country: text('country', before.country).toUpperCase(),
    state: text('state', before.state).toUpperCase(),
    name: text('name', before.name),
    percent: has(body, 'rate') ? amountOf(body['rate']) : before.percent,
    priority: has(body, 'priority') ? numberOf(body, 'priority') : before.priority,
    isCompound: has(body, 'compound') ? flagOf(body, 'compound') : before.isCompound,
    isForShipping: has(body, 'shipping') ? flagOf(body, 'shipping') : before.isForShipping,
    taxClass: taxClass === 'standard' ? '' : taxClass,
  };
  call.shop.taxRates.set(rate.id, rate);
  return write(call, rate);
}

/** Orders keep what they were reckoned to: a deleted rate stays in their tax lines. */
function removeRate(call: Call, id: number, isForced: boolean): Fields {
  if (!isForced) {
    refuse(501, 'woocommerce_rest_trash_not_supported', 'Taxes do not support trashing.');
  }
  const fields = write(call, rateAt(call, id));
  call.shop.taxRates.delete(id);
  return fields;
}

function write(call: Call, rate: TaxRate): Fields {
  return {
    id: rate.id,
    country: rate.country,
    state: rate.state,
    postcode: rate.postcodes[0] ?? '',
    city: rate.cities[0] ?? '',
    rate: fixed(rate.percent, 4),
    name: rate.name,
    priority: rate.priority,
    compound: rate.isCompound,
    shipping: rate.isForShipping,
    order: rate.order,
    class: classOf(rate),
    postcodes: [...rate.postcodes],
    cities: [...rate.cities],
    _links: linksOf({ api: call.api, collection: 'taxes', id: rate.id, allow: CHANGEABLE }),
  };
}

function listClasses(call: Call): Answer {
  return json([...call.shop.taxClasses].map(([slug, name]) => classFields(call, { slug, name })));
}

function createClass(call: Call): Answer {
  const name = textOf(call.body, 'name');
  const slug = textOf(call.body, 'slug') || slugOf(name);
  call.shop.taxClasses.set(slug, name);
  return json(classFields(call, { slug, name }), 201);
}

function classFields(call: Call, one: { readonly slug: string; readonly name: string }): Fields {
  return { ...one, _links: { collection: [{ href: `${call.api}/taxes/classes` }] } };
}
