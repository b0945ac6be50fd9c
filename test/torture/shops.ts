import type { Chance } from '../../src/app/demo/chance.ts';
import { addRigSource, type Rig, type RigCompany } from '../../src/app/demo/rig.ts';
import {
  startQuickbutikSimulator,
  type QuickbutikSimulator,
} from '../../src/connectors/quickbutik/simulator/simulator.ts';
import type { ShopHandle as QuickShop } from '../../src/connectors/quickbutik/simulator/shop/shop-handle.ts';
import {
  startWooCommerceSimulator,
  type WooCommerceSimulator,
} from '../../src/connectors/woocommerce/simulator/simulator.ts';
import { addSecrets } from '../../src/hub/consent.ts';
import { keepFeed } from '../../src/hub/fetch/keep-feed.ts';
import { setUpHooks } from '../../src/hub/hooks/keep-hooks.ts';
import { present } from '../../src/lib/assert.ts';

/** What goes wrong in shops, or between them and the hub, by name. */
type Fallen = readonly (readonly [what: string, times: number])[];

const SINCE = '2026-10-01';
const NOON_MS = Date.parse(`${SINCE}T10:00:00Z`);
const DAY_MS = 24 * 3_600_000;
const MOMENT_MS = 1_000;
/** Vouchers of shops have a series of their own; a page of orders is attached to none of them. */
const SERIES = 'W';
const CHOICES = { series: SERIES, attachFile: false };
const ORDERS = 4;
const CUSTOMERS = [
  { first_name: 'Märta', last_name: 'Öberg', email: 'marta@example.test' },
  { first_name: 'Nils', last_name: 'Åkesson', email: 'nils@example.test' },
] as const;

/**
 * Two web shops of the company in their month. One is WooCommerce: its orders become invoices, paid
 * at once or when they are sent, and it tells what has changed. The other is Quickbutik: its orders
 * become vouchers, and it is asked.
 *
 * Each act is one moment of both: nothing is looked at in the middle of it.
 */
export class ShopStreet {
  readonly #woo: WooCommerceSimulator;
  readonly #quick: QuickbutikSimulator;
  readonly #quickShop: QuickShop;
  readonly #wooOrders: number[] = [];
  readonly #quickOrders: number[] = [];

  private constructor(woo: WooCommerceSimulator, quick: QuickbutikSimulator) {
    this.#woo = woo;
    this.#quick = quick;
    this.#quickShop = present(quick.shops.list()[0], 'the shop');
  }

  static async open(seed: number): Promise<ShopStreet> {
    const clock = { kind: 'frozen', atMs: NOON_MS } as const;
    const woo = await startWooCommerceSimulator({
      ...{ clock, seed },
      shop: {
        products: [
          { name: 'Honung 700 g', sku: 'HONUNG', regularPrice: '129.00' },
          { name: 'Ljus', sku: 'LJUS', regularPrice: '49.90' },
        ],
      },
      // Each is told of twice, the latest first, as it was when it happened.
      choices: { hookCopies: 2, hookOrder: 'reversed', hookBodies: 'as-raised' },
    });
    const quick = await startQuickbutikSimulator({
      // It is asked for what has changed of late, by our own clock.
      ...{ clock: { kind: 'frozen' }, seed },
      // No event tells of an edit or a refund: it is asked for by its time.
      choices: { statusDate: 'any-change' },
      shops: [
        {
          products: [
            { title: 'Kaffe 500 g', sku: 'KAFFE', price: '119.00', taxRate: 6, stock: 1_000 },
            { title: 'Mugg', sku: 'MUGG', price: '149.00', taxRate: 25, stock: 1_000 },
          ],
        },
      ],
    });
    return new ShopStreet(woo, quick);
  }

