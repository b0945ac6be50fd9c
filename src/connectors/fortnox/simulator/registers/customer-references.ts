import { created, deleted, found, urlOf, type Answer } from '../api/answer.ts';
import { param, readBody, type Call, type Route } from '../api/call.ts';
import { change, inOrder, put, remove, takeNumber, type Entry } from '../tenant/shelf.ts';
import { fieldTable } from '../wire/field-table.ts';
import { numberOf, textOf, type Fields } from '../wire/record.ts';
import { refuse } from '../wire/refusals.ts';
import { requireKept } from './reference.ts';

/**
 * Contact persons of customers: rows of one object.
 *
 * | Uncertain                            | Chosen                                              |
 * |--------------------------------------|-----------------------------------------------------|
 * | Envelope of one row                  | `CustomerReference` with the one row in its list    |
 * | Envelope in a POST                   | `CustomerReference`, the row's own fields inside    |
 * | Answer of a PUT (specified: Customer)| As a GET of the row                                 |
 */
const TABLE = fieldTable('CustomerNumber:t* Id:i~ Reference:t*');
const PATH = '/3/customerreferences';
const ONE = `${PATH}/{CustomerReferenceRowId}`;
const SCOPE = 'customer';

export const CUSTOMER_REFERENCE_ROUTES: readonly Route[] = [
  { method: 'GET', path: PATH, scope: SCOPE, act: list },
  { method: 'POST', path: PATH, scope: SCOPE, act: make },
  { method: 'GET', path: ONE, scope: SCOPE, act: (call) => answer([findOne(call)]) },
  { method: 'PUT', path: ONE, scope: SCOPE, act: update },
  { method: 'DELETE', path: ONE, scope: SCOPE, act: erase },
];

function list(call: Call): Answer {
  const customer = call.query.get('customer');
  const rows = inOrder(call.tenant.shelves.customerreferences);
  return answer(
    rows.filter(({ fields }) => !customer || textOf(fields, 'CustomerNumber') === customer),
  );
}

function make(call: Call): Answer {
  const sent = readBody(call, 'CustomerReference', { table: TABLE, isNew: true });
  requireKept(call, 'CustomerNumber', textOf(sent, 'CustomerNumber'));
  const shelf = call.tenant.shelves.customerreferences;
  const id = takeNumber(shelf);
  const entry = put(shelf, id, { fields: { ...sent, Id: Number(id) }, atMs: call.nowMs });
  return created('CustomerReference', rowsOf([entry]), 'customerreferences');
}

function update(call: Call): Answer {
  const entry = findOne(call);
  const sent = readBody(call, 'CustomerReference', { table: TABLE, isNew: false });
  change(entry, { ...entry.fields, ...sent }, call.nowMs);
  return answer([entry]);
}

function erase(call: Call): Answer {
  remove(call.tenant.shelves.customerreferences, findOne(call).key);
  return deleted();
}

function findOne(call: Call): Entry {
  const entry = call.tenant.shelves.customerreferences.entries.get(param(call, 0));
  return entry ?? refuse('not-found', 'kundreferensen');
}

function answer(entries: readonly Entry[]): Answer {
  return found('CustomerReference', rowsOf(entries));
}

function rowsOf(entries: readonly Entry[]): Fields {
  const rows = entries.map(({ fields }) => ({
    '@url': urlOf('customerreferences', numberOf(fields, 'Id')),
    ...fields,
  }));
  return { CustomerReferenceRows: rows };
}
