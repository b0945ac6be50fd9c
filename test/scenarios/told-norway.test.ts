import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import {
  startTripletexSimulator,
  type TripletexSimulator,
} from '../../src/connectors/tripletex/simulator/simulator.ts';
import type { CompanyHandle } from '../../src/connectors/tripletex/simulator/server/company-handle.ts';
import { ask, basic } from '../../src/connectors/tripletex/simulator/test-client.ts';
import {
  startWooCommerceSimulator,
  type WooCommerceSimulator,
} from '../../src/connectors/woocommerce/simulator/simulator.ts';
import { lookAtInvoices } from '../../src/hub/look-at-invoices.ts';
import { tellBooked } from '../../src/hub/tell-shops.ts';
import type { WireObject } from '../../src/lib/json-object.ts';
import { countDeliveries } from '../../src/store/deliveries.ts';
import { addCompany, listConnections, type Company } from '../../src/store/registry.ts';
import { openServer, type HubServer } from '../../src/web/server.ts';
import { command, type Ended } from './command.ts';
import { commandWith, fetchFrom, forgetPlaces } from './fetching.ts';
import { startStage, today, until, type Stage } from './stage.ts';

const RANGE = 'invoiceDateFrom=2020-01-01&invoiceDateTo=2040-01-01';
/** So long that only a message can have been the reason to look. */
const NEVER_MS = 30 * 24 * 3_600_000;

