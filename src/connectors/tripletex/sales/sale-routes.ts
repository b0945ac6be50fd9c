import type { Books } from '../../../domain/books.ts';
import { formatMoney } from '../../../domain/money.ts';
import type { Step } from '../../../domain/plan.ts';
import type { SalesDocument, SalesRow } from '../../../domain/sales-document.ts';
import type { Notice } from '../../../domain/refusal.ts';
import type { Json } from '../../../lib/json.ts';
import type { Route, Write } from '../../../ports/target.ts';
import { accountsOn } from '../books.ts';
import { cannot } from '../cannot.ts';
import { fitText } from '../text.ts';
import { salesCode, vatCodeOf } from '../vat-codes.ts';
import { buyerWrite } from './buyers.ts';
import { orderWrite, type OrderInput, type OrderLine } from './orders.ts';
import { productWrite } from './products.ts';
import { projectWrite } from './projects.ts';

type OrderStep = Extract<Step, { readonly kind: 'enter-order' }>;

/** No lengths are documented; what lists and printed orders show is shorter still. */
const TEXT_MAX = 255;
/** Sold abroad, without VAT. */
const EXPORT = '52';

/** The calls that enter an order, before it whatever of its customer, project, products is new. */
export function enterOrderWrites({ id, sale, change }: OrderStep, books: Books): Route {
  if (sale.total.currency !== 'NOK') return cannot(`orders in ${sale.total.currency}`);
  const codes = sale.rows.map((row) => vatOf(row, sale, books));
  const untold = sale.rows.find((_, i) => codes[i] === null);
  if (untold !== undefined) {
    return cannot(`a line without VAT on account ${untold.account}, which has no VAT code there`);
  }
  const notices: Notice[] = [];
  const fit = (text: string): string => {
    const fitted = fitText(text, TEXT_MAX);
    if (fitted.isCut) notices.push({ code: 'text-shortened', from: text, to: fitted.text });
    return fitted.text;
  };
  const made = productsOf(id, sale, codes);
  const hasProject = sale.project !== '';
  const lines = sale.rows.map((row, i): OrderLine => {
    const product = row.article === null ? null : (made.idOf.get(row.article) ?? null);
    // Lines of an order with a project may be refused a code of their own: the product's is used.
    const vat = hasProject && product !== null ? null : (codes[i] ?? null);
    const { quantity: count, price } = row;
    return { product, text: fit(row.text) || '-', count, price: formatMoney(price), vat };
  });
  const { writes: around, ...of } = change === null ? aroundOrder(id, sale) : UNCHANGED;
  const enter = orderWrite(`${id}.in`, {
    ...(change === null ? {} : { change }),
    ...of,
    date: sale.date,
    department: sale.costCentre,
    reference: fit(sale.orderNumber),
    comment: fit(commentOf(sale)),
    deliverTo: deliveryOf(sale),
    lines,
    total: formatMoney(sale.total),
    vat: formatMoney(sale.vat),
    ...(sale.memo === undefined ? {} : { memo: sale.memo }),
  });
  return { kind: 'route', writes: [...around, ...made.writes, enter], notices };
}

type Around = Pick<OrderInput, 'customer' | 'project'> & { readonly writes: readonly Write[] };

/** A change leaves customer and project as they are. */
const UNCHANGED: Around = { writes: [] };

/** Whose an order is, and what it is a part of. A project without a name is in the ledger. */
function aroundOrder(id: string, sale: SalesDocument): Around {
  const { project: number, projectName, date: startDate } = sale;
  const customer = `${id}.who`;
  const who = buyerWrite(customer, sale.customer);
  if (number === '') return { customer, writes: [who] };
  if (projectName === undefined) return { customer, project: { number }, writes: [who] };
  const from = `${id}.project`;
  const name = fitText(projectName, TEXT_MAX).text || number;
  const project = projectWrite(from, { number, name, startDate, customer });
  return { customer, project: { from }, writes: [who, project] };
}

/** One write for each article. */
function productsOf(id: string, sale: SalesDocument, codes: readonly (string | null)[]) {
  const idOf = new Map<string, string>();
  const writes: Write[] = [];
  for (const [i, row] of sale.rows.entries()) {
    const { article, text: name, rate, account } = row;
    if (article === null || idOf.has(article)) continue;
    const write = `${id}.article-${idOf.size + 1}`;
    idOf.set(article, write);
    const vat = codes[i] ?? '';
    const mustBe = sale.project === '' ? null : rate;
    writes.push(productWrite(write, { article, name, vat, account, rate: mustBe }));
  }
  return { idOf, writes };
}

/** The VAT code of a line. @returns null where nothing tells why it has none */
function vatOf({ rate, account }: SalesRow, sale: SalesDocument, books: Books): string | null {
  const { date, customer } = sale;
  if (rate !== 0) return salesCode(rate, date)?.number ?? null;
  if (customer.vat !== 'domestic') return EXPORT;
  const own = vatCodeOf(accountsOn(books, date)[account]?.vatCode ?? '', date);
  return own?.direction === 'outgoing' && own.rate === 0 ? own.number : null;
}

/** Tripletex has no field for whoever sells but an employee of its own. */
function commentOf({ remarks, ourReference }: SalesDocument): string {
  return [remarks, ourReference].filter((text) => text !== '').join(', ');
}

/** The country is an id of Tripletex's own: an address is taken for one at home. */
function deliveryOf({ deliverTo, customer }: SalesDocument): Json | null {
  if (deliverTo === null) return null;
  const { street, postcode: postalCode, city } = deliverTo;
  return { name: customer.name, addressLine1: fitText(street, TEXT_MAX).text, postalCode, city };
}
