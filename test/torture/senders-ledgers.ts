import type { Chance } from '../../src/app/demo/chance.ts';
import type { FortnoxSimulator } from '../../src/connectors/fortnox/simulator/simulator.ts';
import { ask as askFortnox } from '../../src/connectors/fortnox/simulator/test-client.ts';
import type { Fault } from '../../src/connectors/tripletex/simulator/faults/fault.ts';
import {
  ask as askTripletex,
  basic,
  type Reply,
} from '../../src/connectors/tripletex/simulator/test-client.ts';
import { isRecord, listOf, objectOf, textOf, type WireObject } from '../../src/lib/json-object.ts';
import { FAULTS } from '../scenarios/lives.ts';
import { sumsIn, TILL_SUMS, together, type Norwegian } from '../scenarios/norway.ts';

/** What a person does with the orders of a quote. Calls go wrong as everybody's do. */
export type QuoteOrders = {
  isFirstInvoiced(): Promise<boolean>;
  invoiceFirst(): Promise<void>;
};

/** Longest that a person waits for an answer. */
const PATIENCE_MS = 400;
const DAYS = 'orderDateFrom=2020-01-01&orderDateTo=2100-01-01';
const INVOICED = 'invoiceDateFrom=2020-01-01&invoiceDateTo=2100-01-01';

/** The dealer's orders in Fortnox. Shops enter none there. */
export class LedgerInFortnox implements QuoteOrders {
  readonly #simulator: FortnoxSimulator;
  readonly #tenantId: number;

  constructor(simulator: FortnoxSimulator, tenantId: number) {
    this.#simulator = simulator;
    this.#tenantId = tenantId;
  }

  async isFirstInvoiced(): Promise<boolean> {
    const answer = await this.#send('orders/1');
    if (answer.status !== 200) throw new Error(`orders answered ${answer.status}`);
    return !['', '0'].includes(textOf(answer.one('Order'), 'InvoiceReference'));
  }

  async invoiceFirst(): Promise<void> {
    await this.#send('orders/1/createinvoice', 'PUT');
  }

  #send(path: string, method = 'GET') {
    const { accessToken: token } = this.#simulator.tenants
      .get(this.#tenantId)
      .grant({ isService: true });
    const url = `${this.#simulator.apiUrl}/3/${path}`;
    return askFortnox(url, { token, method, patienceMs: PATIENCE_MS });
  }
}

/** What the Norwegian company's books come to, in øre, added up by hand. */
const SUMS = together(
  TILL_SUMS,
  // The first invoice: 18 450.00 and 350.00 at 25 %, 2 400.00 at 15 %.
  { '1500': 26_260_00, '2700': -4_700_00, '2701': -360_00 },
  { '3000': -18_450_00, '3020': -350_00, '3030': -2_400_00 },
  // Its second line is taken back: 2 400.00 and 360.00.
  { '1500': -2_760_00, '2701': 360_00, '3030': 2_400_00 },
  // A fifth of 18 450.00 in advance, and the rest of it when the job is done.
  { '1500': 4_612_50, '2700': -922_50, '2900': -3_690_00 },
  { '1500': 18_450_00, '2700': -3_690_00, '2900': 3_690_00, '3000': -18_450_00 },
  // A fifth of the kitchen's 212 500.00, invoiced by a person.
  { '1500': 42_500_00, '2700': -8_500_00, '3000': -34_000_00 },
);

/** The kitchen's orders in the end: 212 500.00, and 1 200.50 more for fitting it. */
const KITCHEN_ORE = 213_700_50;

/** The Norwegian company's Tripletex. */
export class LedgerInTripletex implements QuoteOrders {
  readonly #of: Norwegian;

  constructor(norwegian: Norwegian) {
    this.#of = norwegian;
  }

  async isFirstInvoiced(): Promise<boolean> {
    const invoices = await this.#list(`invoice?${INVOICED}&fields=amount`);
    return invoices.some((one) => textOf(one, 'amount') === '42500');
  }

  async invoiceFirst(): Promise<void> {
    const orders = await this.#list(`order?${DAYS}&fields=id,${LINES}`);
    const first = orders.find((order) => grossOf(order) === 42_500_00);
    if (first === undefined) return;
    const asked = `invoiceDate=${this.#day()}&sendToCustomer=false`;
    await this.#send(`order/${textOf(first, 'id')}/:invoice?${asked}`, 'PUT');
  }

  planFaults(chance: Chance, lateMs: () => number): void {
    const { faults } = this.#of.simulator;
    const all: readonly Fault[] = [...FAULTS, { kind: 'delay-answer', ms: lateMs() }];
    for (const fault of all) {
      const times = 1 + Math.floor(chance() * 3);
      faults.add({ fault, path: '/v2/*', chance: 0.04, times });
    }
    const lag: Fault = { kind: 'lag', ms: lateMs() };
    faults.add({ fault: lag, method: 'GET', chance: 0.2, times: 'always' });
  }

