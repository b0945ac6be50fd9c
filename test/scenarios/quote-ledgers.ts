import { ask as askFortnox } from '../../src/connectors/fortnox/simulator/test-client.ts';
import {
  ask as askTripletex,
  basic,
} from '../../src/connectors/tripletex/simulator/test-client.ts';
import { startTripletexSimulator } from '../../src/connectors/tripletex/simulator/simulator.ts';
import { addSecrets } from '../../src/hub/consent.ts';
import { present } from '../../src/lib/assert.ts';
import { isRecord, listOf, objectOf, textOf, type WireObject } from '../../src/lib/json-object.ts';
import { addCompany, addConnection, type Company } from '../../src/store/registry.ts';
import { sumsIn } from './norway.ts';
import { addPlayer, today, type Stage } from './stage.ts';

/** An order as both ledgers show it to the scenario; amounts in minor units, VAT included. */
export type ShownOrder = {
  readonly id: string;
  readonly number: string;
  readonly gross: number;
  readonly vat: number;
  readonly project: string;
  readonly customer: string;
  readonly reference: string;
  /** `article price text`, price in minor units. */
  readonly rows: readonly string[];
  /** What must be the same of orders that the ledger is to invoice together. */
  readonly terms: string;
};

/** An invoice, its total in minor units. */
export type ShownInvoice = { readonly gross: number; readonly customer: string };

/** The books of one dealer in one ledger, as people see them. */
export type QuoteBooks = {
  readonly company: Company;
  /** The id of the ledger's connection: `fortnox`. */
  readonly target: string;
  readonly currency: 'SEK' | 'NOK';
  orders(): Promise<readonly ShownOrder[]>;
  projects(): Promise<readonly { readonly number: string; readonly name: string }[]>;
  /** Numbers of the articles that there are. */
  articles(): Promise<readonly string[]>;
  countCustomers(): Promise<number>;
  /** What every account has come to, in minor units. */
  sums(): Readonly<Record<string, number>>;
  /** What went out to customers from the ledger. */
  sent(): number;
  /** A person invoices an order in the ledger. */
  invoice(order: ShownOrder): Promise<void>;
  /** A person invoices several at once, where the ledger has a call for it. */
  invoiceTogether?(orders: readonly ShownOrder[]): Promise<readonly ShownInvoice[]>;
  /**
   * The next call that makes an order, or changes this one, is carried out, and its answer lost.
   *
   * @returns whether that has happened
   */
  loseAnswer(order?: ShownOrder): () => boolean;
  /**
   * Calls go wrong from now on, each way a few times.
   *
   * @returns what ends that, and tells how many have
   */
  trouble(): () => number;
  stop(): Promise<void>;
};

/** Ways in which calls go wrong that both simulators know. */
const TROUBLES = [
  { kind: 'reset' },
  { kind: 'too-many-requests' },
  { kind: 'hang', commits: true },
  { kind: 'lose-answer' },
  { kind: 'cut-answer' },
  { kind: 'late-commit', ms: 60 },
] as const;
const OFTEN = { chance: 0.1, times: 3 };

/** A ledger that quotes go to, with a dealer of its own for each test. */
export type QuoteLedger = {
  readonly name: string;
  readonly currency: QuoteBooks['currency'];
  open(stage: Stage, company: string): Promise<QuoteBooks>;
};

export const QUOTE_LEDGERS: readonly QuoteLedger[] = [
  { name: 'Fortnox', currency: 'SEK', open: openFortnox },
  { name: 'Tripletex', currency: 'NOK', open: openTripletex },
];

type Faults = {
  list(): readonly { readonly id: number; readonly fallen: number }[];
  remove(id: number): void;
};

/** Takes faults away, so that the test itself can read, and tells how many calls they met. */
function fallen(faults: Faults, ids: readonly number[]): number {
  const own = faults.list().filter(({ id }) => ids.includes(id));
  for (const id of ids) faults.remove(id);
  return own.reduce((sum, one) => sum + one.fallen, 0);
}

function ore(object: WireObject, field: string): number {
  return Math.round(Number(textOf(object, field)) * 100);
}

