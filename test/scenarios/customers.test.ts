import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Notice } from '../../src/domain/refusal.ts';
import { balancesOf } from '../../src/hub/customer-balances.ts';
import { addPlayer, deliveriesOf, ledgerOf, startStage, statesOf, take } from './stage.ts';
import { untilQuiet, type Player, type Stage } from './stage.ts';

const FIXTURES = join(import.meta.dirname, '../../src/connectors/minbutik/fixtures');
const CUSTOMERS = readFileSync(join(FIXTURES, 'kreditkunder-1234.csv'), 'utf8');
const CREDIT = readFileSync(join(FIXTURES, 'kreditkop-1234-2026-05.csv'), 'utf8');
const HEAD = 'customer_no;name;street;postcode;city;email;terms;invoice_mode\n';

describe('customers of the till', () => {
  let stage: Stage;
  before(async () => {
    stage = await startStage();
  });
  after(() => stage.stop());

  /** A customer's card as the ledger has it. */
  async function cardOf(player: Player, number: string): Promise<Record<string, unknown>> {
    const tenant = stage.simulator.tenants.get(player.tenantId);
    const { status, body } = await askAs(player, 'GET', `/3/customers/${number}`);
    assert.equal(status, 200, String(tenant.id));
    return (body as { Customer: Record<string, unknown> }).Customer;
  }

  /** Asks the ledger as a person would, in its own web pages. */
  async function askAs(player: Player, method: string, path: string, sent?: unknown) {
    const tenant = stage.simulator.tenants.get(player.tenantId);
    const { accessToken } = tenant.grant({ isService: true });
    const response = await fetch(`${stage.simulator.apiUrl}${path}`, {
      method,
      headers: { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' },
      ...(sent === undefined ? {} : { body: JSON.stringify(sent) }),
    });
    return { status: response.status, body: await response.json() };
  }

  async function noticesOf(player: Player): Promise<readonly Notice[]> {
    return (await deliveriesOf(player)).flatMap(({ notices }) => notices);
  }

  it('are made in the ledger with all that the file says, once', async () => {
    const player = await addPlayer(stage, { name: 'Kundkort AB', stores: ['1234'] });
    await take(player, { name: 'kunder.csv', content: CUSTOMERS });
    await take(player, { name: 'kunder-igen.csv', content: `${CUSTOMERS}\n` });
    await untilQuiet(player);
    assert.deepEqual(await statesOf(player), ['done', 'done', 'done', 'done']);
    assert.deepEqual(ledgerOf(player), []);

    const card = await cardOf(player, '10017');
    const told = ['Name', 'OrganisationNumber', 'Address1', 'ZipCode', 'City', 'CountryCode'];
    assert.deepEqual(
      [...told, 'Email', 'GLN', 'TermsOfPayment', 'Type'].map((field) => card[field]),
      [
        ...['Exempelkommun Skola', '212999-0012', 'Skolgatan 1', '12345', 'Exempelby', 'SE'],
        ...['skolan@exempelkommun.example', '7350000000016', '30', 'COMPANY'],
      ],
    );
    // Terms that the ledger does not have are left out, and told.
    assert.equal((await cardOf(player, '10051'))['TermsOfPayment'], '');
    assert.deepEqual(await noticesOf(player), [
      { code: 'terms-unknown', customer: '10051', terms: '45' },
    ]);
  });

  it('follow the till, but for what somebody has changed in the ledger', async () => {
    const player = await addPlayer(stage, { name: 'Flyttat AB', stores: ['1234'] });
    const first = '1;Bageriet AB;Storgatan 1;11111;Byn;a@bageriet.example;;';
    await take(player, { name: 'a.csv', content: `${HEAD}${first}\n` });
    await untilQuiet(player);
    await askAs(player, 'PUT', '/3/customers/1', { Customer: { Email: 'ny@bageriet.example' } });

    const moved = '1;Bageriet i Byn AB;Nygatan 2;22222;Byn;b@bageriet.example;30;';
    await take(player, { name: 'b.csv', content: `${HEAD}${moved}\n` });
    await untilQuiet(player);
    assert.deepEqual(await statesOf(player), ['done', 'done']);
    const card = await cardOf(player, '1');
    assert.deepEqual(
      ['Name', 'Address1', 'ZipCode', 'Email', 'TermsOfPayment'].map((field) => card[field]),
      ['Bageriet i Byn AB', 'Nygatan 2', '22222', 'ny@bageriet.example', '30'],
    );
    assert.deepEqual(await noticesOf(player), [
      { code: 'customer-field-kept', customer: '1', fields: ['email'] },
    ]);

    // Back again: it is a change like any other, though the same has come before.
    await take(player, { name: 'c.csv', content: `${HEAD}${first}\n\n` });
    await untilQuiet(player);
    assert.equal((await cardOf(player, '1'))['Address1'], 'Storgatan 1');
  });

  it('that stand in the ledger already are filled in and not overwritten', async () => {
    const player = await addPlayer(stage, { name: 'Fanns AB', stores: ['1234'] });
    const Customer = { CustomerNumber: '7', Name: 'Kaféet', City: 'Staden' };
    await askAs(player, 'POST', '/3/customers', { Customer });
    const row = '7;Caféet AB;Gatan 3;33333;Byn;kafe@kafe.example;;';
    await take(player, { name: 'a.csv', content: `${HEAD}${row}\n` });
    await untilQuiet(player);
    const card = await cardOf(player, '7');
    assert.deepEqual(
      ['Name', 'Address1', 'City', 'Email'].map((field) => card[field]),
      ['Kaféet', null, 'Staden', 'kafe@kafe.example'],
    );
    assert.deepEqual(await noticesOf(player), [
      { code: 'customer-field-kept', customer: '7', fields: ['name', 'address'] },
    ]);
  });

  it('are invoiced as often as their card says, and get their limit back', async () => {
    const player = await addPlayer(stage, { name: 'Oftare AB', stores: ['1234'] });
    await take(player, { name: 'kunder.csv', content: CUSTOMERS });
    await take(player, { name: 'kop.csv', content: CREDIT });
    await untilQuiet(player);
    const refs = (await deliveriesOf(player))
      .filter(({ document }) => document.kind === 'credit-purchases')
      .map(({ document, state }) => `${document.ref.id} ${state}`);
    // 10044 by reference: 2 500.00 for a lorry and 2 530.00 for coffee; 10017 by month.
    assert.deepEqual(refs.sort(), [
      'credit:2026-05:10017 done',
      'credit:2026-05:10044:Bil 12 done',
      'credit:2026-05:10044:Fika done',
    ]);
    const { company, flow } = player;
    const { file } = await balancesOf(stage.hub, { company, flow });
    const lines = Buffer.from(file.bytes).toString('utf8').trimEnd().split('\r\n').slice(1);
    assert.deepEqual(
      lines.map((line) => {
        const cells = line.replaceAll(/"[^"]*"/g, 'x').split(';');
        // What is overdue depends on the day.
        return [2, 3, 4, 6, 7].map((at) => cells[at]).join(' ');
      }),
      [
        '10017 Exempelkommun Skola 1185,00 50000,00 N',
        '10044 Åkeriet Öst AB 5030,00 20000,00 N',
        '10051 Lilla Caféet HB 0,00 10000,00 N',
        '10060 x 0,00 15000,00 N',
      ],
    );
  });

  it('who are invoiced otherwise from now on are not invoiced twice for what they were', async () => {
    const player = await addPlayer(stage, { name: 'Bytt AB', stores: ['1234'] });
    await take(player, { name: 'kop.csv', content: CREDIT });
    await untilQuiet(player);
    await take(player, { name: 'kunder.csv', content: CUSTOMERS });
    await take(player, { name: 'kop-igen.csv', content: `${CREDIT}\n` });
    await untilQuiet(player);
    const twice = (await deliveriesOf(player))
      .flatMap(({ refusals }) => refusals)
      .map((one) => (one.code === 'receipt-twice' ? `${one.receipt} ${one.other}` : one.code));
    assert.deepEqual(twice.toSorted(), [
      '2-51900 minbutik/1234/credit:2026-05:10044',
      '2-51907 minbutik/1234/credit:2026-05:10044',
    ]);
    assert.equal(ledgerOf(player).length, 2);
  });
});