  /** Connects both to the company's books. */
  async connect(rig: Pick<Rig, 'hub' | 'simulator'>, company: RigCompany): Promise<void> {
    const { hub, simulator } = rig;
    simulator.tenants.get(company.tenantId).set({ series: [{ code: SERIES, isManual: true }] });
    const woo = await addRigSource(rig, company, {
      connector: 'woocommerce',
      settings: { url: this.#woo.url, login: 'header' },
      choices: { ...CHOICES, invoicing: { as: 'booked-invoice', revised: 'credit' } },
    });
    const { consumerKey, consumerSecret } = this.#woo.shop.newKey('read_write');
    await addSecrets(hub, woo.source.id, { consumerKey, consumerSecret });
    const quick = await addRigSource(rig, company, {
      connector: 'quickbutik',
      settings: { apiUrl: this.#quick.apiUrl, states: { 3: 'cancelled' } },
      choices: { ...CHOICES, revisions: 'correct' },
    });
    await addSecrets(hub, quick.source.id, { apiKey: this.#quickShop.apiKey });
    for (const { source } of [woo, quick]) {
      await keepFeed(hub, source.id, { since: SINCE, today: SINCE, everySeconds: 1 });
      const hooks = present(await setUpHooks(hub, source.id), 'an address for messages');
      if (source === quick.source) this.#quickShop.listen(hooks.url);
    }
  }

  /** What happens in the shops while the month is taken in, and twice after that. */
  act(step: number): void {
    [() => this.#open(), () => this.#change(), () => this.#changeAgain()][step]?.();
    void this.#woo.shop.runHooks();
  }

  #open(): void {
    for (let i = 0; i < ORDERS; i += 1) this.#sell(i);
  }

  #sell(i: number): void {
    this.#passTime();
    const lines = [
      { sku: 'HONUNG', quantity: 2 + (i % 2) },
      { sku: 'LJUS', quantity: 1 },
    ];
    const billing = present(CUSTOMERS[i % CUSTOMERS.length], 'a customer');
    const payment = i % 3 === 2 ? 'cod' : 'swish';
    this.#wooOrders.push(this.#woo.shop.buy({ lines, billing, payment }));
    const coffee = { sku: 'KAFFE', qty: 2 };
    const mugs = { sku: 'MUGG', qty: 1 + (i % 2) };
    const basket = i % 2 === 0 ? [coffee, mugs] : [mugs];
    const shipping = { id: '4' };
    this.#quickOrders.push(
      this.#quickShop.buy({ lines: basket, shipping, payment: { method: 'klarna3' } }),
    );
  }

  /** A refund, an edit, a payment and a cancellation in each, and another order. */
  #change(): void {
    const { shop } = this.#woo;
    this.#passTime();
    shop.refund({ orderId: this.#wooOrder(0), amount: '129.00', reason: 'Trasig burk' });
    this.#editWoo(1, 1);
    shop.setStatus({ id: this.#wooOrder(2), status: 'completed' });
    shop.setStatus({ id: this.#wooOrder(3), status: 'cancelled' });
    const quick = this.#quickShop;
    quick.refund(this.#quickOrder(1), { amount: '149.00' });
    quick.edit(this.#quickOrder(2), { addLines: [{ sku: 'MUGG', qty: 1 }] });
    quick.cancel(this.#quickOrder(3));
    this.#sell(ORDERS);
  }

  /** What was changed is changed again; what was cancelled is sold after all. */
  #changeAgain(): void {
    const { shop } = this.#woo;
    this.#passTime();
    this.#editWoo(1, 3);
    shop.setStatus({ id: this.#wooOrder(3), status: 'processing' });
    shop.refund({ orderId: this.#wooOrder(4) });
    const quick = this.#quickShop;
    quick.edit(this.#quickOrder(2), { discount: '10.00' });
    quick.refund(this.#quickOrder(1), { amount: '149.00' });
  }

  /** Another number of jars, at the price that they were sold for without VAT: 103.20. */
  #editWoo(at: number, quantity: number): void {
    const id = this.#wooOrder(at);
    const [line] = this.#woo.shop.order(id)['line_items'] as readonly { readonly id: number }[];
    const total = (quantity * 103.2).toFixed(2);
    const item = { id: present(line, 'a line').id, quantity, subtotal: total, total };
    this.#woo.shop.editOrder({ id, fields: { line_items: [item] } });
  }

  #wooOrder(at: number): number {
    return present(this.#wooOrders[at], 'an order');
  }

  #quickOrder(at: number): number {
    return present(this.#quickOrders[at], 'an order');
  }

  /** A day in one shop, a moment in the other: none of its orders may be of tomorrow. */
  #passTime(): void {
    this.#woo.clock.advance(DAY_MS);
    this.#quick.clock.advance(MOMENT_MS);
  }

  planFaults(chance: Chance, lateMs: () => number): void {
    const times = (): number => 1 + Math.floor(chance() * 3);
    const common = [
      { kind: 'reset' },
      { kind: 'hang', commits: true },
      { kind: 'lose-answer' },
      { kind: 'cut-answer' },
    ] as const;
    const often = 0.06;
    for (const fault of [
      ...common,
      { kind: 'delay-answer', ms: lateMs() },
      { kind: 'page', page: 'maintenance', commits: false },
      { kind: 'page', page: 'critical-error-200', commits: false },
      { kind: 'page', page: 'bad-gateway', commits: false },
      { kind: 'junk-before', junk: 'notice' },
      { kind: 'empty', commits: true },
      { kind: 'cached' },
    ] as const) {
      this.#woo.faults.add({ fault, chance: often, times: times() });
    }
    for (const fault of [
      ...common,
      { kind: 'delay-answer', ms: lateMs() },
      { kind: 'too-many-requests', waitS: 1 },
      { kind: 'server-error', commits: false },
      { kind: 'wrong-body', body: 'html' },
      { kind: 'wrong-body', body: 'error' },
    ] as const) {
      this.#quick.faults.add({ fault, chance: often, times: times() });
    }
  }

  fallen(): Fallen {
    return [...this.#woo.faults.list(), ...this.#quick.faults.list()].map(
      ({ rule, fallen }) => [`shop ${rule.fault.kind}`, fallen] as const,
    );
  }

  async stop(): Promise<void> {
    await Promise.all([this.#woo.stop(), this.#quick.stop()]);
  }
}