/** No call of Fortnox' API invoices several orders: people do, those that are alike. */
const FORTNOX_TERMS = [
  ...['CustomerNumber', 'Currency', 'TermsOfPayment', 'VATIncluded', 'Cancelled', 'Sent'],
] as const;

async function openFortnox(stage: Stage, name: string): Promise<QuoteBooks> {
  const { company, tenantId } = await addPlayer(stage, { name });
  const tenant = stage.simulator.tenants.get(tenantId);
  // Most companies of kitchen dealers round nothing: öre are on the quote.
  tenant.set({ setup: { roundsOff: false } });
  const send = (path: string, method = 'GET') => {
    const { accessToken: token } = tenant.grant({ isService: true });
    return askFortnox(`${stage.simulator.apiUrl}/3/${path}`, { token, method });
  };
  const shown = async (number: string): Promise<ShownOrder> => {
    const order = (await send(`orders/${number}`)).one('Order');
    return {
      id: number,
      number,
      gross: ore(order, 'Total'),
      vat: ore(order, 'TotalVAT'),
      project: textOf(order, 'Project'),
      customer: textOf(order, 'CustomerNumber'),
      reference: textOf(order, 'YourOrderNumber'),
      rows: listOf(order, 'OrderRows').map((row) =>
        [textOf(row, 'ArticleNumber'), ore(row, 'Price'), textOf(row, 'Description')].join(' '),
      ),
      terms: FORTNOX_TERMS.map((field) => textOf(order, field)).join(' '),
    };
  };
  return {
    company,
    target: 'fortnox',
    currency: 'SEK',
    orders: async () => {
      const listed = (await send('orders')).all('Orders').map((one) => one['DocumentNumber']);
      return Promise.all(inOrder(listed.map(String)).map(shown));
    },
    projects: async () =>
      (await send('projects')).all('Projects').map((one) => ({
        number: textOf(one, 'ProjectNumber'),
        name: textOf(one, 'Description'),
      })),
    articles: async () =>
      (await send('articles')).all('Articles').map((one) => textOf(one, 'ArticleNumber')),
    countCustomers: async () => (await send('customers')).all('Customers').length,
    invoice: async ({ number }) => void (await send(`orders/${number}/createinvoice`, 'PUT')),
    loseAnswer: (order) => {
      const { faults } = stage.simulator;
      const fault = { kind: 'lose-answer' } as const;
      const call =
        order === undefined
          ? { method: 'POST', path: '/3/orders' }
          : { method: 'PUT', path: `/3/orders/${order.id}` };
      const id = faults.add({ fault, ...call, tenant: tenantId });
      return () => faults.list().some((one) => one.id === id && one.fallen > 0);
    },
    sums: () => {
      const sums: Record<string, number> = {};
      for (const { account, debitOre, creditOre } of tenant
        .ledger()
        .vouchers.flatMap(({ rows }) => rows)) {
        sums[account] = (sums[account] ?? 0) + debitOre - creditOre;
      }
      return sums;
    },
    sent: () => 0,
    trouble: () => {
      const { faults } = stage.simulator;
      const about = { path: '/3/*', tenant: tenantId, ...OFTEN };
      const ids = TROUBLES.map((fault) => faults.add({ fault, ...about }));
      return () => fallen(faults, ids);
    },
    stop: async () => {},
  };
}