  fallen(): readonly (readonly [what: string, times: number])[] {
    return this.#of.simulator.faults
      .list()
      .map(({ rule, fallen }) => [`tripletex ${rule.fault.kind}`, fallen] as const);
  }

  async read(): Promise<{
    readonly vouchers: readonly string[];
    readonly objects: readonly string[];
    readonly keys: readonly string[];
  }> {
    const { books, simulator } = this.#of;
    simulator.faults.clear();
    const { vouchers } = books.ledger();
    return {
      vouchers: vouchers.map(voucherText).sort(),
      objects: await this.#objects(),
      keys: vouchers.flatMap(({ externalVoucherNumber: key }) => (key === '' ? [] : [key])),
    };
  }

  /** What differs from what was added up by hand, and what went out that nobody has asked for. */
  problems(): readonly string[] {
    const { books } = this.#of;
    const sums = sumsIn(books);
    const accounts = [...new Set([...Object.keys(SUMS), ...Object.keys(sums)])];
    return [
      ...accounts.flatMap((account) => {
        const [is, should] = [sums[account] ?? 0, SUMS[account] ?? 0];
        return is === should ? [] : [`tripletex ${account} is ${is}, and should be ${should}`];
      }),
      ...books.outbox().map(({ invoiceNumber }) => `tripletex has sent invoice ${invoiceNumber}`),
    ];
  }

  stop(): Promise<void> {
    return this.#of.simulator.stop();
  }

  async #objects(): Promise<readonly string[]> {
    const orders = await this.#list(`order?${DAYS}&fields=isClosed,project(number),${LINES}`);
    const quoted = orders.filter(
      (order) => textOf(objectOf(order, 'project'), 'number') === '24017',
    );
    const ore = quoted.reduce((sum, order) => sum + grossOf(order), 0);
    const lines = orders.map((order) => {
      const rows = listOf(order, 'orderLines').filter(isRecord).map(lineText);
      const project = textOf(objectOf(order, 'project'), 'number');
      return ['order', project, textOf(order, 'isClosed'), ...rows].join(' | ');
    });
    if (ore !== KITCHEN_ORE) lines.push(`the orders of the kitchen come to ${ore}`);
    for (const [path, fields] of OBJECTS) {
      const listed = await this.#list(`${path}${path.includes('?') ? '&' : '?'}fields=${fields}`);
      const [kind] = path.split('?');
      for (const one of listed) {
        lines.push([kind, ...fields.split(',').map((field) => textOf(one, field))].join(' '));
      }
    }
    return lines.sort();
  }

  async #list(path: string): Promise<readonly WireObject[]> {
    const { status, values } = await this.#send(path);
    if (status !== 200) throw new Error(`${path} answered ${status}`);
    return values;
  }

  #send(path: string, method = 'GET'): Promise<Reply> {
    const { simulator, books } = this.#of;
    const headers = basic(books.session());
    const url = `${simulator.apiUrl}/${path}`;
    return askTripletex(url, { method, headers, patienceMs: PATIENCE_MS });
  }

  #day(): string {
    return this.#of.simulator.clock.today();
  }
}

const LINES = 'orderLines(count,description,amountIncludingVatCurrency,product(number))';

/** What there is beside orders and vouchers; numbers of invoices follow the order of arrival. */
const OBJECTS = [
  ['customer', 'name,email'],
  ['project', 'number,name'],
  ['product', 'number,name'],
  ['department', 'departmentNumber'],
  [`invoice?${INVOICED}`, 'amount,amountOutstanding,isCreditNote'],
] as const;

function grossOf(order: WireObject): number {
  const lines = listOf(order, 'orderLines').filter(isRecord);
  return lines.reduce(
    (sum, line) => sum + Math.round(Number(textOf(line, 'amountIncludingVatCurrency')) * 100),
    0,
  );
}

function lineText(line: WireObject): string {
  const article = textOf(objectOf(line, 'product'), 'number');
  const amount = textOf(line, 'amountIncludingVatCurrency');
  return [article, amount, textOf(line, 'description')].join(' ');
}

type Voucher = ReturnType<Norwegian['books']['ledger']>['vouchers'][number];

function voucherText({ date, type, description, postings }: Voucher): string {
  const rows = postings.map(({ account, amount, department, project }) =>
    [account, amount, department, project].join(' '),
  );
  return ['tripletex', date, type, description.replace(/\d+/g, '…'), ...rows].join(' | ');
}
