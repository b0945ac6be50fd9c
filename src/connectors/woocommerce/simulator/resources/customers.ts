import { createHash } from 'node:crypto';
import type { Answer } from '../api/answer.ts';
import type { Call, Route } from '../api/call.ts';
import { has, partOf, textOf, type Fields } from '../api/fields.ts';
import { answerList, readListing } from '../api/listing.ts';
import { missingParameters, refuse } from '../api/refusal.ts';
import { changedAddress, NO_ADDRESS, shippingFields } from '../shop/address.ts';
import { addCustomer } from '../shop/customers.ts';
import type { Customer } from '../shop/customer.ts';
import { twins } from '../shop/place-and-time.ts';
import { routesOf } from './batch.ts';
import { CHANGEABLE, linksOf } from './links.ts';
import { META_LIST } from './order-shapes.ts';
import { metaFields } from './order-wire.ts';
import { writeMeta } from './order-writes.ts';

export const CUSTOMER_ROUTES: readonly Route[] = routesOf({
  path: 'customers',
  shapes: { email: 'string', first_name: 'string', last_name: 'string', meta_data: META_LIST },
  list: listCustomers,
  read: (call, id) => write(call, customerAt(call, id)),
  create: createCustomer,
  update: updateCustomer,
  remove: removeCustomer,
  hasBatch: true,
});

function customerAt(call: Call, id: number): Customer {
  const customer = call.shop.customers.get(id);
  return customer ?? refuse(404, 'woocommerce_rest_invalid_id', 'Invalid resource ID.');
}

/** There is no date to ask for them by: `modified_after` is passed over. */
function listCustomers(call: Call): Answer {
  const { shop, query } = call;
  const shape = { orderBy: ['id', 'include', 'name', 'registered_date'], orderFirst: 'name' };
  const listing = readListing(query, { ...shape, isAscending: true });
  const email = query.get('email')?.toLowerCase();
  const found = [...shop.customers.values()].filter(
    (one) =>
      (email === undefined || one.email.toLowerCase() === email) &&
      (listing.include.length === 0 || listing.include.includes(one.id)) &&
      !listing.exclude.includes(one.id) &&
      (listing.search === '' || searched(one).includes(listing.search)),
  );
  const sign = listing.isAscending ? 1 : -1;
  const isByName = listing.orderBy === 'name';
  const items = found.sort(
    (a, b) => sign * (isByName ? a.username.localeCompare(b.username, 'sv') : a.id - b.id),
  );
  return answerList(call, listing, { items, write: (one) => write(call, one) });
}

function searched({ email, username, firstName, lastName }: Customer): string {
  return [email, username, firstName, lastName].join(' ').toLowerCase();
}

function createCustomer(call: Call, body: Fields): Fields {
  const email = textOf(body, 'email');
  if (email === '') throw missingParameters(['email']);
  if ([...call.shop.customers.values()].some((one) => one.email === email)) {
    const text = 'An account is already registered with your email address.';
    refuse(400, 'registration-error-email-exists', text);
  }
  const customer = addCustomer(call, {
    email,
    firstName: textOf(body, 'first_name'),
    lastName: textOf(body, 'last_name'),
    billing: changedAddress(NO_ADDRESS, partOf(body, 'billing')),
    shipping: changedAddress(NO_ADDRESS, partOf(body, 'shipping')),
    ...(textOf(body, 'username') === '' ? {} : { username: textOf(body, 'username') }),
  });
  writeMeta(call.shop, customer.meta, body);
  return write(call, customer);
}

function updateCustomer(call: Call, id: number, body: Fields): Fields {
  const customer = call.shop.customers.get(id);
  if (!customer) refuse(400, 'woocommerce_rest_invalid_id', 'Invalid resource ID.');
  if (has(body, 'email')) customer.email = textOf(body, 'email');
  if (has(body, 'first_name')) customer.firstName = textOf(body, 'first_name');
  if (has(body, 'last_name')) customer.lastName = textOf(body, 'last_name');
  customer.billing = changedAddress(customer.billing, partOf(body, 'billing'));
  customer.shipping = changedAddress(customer.shipping, partOf(body, 'shipping'));
  writeMeta(call.shop, customer.meta, body);
  customer.modifiedMs = call.nowMs;
  call.raise('customer.updated', id);
  return write(call, customer);
}

function removeCustomer(call: Call, id: number, isForced: boolean): Fields {
  if (!isForced) {
    const text = 'Customers do not support trashing.';
    refuse(501, 'woocommerce_rest_trash_not_supported', text);
  }
  const customer = customerAt(call, id);
  const fields = write(call, customer);
  call.shop.customers.delete(id);
  call.raise('customer.deleted', id);
  return fields;
}

function write(call: Call, customer: Customer): Fields {
  const { shop } = call;
  const face = createHash('sha256').update(customer.email.toLowerCase()).digest('hex');
  return {
    id: customer.id,
    ...twins('date_created', customer.createdMs, shop.zone),
    ...twins('date_modified', customer.modifiedMs, shop.zone),
    email: customer.email,
    first_name: customer.firstName,
    last_name: customer.lastName,
    role: 'customer',
    username: customer.username,
    billing: { ...customer.billing },
    shipping: shippingFields(customer.shipping),
    is_paying_customer: customer.isPaying,
    avatar_url: `https://secure.gravatar.com/avatar/${face}?s=96&d=mm&r=g`,
    meta_data: metaFields(customer.meta),
    _links: linksOf({
      api: call.api,
      collection: 'customers',
      id: customer.id,
      allow: CHANGEABLE,
    }),
  };
}