describe('a Norwegian web shop whose invoices are paid in Tripletex', () => {
  let on: Stage;
  let stage: Stage;
  let shop: WooCommerceSimulator;
  let simulator: TripletexSimulator;
  let books: CompanyHandle;
  let server: HubServer;
  let company: Company;

  const bokbro = (...argv: readonly string[]): Promise<Ended> =>
    command(stage, ...argv, '--company', company.name);
  const list = async (path: string): Promise<readonly WireObject[]> => {
    const headers = basic(books.session());
    return (await ask(`${simulator.apiUrl}${path}`, { headers })).values;
  };
  const done = async (): Promise<number> =>
    (await countDeliveries(on.hub.database.db, company.id)).done;
  const paymentOf = (id: number): unknown => {
    const metas = shop.shop.order(id)['meta_data'] as readonly { key: string; value: unknown }[];
    return metas.find(({ key }) => key === '_bokbro_payment')?.value;
  };

  before(async () => {
    on = await startStage();
    server = await openServer({ host: '127.0.0.1', port: 0 });
    const hub = { ...on.hub, config: { ...on.hub.config, publicUrl: server.url, port: 1 } };
    server.ready(hub);
    stage = { ...on, hub };
    simulator = await startTripletexSimulator({ rate: null });
    books = simulator.companies.add({ name: 'Lampe AS' });
    books.set({ paymentTypes: { Nettbutikk: 1579 } });
    company = await addCompany(on.hub.database.db, {
      ...{ name: 'Lampe AS', country: 'NO', language: 'nb' },
    });
    shop = await startWooCommerceSimulator({
      shop: {
        products: [{ name: 'Lampe', sku: 'LAMPE-1', regularPrice: '200.00' }],
        options: { woocommerce_currency: 'NOK', woocommerce_default_country: 'NO' },
        taxRates: [{ country: 'NO', rate: '25', name: 'MVA 25%' }],
      },
    });
  });
  after(async () => {
    await forgetPlaces(on);
    await on.stop();
    await shop.stop();
    await simulator.stop();
    await server.close();
  });

  it('has Tripletex tell when an invoice is made or paid, and connects it once', async () => {
    const { consumerToken, employeeToken } = books.credentials;
    const secret = { CONSUMERTOKEN: consumerToken, EMPLOYEETOKEN: employeeToken };
    const where = ['--company', company.name, '--set', `apiUrl=${simulator.apiUrl}`, '--hooks'];
    for (const said of [/invoice\.charged, closeGroup\.create/, /: as before/]) {
      const connected = await commandWith(stage, secret, 'connect', 'tripletex', ...where);
      assert.equal(connected.code, 0, connected.err);
      assert.match(connected.out, said);
    }
    const subscriptions = await list('/event/subscription?fields=event,status,hmacSharedSecret');
    assert.deepEqual(
      subscriptions.map((one) => `${String(one['event'])} ${String(one['status'])}`).sort(),
      ['closeGroup.create ACTIVE', 'invoice.charged ACTIVE'],
    );
  });

  it('is told of a payment soon after, though the look of every five minutes is far away', async () => {
    const key = shop.shop.newKey('read_write');
    const secret = { CONSUMERKEY: key.consumerKey, CONSUMERSECRET: key.consumerSecret };
    const where = ['--set', `url=${shop.url}`, '--set', 'login=header', '--since', today()];
    const named = ['--company', company.name];
    await commandWith(stage, secret, 'connect', 'woocommerce', ...named, ...where);
    const invoicing = ['--set', 'invoicing.as=booked-invoice', '--set', 'attachFile=false'];
    for (const said of [
      await bokbro('flow', 'add', 'woocommerce', 'tripletex', ...invoicing),
      await bokbro('flow', 'add', 'tripletex', 'woocommerce', '--set', 'news=metadata'),
    ]) {
      assert.equal(said.code, 0, said.err);
    }
    const id = shop.shop.buy({
      lines: [{ sku: 'LAMPE-1', quantity: 1 }],
      ...{ payment: 'cod', billing: { country: 'NO' } },
    });
    await fetchFrom(stage.hub, 'woocommerce');
    await until(async () => (await done()) === 1);
    await tellBooked(stage.hub);
    await until(async () => (await done()) === 2);
    await lookAtInvoices(stage.hub, { everyMs: NEVER_MS });
    const [invoice] = await list(`/invoice?${RANGE}&fields=id,amount,amountOutstanding`);
    assert.ok(invoice !== undefined && Number(invoice['amount']) > 0);
    await lookAtInvoices(stage.hub, { everyMs: NEVER_MS });
    assert.doesNotMatch(String(paymentOf(id)), /^paid/);
    const [type] = await list('/invoice/paymentType?fields=id');
    const about = `paymentDate=${today()}&paymentTypeId=${String(type?.['id'])}`;
    const path = `/invoice/${String(invoice['id'])}/:payment?${about}`;
    const url = `${simulator.apiUrl}${path}&paidAmount=${String(invoice['amount'])}`;
    await ask(url, { method: 'PUT', headers: basic(books.session()) });
    await until(async () => {
      await lookAtInvoices(stage.hub, { everyMs: NEVER_MS });
      await tellBooked(stage.hub);
      return paymentOf(id) === `paid ${today()}`;
    });
  });

  it('does not believe what is not signed by Tripletex', async () => {
    const { db } = on.hub.database;
    const connections = await listConnections(db, company.id);
    const tripletex = connections.find(({ connector }) => connector === 'tripletex')?.id ?? '';
    const forged = async (): Promise<number> => {
      const row = await db
        .selectFrom('hook')
        .select('forged')
        .where('connection_id', '=', tripletex)
        .executeTakeFirst();
      return Number(row?.forged);
    };
    assert.equal(await forged(), 0);
    const [one] = await list('/event/subscription?fields=targetUrl');
    const body = '{"event":"closeGroup.create","id":1}';
    const answer = await fetch(String(one?.['targetUrl']), { method: 'POST', body });
    assert.equal(answer.status, 401);
    assert.equal(await forged(), 1);
  });

  it('has nothing more sent to it once that is taken back', async () => {
    const where = ['--company', company.name, '--set', `apiUrl=${simulator.apiUrl}`, '--no-hooks'];
    const { consumerToken, employeeToken } = books.credentials;
    const secret = { CONSUMERTOKEN: consumerToken, EMPLOYEETOKEN: employeeToken };
    const said = await commandWith(stage, secret, 'connect', 'tripletex', ...where);
    assert.match(said.out, /2 kinds were taken back/);
    assert.deepEqual(await list('/event/subscription?fields=event'), []);
  });
});
