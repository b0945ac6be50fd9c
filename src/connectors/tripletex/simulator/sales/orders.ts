import {
  change,
  entitiesOf,
  entityOf,
  pointed,
  put,
  referred,
  remove,
  takeNumber,
} from '../company/company.ts';
import { idIn, idsIn, type Entity } from '../company/shelf.ts';
import { allOrNone } from '../company/all-or-none.ts';
import { json, created, nothing, value, type Answer } from '../api/answer.ts';
import {
  checkVersion,
  findOne,
  flagAsked,
  readBody,
  readBodyList,
  shown,
  type Call,
  type Route,
} from '../api/call.ts';
import { answerList, type Search } from '../api/listing.ts';
import { keepAddress } from '../resources/register.ts';
import { modelOf } from '../wire/models/all.ts';
import { readObject, type ReadObject } from '../wire/read-object.ts';
import { isSet, textOf, type Fields } from '../wire/record.ts';
import { invalid, refuse, refuseProblems, type Problem } from '../wire/refusals.ts';
import { completeLine, keepLine, lineOrderOf, readLine, waysTo } from './order-lines.ts';

/**
 * Orders.
 *
 * | Uncertain                               | Chosen                                        |
 * |-----------------------------------------|-----------------------------------------------|
 * | `orderDate`, `deliveryDate` left out    | today; the day of the order                   |
 * | Order without lines                     | taken                                         |
 * | Changing an order that is invoiced      | refused: it is closed                         |
 */
const SEARCH: Search = {
  model: 'Order',
  range: ['orderDateFrom', 'orderDateTo'],
  picks: {
    id: { by: 'ids' },
    number: { by: 'equals' },
    customerId: { by: 'ids', field: 'customer' },
    orderDateFrom: { by: 'from', field: 'orderDate' },
    orderDateTo: { by: 'to', field: 'orderDate' },
    deliveryComment: { by: 'contains' },
    isClosed: { by: 'flag' },
    isSubscription: { by: 'flag' },
  },
};

const EMBEDS = ['orderLines', 'deliveryAddress'];

export function makeOrder(call: Call, body: Fields): Entity {
  const { company, choices, moment } = call;
  const sent = readObject(modelOf('Order'), body, { company, choices, embeds: EMBEDS });
  refuseProblems(headProblems(call, sent.fields, null));
  const fields = { ...defaultsOf(call, sent.fields), ...sent.fields, ...addressOf(call, sent) };
  const project = entityOf(company, 'Project', idIn(fields, 'project'));
  const about = {
    isIncludingVat: fields['isPrioritizeAmountsIncludingVat'] === true,
    project,
    currency: idIn(fields, 'currency') ?? 1,
    ways: waysTo(project),
  };
  const lines = (sent.embedded['orderLines'] ?? []).map((line) => readLine(call, line, about));
  const number = isSet(fields, 'number') ? fields['number'] : String(takeNumber(company, 'order'));
  const order = put(company, moment, { model: 'Order', fields: { ...fields, number } });
  const ids = lines.map((line) => keepLine(call, line, order.id).id);
  order.fields = { ...order.fields, orderLines: ids };
  return order;
}

function headProblems(call: Call, fields: Fields, kept: Entity | null): Problem[] {
  const problems: Problem[] = [];
  if (!isSet(fields, 'customer')) problems.push({ field: 'customer', sentence: 'not-null' });
  const number = textOf(fields, 'number');
  const others = entitiesOf(call.company, 'Order').filter((one) => one !== kept);
  if (number !== '' && others.some((one) => one.fields['number'] === number)) {
    problems.push({ field: 'number', sentence: 'number-in-use' });
  }
  return problems;
}

function defaultsOf({ company, moment }: Call, fields: Fields): Fields {
  const customer = referred(company, 'Customer', idIn(fields, 'customer'));
  const orderDate = textOf(fields, 'orderDate') || moment.today;
  return {
    orderDate,
    deliveryDate: orderDate,
    currency: customer.fields['currency'] ?? 1,
    invoicesDueIn: customer.fields['invoicesDueIn'] ?? 14,
    invoicesDueInType: customer.fields['invoicesDueInType'] ?? 'DAYS',
    receiverEmail: customer.fields['invoiceEmail'] ?? customer.fields['email'] ?? null,
    isPrioritizeAmountsIncludingVat: false,
    isShowOpenPostsOnInvoices: false,
    isSubscription: false,
    isClosed: false,
    status: 'NOT_CHOSEN',
    orderLineSorting: 'CUSTOM',
    orderGroups: [],
    orderLines: [],
    attachment: [],
    travelReports: [],
  };
}

function addressOf(call: Call, { embedded }: ReadObject): Fields {
  const [body] = embedded['deliveryAddress'] ?? [];
  if (body === undefined) return {};
  const place = { kept: null, model: 'DeliveryAddress', within: 'deliveryAddress' };
  return { deliveryAddress: keepAddress(call, body, place) };
}

function putOrder(call: Call): Answer {
  const { company, choices, moment } = call;
  const order = findOne(call, 'Order');
  const sent = readObject(modelOf('Order'), readBody(call), { company, choices, embeds: EMBEDS });
  checkVersion(order, sent.version);
  if (order.fields['isClosed'] === true && sent.fields['isClosed'] !== false) {
    invalid(null, 'order-closed');
  }
  const fields = { ...order.fields, ...sent.fields, ...addressOf(call, sent) };
  refuseProblems(headProblems(call, fields, order));
  const lines = sent.embedded['orderLines'];
  allOrNone(company, () => {
    change(company, order, { moment, fields });
    if (lines !== undefined && flagAsked(call, 'updateLinesAndGroups', false)) {
      replaceLines(call, order, lines);
    }
  });
  return value(shown(call, order));
}

