import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { day } from '../../src/domain/date.ts';
import type { WrittenChoices } from '../../src/engine/flow-choices.ts';
import { reconcileFlow } from '../../src/hub/reconcile-flow.ts';
import { kr } from '../../src/testing/day-reports.ts';
import { command } from './command.ts';
import {
  addPlayer,
  anotherSource,
  deliveriesOf,
  ledgerOf,
  settle,
  startStage,
  statesOf,
  take,
  untilQuiet,
  type Player,
  type Stage,
} from './stage.ts';

const ORDER = JSON.parse(
  readFileSync(
    join(
      import.meta.dirname,
      '../../src/connectors/woocommerce/fixtures/order-excl-mixed-vat.json',
    ),
    'utf8',
  ),
) as { readonly order: object };

/** The recorded order, 725.62, paid by Stripe on 5 May 2026. */
function order(id: string, method = 'stripe'): string {
  const day = '2026-05-05T10:00:00';
  const paid = { payment_method: method, payment_method_title: method, transaction_id: `ch_${id}` };
  const days = { date_created: day, date_paid: day, date_created_gmt: day, date_paid_gmt: day };
  const change = { ...paid, ...days, status: 'completed' };
  return JSON.stringify({ order: { ...ORDER.order, id: Number(id), number: id, ...change } });
}

const CAMT = join(import.meta.dirname, '../../src/connectors/camt053/fixtures');