async function openTripletex(stage: Stage, name: string): Promise<QuoteBooks> {
  const simulator = await startTripletexSimulator({
    rate: null,
    choices: { vatOnProjectOrder: 'refused' },
  });
  const books = simulator.companies.add({ name, bankAccountNumber: '15062012345' });
  const { db } = stage.hub.database;
  const company = await addCompany(db, { name, country: 'NO', language: 'nb' });
  const settings = { apiUrl: simulator.apiUrl };
  const about = { companyId: company.id, connector: 'tripletex', name: 'tripletex', settings };
  const target = await addConnection(db, about);
  await addSecrets(stage.hub, target.id, books.credentials);
  const send = (path: string, method = 'GET') =>
    askTripletex(`${simulator.apiUrl}/${path}`, { method, headers: basic(books.session()) });
  const list = async (path: string): Promise<readonly WireObject[]> => (await send(path)).values;
  return {
    company,
    target: 'tripletex',
    currency: 'NOK',
    orders: async () => {
      const fields =
        'id,number,reference,project(number),customer(id),orderLines(*,product(number)),' +
        TRIPLETEX_TERMS.join();
      const range = `orderDateFrom=2020-01-01&orderDateTo=${Number(today().slice(0, 4)) + 2}-01-01`;
      const listed = await list(`order?${range}&fields=${fields}`);
      const byNumber = new Map(listed.map((one) => [textOf(one, 'number'), one]));
      return inOrder([...byNumber.keys()]).map((number) =>
        shownInTripletex(present(byNumber.get(number), number)),
      );
    },
    projects: async () =>
      (await list('project?fields=number,name')).map((one) => ({
        number: textOf(one, 'number'),
        name: textOf(one, 'name'),
      })),
    articles: async () => (await list('product?fields=number')).map((one) => textOf(one, 'number')),
    countCustomers: async () => (await list('customer?fields=id')).length,
    invoice: async ({ id }) => {
      const asked = `invoiceDate=${today()}&sendToCustomer=false`;
      await send(`order/${id}/:invoice?${asked}`, 'PUT');
    },
    invoiceTogether: async (orders) => {
      const ids = orders.map(({ id }) => id).join();
      const asked = `id=${ids}&invoiceDate=${today()}&sendToCustomer=false`;
      await send(`order/:invoiceMultipleOrders?${asked}`, 'PUT');
      const range = `invoiceDateFrom=${today()}&invoiceDateTo=2100-01-01`;
      return (await list(`invoice?${range}&fields=amount,customer(id)`)).map((one) => ({
        gross: ore(one, 'amount'),
        customer: textOf(objectOf(one, 'customer'), 'id'),
      }));
    },
    loseAnswer: (order) => {
      const { faults } = simulator;
      const fault = { kind: 'lose-answer' } as const;
      const call =
        order === undefined
          ? { method: 'POST', path: '/v2/order' }
          : { method: 'PUT', path: `/v2/order/${order.id}` };
      const id = faults.add({ fault, ...call });
      return () => faults.list().some((one) => one.id === id && one.fallen > 0);
    },
    sums: () => sumsIn(books),
    sent: () => books.outbox().length,
    trouble: () => {
      const { faults } = simulator;
      const ids = TROUBLES.map((fault) => faults.add({ fault, path: '/v2/*', ...OFTEN }));
      return () => fallen(faults, ids);
    },
    stop: () => simulator.stop(),
  };
}

/** What `:invoiceMultipleOrders` wants to be alike, beside the customer. */
const TRIPLETEX_TERMS = [
  ...['invoicesDueIn', 'invoicesDueInType', 'receiverEmail', 'attn'],
] as const;

function shownInTripletex(order: WireObject): ShownOrder {
  const lines = listOf(order, 'orderLines');
  const sum = (field: string) => lines.reduce((all, line) => all + ore(line, field), 0);
  const gross = sum('amountIncludingVatCurrency');
  return {
    id: textOf(order, 'id'),
    number: textOf(order, 'number'),
    gross,
    vat: gross - sum('amountExcludingVatCurrency'),
    project: textOf(objectOf(order, 'project'), 'number'),
    customer: textOf(objectOf(order, 'customer'), 'id'),
    reference: textOf(order, 'reference'),
    terms: TRIPLETEX_TERMS.map((field) => textOf(order, field)).join(' '),
    rows: lines.filter(isRecord).map((line) => {
      const article = textOf(objectOf(line, 'product'), 'number');
      const price = ore(line, 'unitPriceIncludingVatCurrency');
      return [article, price, textOf(line, 'description')].join(' ');
    }),
  };
}

function inOrder(numbers: readonly string[]): readonly string[] {
  return numbers.toSorted((a, b) => Number(a) - Number(b));
}
