import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import type { Fields } from '../../src/connectors/woocommerce/simulator/api/fields.ts';
import {
  startWooCommerceSimulator,
  type WooCommerceSimulator,
} from '../../src/connectors/woocommerce/simulator/simulator.ts';
import { ask, type Reply } from '../../src/connectors/fortnox/simulator/test-client.ts';
import { lookAtInvoices } from '../../src/hub/look-at-invoices.ts';
import { tellBooked } from '../../src/hub/tell-shops.ts';
import { command, type Ended } from './command.ts';
import { commandWith, fetchFrom, forgetPlaces } from './fetching.ts';
import {
  addPlayer,
  deliveriesOf,
  ledgerOf,
  startStage,
  statesOf,
  untilQuiet,
  type Player,
  type Stage,
} from './stage.ts';

const PRODUCTS = [{ name: 'Bordslampa', sku: 'LAMPA-1', regularPrice: '199.00' }];
/** Noon in Stockholm: orders of the test are of this day. */
const AT_MS = Date.UTC(2026, 10, 20, 11, 0);

describe('a web shop that is told what has become of its orders', () => {
  let stage: Stage;
  let shop: WooCommerceSimulator;
  let count = 0;
  let player: Player;
  before(async () => {
    stage = await startStage();
  });
  after(() => stage.stop());
  beforeEach(async () => {
    shop = await startWooCommerceSimulator({
      clock: { kind: 'frozen', atMs: AT_MS },
      shop: { products: PRODUCTS },
    });
    count += 1;
    player = await addPlayer(stage, { name: `Lampor ${count} AB` });
  });
  afterEach(async () => {
    await forgetPlaces(stage);
    await shop.stop();
  });

  const connect = async (permissions: 'read' | 'read_write' = 'read_write'): Promise<void> => {
    const { consumerKey, consumerSecret } = shop.shop.newKey(permissions);
    const secret = { CONSUMERKEY: consumerKey, CONSUMERSECRET: consumerSecret };
    const where = ['--set', `url=${shop.url}`, '--set', 'login=header', '--since', '2026-11-20'];
    const company = ['--company', player.company.name];
    const done = await commandWith(stage, secret, 'connect', 'woocommerce', ...company, ...where);
    assert.equal(done.code, 0, done.err);
  };
  const flow = (...argv: readonly string[]): Promise<Ended> =>
    command(stage, 'flow', 'add', ...argv, '--company', player.company.name);
  const setUp = async (...back: readonly string[]): Promise<void> => {
    await connect();
    for (const argv of [
      ['woocommerce', 'fortnox', '--set', 'series=K'],
      ['fortnox', 'woocommerce', ...back],
    ]) {
      const added = await flow(...argv);
      assert.equal(added.code, 0, added.err);
    }
  };
  const buy = (quantity = 1): number =>
    shop.shop.buy({ lines: [{ sku: 'LAMPA-1', quantity }], payment: 'swish' });
  /** Everything that the hub does by itself, once. @returns how many files were new */
  const round = async (): Promise<number> => {
    const end = await fetchFrom(stage.hub, 'woocommerce');
    await untilQuiet(player);
    await tellBooked(stage.hub);
    await untilQuiet(player);
    return end.kind === 'looked' ? end.taken : -1;
  };
  /** Calls that write, as the shop counted them; the look whether our keys may is one of them. */
  const writes = (): readonly string[] =>
    [...shop.counts.routes]
      .flatMap(([route, times]) => (route.startsWith('GET ') ? [] : [`${route} ${times}`]))
      .sort();
  const notesOf = async (id: number): Promise<readonly string[]> => {
    const { consumerKey, consumerSecret } = shop.shop.newKey('read');
    const pair = Buffer.from(`${consumerKey}:${consumerSecret}`).toString('base64');
    const headers = { authorization: `Basic ${pair}` };
    const reply = await ask(`${shop.url}/wp-json/wc/v3/orders/${id}/notes?type=internal`, {
      headers,
    });
    const notes = JSON.parse(reply.text) as readonly { readonly note: string }[];
    return notes.map(({ note }) => note).filter((note) => note.includes('[bb'));
  };
  const metaOf = (id: number): Readonly<Record<string, unknown>> => {
    const metas = shop.shop.order(id)['meta_data'] as readonly { key: string; value: unknown }[];
    const ours = metas.filter(({ key }) => key.startsWith('_bokbro'));
    return Object.fromEntries(ours.map(({ key, value }) => [key, value]));
  };

  it('has a note at the order, one for each, and is not looked at as changed by it', async () => {
    await setUp();
    const [first, second] = [buy(), buy(2)];
    await round();
    assert.deepEqual(await statesOf(player), ['done', 'done', 'done', 'done']);
    const [label = ''] = /^K \d+/.exec(ledgerOf(player)[0]?.[0] ?? '') ?? [];
    const notes = await notesOf(first);
    assert.equal(notes.length, 1);
    assert.match(notes[0] ?? '', new RegExp(`^Bokförd i Fortnox: ${label}\\. \\[bb[0-9a-f]{24}-`));
    assert.equal((await notesOf(second)).length, 1);
    assert.deepEqual(writes(), ['POST /orders/{order}/notes 2', 'PUT /orders/{id} 1']);
    // A note dates no order anew: nothing comes back, and nothing more is told.
    assert.equal(await round(), 0);
    assert.deepEqual(writes(), ['POST /orders/{order}/notes 2', 'PUT /orders/{id} 1']);
  });

  it('has it in fields and goes on to another state; what comes back of that books nothing', async () => {
    await setUp('--set', 'news=metadata', '--set', 'newsStatus={"booked":"completed"}');
    const id = buy();
    await round();
    const [label = ''] = /^K \d+/.exec(ledgerOf(player)[0]?.[0] ?? '') ?? [];
    assert.deepEqual(metaOf(id), { _bokbro_booked: label });
    assert.equal(shop.shop.order(id)['status'], 'completed');
    assert.deepEqual(writes(), ['PUT /orders/{id} 2']);
    // The echo is fetched once, is known to be booked already, and is told to nobody.
    const fetched = [await round(), await round(), await round()];
    assert.deepEqual(fetched.slice(1), [0, 0]);
    assert.deepEqual(writes(), ['PUT /orders/{id} 2']);
    assert.equal(ledgerOf(player).length, 1);
    assert.deepEqual(await statesOf(player), ['done', 'done', 'skipped order-unchanged']);
    const settled = shop.counts.calls;
    await round();
    assert.equal(shop.counts.calls - settled, 1, 'the look itself, and nothing else');
  });

  it('is told once when the answer is lost', async () => {
    await setUp('--set', 'news=both');
    shop.faults.add({ fault: { kind: 'lose-answer' }, method: 'POST', path: '*/notes' });
    shop.faults.add({ fault: { kind: 'lose-answer' }, method: 'PUT' });
    const id = buy();
    await round();
    assert.equal((await notesOf(id)).length, 1);
    assert.equal(Object.keys(metaOf(id)).length, 1);
    assert.deepEqual(writes(), ['POST /orders/{order}/notes 1', 'PUT /orders/{id} 2']);
    assert.deepEqual(await statesOf(player), ['done', 'done']);
  });

  it('is told of a refund at its order', async () => {
    await setUp();
    const id = buy();
    await round();
    shop.shop.refund({ orderId: id, amount: shop.shop.leftToRefund(id), reason: 'Trasig' });
    await round();
    const notes = await notesOf(id);
    assert.equal(notes.length, 2, notes.join());
    assert.match(notes[0] ?? '', /^Återbetalningen är bokförd i Fortnox: K \d+\. \[bb/);
  });

  it('with keys that may only read is told nothing, and that is said', async () => {
    await connect('read');
    assert.equal((await flow('woocommerce', 'fortnox', '--set', 'series=K')).code, 0);
    const refused = await flow('fortnox', 'woocommerce');
    assert.notEqual(refused.code, 0);
    assert.match(refused.err, /lets the keys read only: .*\n?.*nothing is told to woocommerce/);
    const before = writes();
    buy();
    await round();
    assert.deepEqual(await statesOf(player), ['done']);
    assert.deepEqual(writes(), before);
  });

  it('whose keys lose the right to write goes on giving orders', async () => {
    await setUp();
    const { id: keyId, consumerKey, consumerSecret } = shop.shop.newKey('read');
    assert.ok(keyId > 0);
    const secret = { CONSUMERKEY: consumerKey, CONSUMERSECRET: consumerSecret };
    const company = ['--company', player.company.name];
    await commandWith(stage, secret, 'connect', 'woocommerce', ...company);
    const id = buy();
    await fetchFrom(stage.hub, 'woocommerce');
    await untilQuiet(player);
    await tellBooked(stage.hub);
    const doctor = async (): Promise<string> => (await command(stage, 'doctor', ...company)).out;
    for (let i = 0; i < 100 && !/lets the keys read only/.test(await doctor()); i += 1) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    assert.match(await doctor(), /lets the keys read only/);
    assert.equal((await fetchFrom(stage.hub, 'woocommerce')).kind, 'looked');
    assert.equal(ledgerOf(player).length, 1);
    // With keys that may, what waited is told.
    await connect();
    await untilQuiet(player);
    assert.equal((await notesOf(id)).length, 1);
  });

  it('is told when an invoice is paid, in one call for all of them', async () => {
    await setUp('--set', 'news=both', '--set', 'newsStatus={"paid":"completed"}');
    const orders = [buy(), buy(), buy()];
    await round();
    const token = stage.simulator.tenants
      .get(player.tenantId)
      .grant({ isService: true }).accessToken;
    const post = (path: string, body: Fields, method = 'POST'): Promise<Reply> =>
      ask(`${stage.simulator.apiUrl}${path}`, { method, token, body: JSON.stringify(body) });
    const customer = await post('/3/customers', { Customer: { Name: 'Anna Ek' } });
    const CustomerNumber = String(customer.one('Customer')['CustomerNumber']);
    const keys = await stage.hub.database.db
      .selectFrom('delivery')
      .innerJoin('document', 'document.id', 'delivery.document_id')
      .select(['delivery.key', 'document.body'])
      .where('document.company_id', '=', player.company.id)
      .where('document.kind', '=', 'order')
      .orderBy('delivery.id')
      .execute();
    const numbers: string[] = [];
    for (const { key } of keys) {
      const made = await post('/3/invoices', {
        Invoice: {
          CustomerNumber,
          InvoiceDate: '2026-11-20',
          ExternalInvoiceReference1: `${key}-invoice-1-in`,
          InvoiceRows: [
            {
              Description: 'Bordslampa',
              DeliveredQuantity: 1,
              Price: 100,
              VAT: 25,
              AccountNumber: 3001,
            },
          ],
        },
      });
      const number = String(made.one('Invoice')['DocumentNumber']);
      numbers.push(number);
      assert.equal((await post(`/3/invoices/${number}/bookkeep`, {}, 'PUT')).status, 200);
    }
    const pay = async (number: string | undefined, amount: number): Promise<void> => {
      const InvoicePayment = {
        InvoiceNumber: Number(number),
        Amount: amount,
        PaymentDate: '2026-11-21',
      };
      const made = await post('/3/invoicepayments', { InvoicePayment });
      assert.equal(made.status, 201, made.text);
      const paid = String(made.one('InvoicePayment')['Number']);
      const booked = await post(`/3/invoicepayments/${paid}/bookkeep`, {}, 'PUT');
      assert.equal(booked.status, 200, booked.text);
    };
    await pay(numbers[0], 125);
    await pay(numbers[1], 25);
    const reads = (): number => stage.simulator.tenants.get(player.tenantId).tally().calls;
    const before = reads();
    await lookAtInvoices(stage.hub, { everyMs: 0 });
    assert.equal(reads() - before, 1);
    await tellBooked(stage.hub);
    await untilQuiet(player);
    const facts = orders.map((id) => metaOf(id)['_bokbro_payment']);
    assert.deepEqual(facts, ['paid 2026-11-21', 'partly-paid 100.00', 'open 125.00']);
    const [said = ''] = await notesOf(orders[0] ?? 0);
    assert.match(said, new RegExp(`^Faktura ${numbers[0]} är betald 2026-11-21\\. \\[bb`));
    assert.equal((await notesOf(orders[2] ?? 0)).length, 1, 'that nothing is paid yet is no news');
    assert.equal(shop.shop.order(orders[0] ?? 0)['status'], 'completed');
    assert.equal(shop.shop.order(orders[1] ?? 0)['status'], 'processing');
    // Looked at again, nothing is told again.
    const told = (await deliveriesOf(player)).length;
    await lookAtInvoices(stage.hub, { everyMs: 0 });
    await tellBooked(stage.hub);
    await untilQuiet(player);
    assert.equal((await deliveriesOf(player)).length, told);
  });

  it('is told of the invoice that took the place of one, and not of both by turns', async () => {
    await connect();
    const becomes = ['invoicing.as=booked-invoice', 'invoicing.revised=credit', 'attachFile=false'];
    const set = becomes.flatMap((one) => ['--set', one]);
    assert.equal((await flow('woocommerce', 'fortnox', ...set)).code, 0);
    assert.equal((await flow('fortnox', 'woocommerce', '--set', 'news=metadata')).code, 0);
    const id = buy(2);
    await round();
    const [line] = shop.shop.order(id)['line_items'] as readonly { readonly id: number }[];
    const one = { id: line?.id ?? 0, quantity: 1, subtotal: '159.20', total: '159.20' };
    shop.shop.editOrder({ id, fields: { line_items: [one] } });
    await round();
    const look = async (): Promise<void> => {
      await lookAtInvoices(stage.hub, { everyMs: 0 });
      await tellBooked(stage.hub);
      await untilQuiet(player);
    };
    await look();
    assert.equal(metaOf(id)['_bokbro_booked'], 'B 2, B 3');
    assert.match(String(metaOf(id)['_bokbro_payment']), /^paid \d{4}-\d\d-\d\d$/);
    const told = (await deliveriesOf(player)).length;
    await look();
    await look();
    assert.equal((await deliveriesOf(player)).length, told);
  });
});