/** The bank's statement of the payments that its notification has told. */
const STATEMENT = `<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt>
<Stmt><Id>1</Id><Acct><Id><IBAN>SE4550000000058398257466</IBAN></Id><Ccy>SEK</Ccy></Acct>
${['1351.24 B506-SWISH', '725.62 B506-77']
  .map((one) => one.split(' '))
  .map(
    ([amount, reference]) =>
      `<Ntry><Amt Ccy="SEK">${amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>` +
      `<BookgDt><Dt>2026-05-06</Dt></BookgDt><AcctSvcrRef>${reference}</AcctSvcrRef></Ntry>`,
  )
  .join('')}</Stmt></BkToCstmrStmt></Document>`;

const HEAD =
  'balance_transaction_id,automatic_payout_id,automatic_payout_effective_at,created,currency,' +
  'gross,fee,net,reporting_category,charge_id,note\n';

/** A row of a payout of 8 May. */
function row(payout: string, charge: string, [gross, fee, net]: readonly string[]): string {
  const days = '2026-05-08,2026-05-05';
  return `txn_${charge},${payout},${days},sek,${gross},${fee},${net},charge,${charge},\n`;
}

const ACCOUNTS = {
  'payment/stripe': '1581',
  payout: '1680',
  'statement/SE4550000000058398257466': '1930',
};

const MAY = { from: day('2026-05-01'), to: day('2026-05-31') };

/** One company, as each of its sources hands its files over. */
type Books = { readonly shop: Player; readonly provider: Player; readonly bank: Player };

let stage: Stage;
before(async () => {
  stage = await startStage();
});
after(() => stage.stop());

async function books(name: string, choices: WrittenChoices = {}): Promise<Books> {
  const own = { accounts: ACCOUNTS, ...choices };
  const accounts = [{ number: 1581, name: 'Stripe' }];
  const player = await addPlayer(stage, { name, choices: own, accounts });
  return {
    shop: await anotherSource(player, 'woocommerce', { choices: own }),
    provider: await anotherSource(player, 'payouts', { choices: own }),
    bank: await anotherSource(player, 'camt053', { choices: own }),
  };
}

async function takeAll(player: Player, ...contents: readonly string[]): Promise<void> {
  for (const [at, content] of contents.entries()) await take(player, { name: `${at}`, content });
  await untilQuiet(player);
}

function balanceOf(player: Player, account: string): string {
  const rows = ledgerOf(player).flatMap((voucher) => voucher.slice(1));
  const ore = rows
    .filter((one) => one.startsWith(`${account} `))
    .reduce((sum, one) => sum + Math.round(Number(one.split(' ')[1]) * 100), 0);
  return (ore / 100).toFixed(2);
}

/** The provider's flow in May, held against the ledger. */
function reconciled({ company, flow }: Player) {
  return reconcileFlow(stage.hub, { company, flow, period: MAY });
}

describe('a payout', () => {
  it('of the bank, as its notification tells payments, is cleared by its statement', async () => {
    const accounts = { ...ACCOUNTS, 'payment/swish': '1580', 'payment/bacs': '1581' };
    const { shop, bank } = await books('Avisering AB', { accounts });
    const notified = readFileSync(join(CAMT, 'insattningar-054-2026-05-06.xml'), 'utf8');
    await takeAll(shop, order('1001', 'swish'), order('1002', 'swish'), order('1003', 'bacs'));
    await takeAll(bank, notified);
    // 725.62 + 725.62 of the orders, and 100.00 that went back of one.
    assert.equal(balanceOf(bank, '1580'), '100.00');
    assert.equal(balanceOf(bank, '1581'), '0.00');
    assert.equal(balanceOf(bank, '1680'), '2076.86');
    const payouts = (await deliveriesOf(bank)).filter(({ document }) => document.kind === 'payout');
    const notices = payouts.flatMap((one) => one.notices.map(({ code }) => code));
    assert.deepEqual(notices, ['payout-orders-unknown']);
    await takeAll(bank, STATEMENT);
    assert.equal(balanceOf(bank, '1680'), '0.00');
    assert.equal(balanceOf(bank, '1930'), '2076.86');
  });

  it('brings the clearing account of its orders to zero', async () => {
    const { shop, provider } = await books('Nollan AB');
    await takeAll(shop, order('1001'), order('1002'));
    assert.equal(balanceOf(shop, '1581'), '1451.24');
    const rows =
      row('po_a', 'ch_1001', ['725.62', '12.68', '712.94']) +
      row('po_a', 'ch_1002', ['725.62', '12.68', '712.94']);
    await takeAll(provider, HEAD + rows);
    assert.deepEqual(await statesOf(provider), ['done', 'done', 'done']);
    assert.deepEqual(ledgerOf(provider).at(-1)?.slice(1), [
      // 712.94 + 712.94; 12.68 + 12.68
      '1680 1425.88 · Utbetalt av Stripe',
      '1581 -1451.24 · Betalningar',
      '6040 25.36 · Avgifter',
    ]);
    assert.equal(balanceOf(shop, '1581'), '0.00');
    const payout = (await deliveriesOf(provider)).find((one) => one.document.kind === 'payout');
    assert.deepEqual(payout?.notices, []);
    const result = await reconciled(provider);
    assert.deepEqual(result.differences, []);
    assert.deepEqual(result.clearing, [
      {
        ...{ account: '1581', methods: ['stripe'], opening: 0n, orders: 145_124n, refunds: 0n },
        ...{ payouts: -145_124n, fees: 2_536n, others: 0n, byHand: 0n, balance: 0n, items: [] },
      },
    ]);
  });

  it('is shown before it is booked, and its account after that', async () => {
    const name = 'Visar AB';
    const { shop, provider } = await books(name);
    await takeAll(shop, order('1001'), order('1002'));
    const file = join(mkdtempSync(join(tmpdir(), 'bokbro-payout-')), 'po.csv');
    const content = HEAD + row('po_a', 'ch_1001', ['725.62', '12.68', '712.94']);
    writeFileSync(file, content);
    const about = ['--company', name];
    const plan = await command(stage, 'plan', file, ...about, '--from', 'payouts');
    assert.match(plan.out, /Utbetalning Stripe po_a/);
    assert.match(plan.out, /1581.*725,62/u);
    assert.doesNotMatch(plan.out, /ingen känd order/u);
    await takeAll(provider, content);
    const period = ['--from', MAY.from, '--to', MAY.to];
    const shown = await command(stage, 'reconcile', ...period, ...about, '--source', 'payouts');
    // 1 451.24 in, 725.62 out; the fee is 12.68.
    assert.match(
      shown.out,
      /1581 +stripe +0,00 +1 451,24 +0,00 +−725,62 +0,00 +0,00 +725,62 +12,68/u,
    );
    assert.match(shown.out, /1581 725,62: order 1002 of 2026-05-05 \(stripe\) is not paid out/u);
    assert.match(shown.out, /order 1002 .* is not paid out after 14 days: ask the provider/u);
    assert.equal(shown.code, 1);
  });

  it('is booked when an order is unknown or paid otherwise, and tells which', async () => {
    const { shop, provider } = await books('Okända AB');
    await takeAll(shop, order('1001'));
    const rows =
      row('po_a', 'ch_1001', ['700.00', '12.00', '688.00']) +
      row('po_a', 'ch_9999', ['100.00', '2.00', '98.00']);
    await takeAll(provider, HEAD + rows);
    const payout = (await deliveriesOf(provider)).find((one) => one.document.kind === 'payout');
    assert.equal(payout?.state, 'done');
    assert.deepEqual(payout.notices, [
      {
        ...{ code: 'payout-orders-unknown', payout: 'Stripe po_a', count: 1, total: kr('100') },
        rows: ['ch_9999'],
      },
      {
        ...{ code: 'order-settled-otherwise', order: '1001', claim: kr('725.62') },
        ...{ paid: kr('700'), difference: kr('25.62') },
      },
    ]);
    // 725.62 − 700.00 − 100.00: what is named is what stands there.
    assert.equal(balanceOf(shop, '1581'), '-74.38');
    const { clearing, differences } = await reconciled(provider);
    assert.deepEqual(
      differences.map(({ kind }) => kind),
      ['payment-late'],
    );
    assert.equal(clearing[0]?.balance, -7_438n);
    assert.deepEqual(
      clearing[0].items.map(({ what, name, minor }) => [what, name, minor]),
      [
        ['payout', 'payouts/stripe/po_a', -10_000n],
        ['paid otherwise', '1001', 2_562n],
      ],
    );
  });

  it('waits when a row of it stands in another payout', async () => {
    const { provider } = await books('Dubbla AB');
    const paid = ['100.00', '2.00', '98.00'];
    await takeAll(provider, HEAD + row('po_a', 'ch_1', paid));
    await takeAll(provider, HEAD + row('po_b', 'ch_1', paid));
    const [, second] = await deliveriesOf(provider);
    assert.deepEqual(second?.refusals, [
      {
        ...{ code: 'payout-row-twice', payout: 'Stripe po_b', row: 'txn_ch_1' },
        ...{ amount: kr('100'), other: 'payouts/stripe/po_a' },
      },
    ]);
    await settle(provider, { kind: 'skip', why: 'told twice' });
    assert.deepEqual(await statesOf(provider), ['done', 'skipped payout-row-twice']);
  });

  it('is seen when it comes again', async () => {
    const { provider } = await books('Igen AB');
    const file = HEAD + row('po_a', 'ch_1', ['100.00', '2.00', '98.00']);
    await takeAll(provider, file, `${file}\n`);
    assert.deepEqual(await statesOf(provider), ['done']);
  });

  it('counts an order of another shop of the company, by its own method', async () => {
    const { shop, provider } = await books('Två butiker AB');
    const { stage: _stage, ...rest } = shop;
    const second = await anotherSource({ ...rest, stage }, 'woocommerce', {
      choices: { accounts: ACCOUNTS },
      settings: { shop: 'annan.example' },
      name: 'andra butiken',
    });
    const other = order('1001').replaceAll('127.0.0.1:8089', 'annan.example');
    await takeAll(second, other);
    const rows = row('po_a', 'ch_1001', ['725.62', '12.68', '712.94']);
    await takeAll(provider, HEAD + rows);
    const payout = (await deliveriesOf(provider)).find((one) => one.document.kind === 'payout');
    assert.deepEqual(payout?.notices, []);
    assert.equal(balanceOf(provider, '1581'), '0.00');
  });
});

describe('a payout on the bank’s statement', () => {
  const statement = (text: string): string =>
    '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.04"><BkToCstmrStmt><Stmt>' +
    '<Id>1</Id><Acct><Id><IBAN>SE4550000000058398257466</IBAN></Id></Acct>' +
    '<Bal><Tp><CdOrPrtry><Cd>OPBD</Cd></CdOrPrtry></Tp><Amt Ccy="SEK">0.00</Amt>' +
    '<CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-05-11</Dt></Dt></Bal>' +
    '<Ntry><Amt Ccy="SEK">98.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts>' +
    `<BookgDt><Dt>2026-05-11</Dt></BookgDt><AddtlNtryInf>${text}</AddtlNtryInf></Ntry>` +
    '</Stmt></BkToCstmrStmt></Document>\n';
  const file = HEAD + row('po_abc', 'ch_1', ['100.00', '2.00', '98.00']);

  it('clears the money on its way, by its reference or its provider', async () => {
    for (const [i, text] of ['INS PO_ABC 4711', 'STRIPE PAYMENTS'].entries()) {
      const { provider, bank } = await books(`På väg ${i} AB`);
      await takeAll(provider, file);
      await takeAll(bank, statement(text));
      assert.deepEqual(await statesOf(bank), ['done', 'done'], text);
      assert.equal(balanceOf(bank, '1680'), '0.00');
      assert.equal(balanceOf(bank, '1930'), '98.00');
    }
  });

  it('is not booked twice where payouts are booked on the bank itself', async () => {
    const accounts = { ...ACCOUNTS, payout: '1930' };
    const { provider, bank } = await books('Direkt AB', { accounts });
    await takeAll(provider, file);
    await takeAll(bank, statement('STRIPE PAYMENTS'));
    assert.deepEqual(await statesOf(bank), ['done', 'done']);
    assert.equal(balanceOf(bank, '1930'), '98.00');
  });

  it('is left to a person when nothing but the amount says so', async () => {
    const { provider, bank } = await books('Gissar inte AB');
    await takeAll(provider, file);
    await takeAll(bank, statement('INSÄTTNING'));
    assert.deepEqual(await statesOf(bank), ['done', 'held entry-not-coded']);
  });
});