/** Lines that are named by id are changed, others are made, and those not named go. */
function replaceLines(call: Call, order: Entity, lines: readonly Fields[]): void {
  const { company, moment, choices } = call;
  const about = {
    ...lineOrderOf(company, order),
    ways: waysTo(lineOrderOf(company, order).project),
  };
  const ids = lines.map((line) => {
    const { id, fields } = readObject(modelOf('OrderLine'), line, { company, choices });
    const kept = entityOf(company, 'OrderLine', id);
    if (kept === null) return keepLine(call, readLine(call, line, about), order.id).id;
    const whole = completeLine(call, { ...kept.fields, ...fields }, about);
    change(company, kept, { moment, fields: whole });
    return kept.id;
  });
  for (const id of idsIn(order.fields, 'orderLines')) {
    if (!ids.includes(id)) remove(company, referred(company, 'OrderLine', id));
  }
  order.fields = { ...order.fields, orderLines: ids };
}

function deleteOrder(call: Call): Answer {
  const { company } = call;
  const order = findOne(call, 'Order');
  const isInvoiced = entitiesOf(company, 'Invoice').some(({ fields }) =>
    idsIn(fields, 'orders').includes(order.id),
  );
  if (isInvoiced) invalid('@id', 'in-use', '<ul><li>Fakturaer er registrert.</li></ul>');
  for (const id of idsIn(order.fields, 'orderLines')) {
    remove(company, referred(company, 'OrderLine', id));
  }
  remove(company, order);
  return nothing();
}

function postOrders(call: Call): Answer {
  const bodies = readBodyList(call);
  const made = allOrNone(call.company, () => bodies.map((body) => makeOrder(call, body)));
  const values = made.map((order) => shown(call, order));
  const envelope = { fullResultSize: values.length, from: 0, count: values.length };
  return json(201, { ...envelope, versionDigest: null, values });
}

function makeLine(call: Call, body: Fields): Entity {
  const { company, choices, moment } = call;
  const { fields } = readObject(modelOf('OrderLine'), body, { company, choices });
  const order = entityOf(company, 'Order', idIn(fields, 'order'));
  if (order === null) invalid('order.id', 'required');
  if (order.fields['isClosed'] === true) invalid(null, 'order-closed');
  const line = keepLine(call, readLine(call, body, lineOrderOf(company, order)), order.id);
  const orderLines = [...idsIn(order.fields, 'orderLines'), line.id];
  change(company, order, { moment, fields: { orderLines } });
  return line;
}

function postLines(call: Call): Answer {
  const bodies = readBodyList(call);
  const made = allOrNone(call.company, () => bodies.map((body) => makeLine(call, body)));
  const values = made.map((line) => shown(call, line));
  const envelope = { fullResultSize: values.length, from: 0, count: values.length };
  return json(201, { ...envelope, versionDigest: null, values });
}

/** The order of a line that is to change: it must be open. */
function openOrderOf(call: Call, line: Entity): Entity {
  const order = pointed(call.company, line, ['order', 'Order']) ?? refuse('no-object');
  if (order.fields['isClosed'] === true) invalid(null, 'order-closed');
  return order;
}

function putLine(call: Call): Answer {
  const { company, choices, moment } = call;
  const line = findOne(call, 'OrderLine');
  const sent = readObject(modelOf('OrderLine'), readBody(call), { company, choices });
  checkVersion(line, sent.version);
  const about = lineOrderOf(company, openOrderOf(call, line));
  const fields = completeLine(call, { ...line.fields, ...sent.fields }, about);
  change(company, line, { moment, fields });
  return value(shown(call, line));
}

function deleteLine(call: Call): Answer {
  const { company, moment } = call;
  const line = findOne(call, 'OrderLine');
  const order = openOrderOf(call, line);
  const orderLines = idsIn(order.fields, 'orderLines').filter((id) => id !== line.id);
  change(company, order, { moment, fields: { orderLines } });
  remove(company, line);
  return nothing();
}

const LINE = '/order/orderline/{id}';

export const ORDER_ROUTES: readonly Route[] = [
  {
    method: 'GET',
    path: '/order',
    act: (call) => answerList(call, SEARCH, entitiesOf(call.company, 'Order')),
  },
  {
    method: 'POST',
    path: '/order',
    act: (call) => created(shown(call, makeOrder(call, readBody(call)))),
  },
  { method: 'POST', path: '/order/list', act: postOrders },
  {
    method: 'GET',
    path: '/order/{id}',
    act: (call) => value(shown(call, findOne(call, 'Order'))),
  },
  { method: 'PUT', path: '/order/{id}', act: putOrder },
  { method: 'DELETE', path: '/order/{id}', act: deleteOrder },
  {
    method: 'POST',
    path: '/order/orderline',
    act: (call) => created(shown(call, makeLine(call, readBody(call)))),
  },
  { method: 'POST', path: '/order/orderline/list', act: postLines },
  { method: 'GET', path: LINE, act: (call) => value(shown(call, findOne(call, 'OrderLine'))) },
  { method: 'PUT', path: LINE, act: putLine },
  { method: 'DELETE', path: LINE, act: deleteLine },
];
