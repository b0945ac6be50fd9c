import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { day } from '../../src/domain/date.ts';
import type { WrittenChoices } from '../../src/engine/flow-choices.ts';
import type { Reconciliation } from '../../src/engine/reconcile.ts';
import { reconcileFlow } from '../../src/hub/reconcile-flow.ts';
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
  until,
  untilQuiet,
  type Player,
  type Stage,
} from './stage.ts';

const CONNECTORS = join(import.meta.dirname, '../../src/connectors');
const read = (path: string): string => readFileSync(join(CONNECTORS, path), 'utf8');

const TILL = read('minbutik/fixtures/dagsrapport-1234-2026-05-02.csv');
const CHAIN = read('minbutik/fixtures/kedjekonto-1234-2026-05.csv');
const PROFILE: unknown = JSON.parse(read('minbutik/fixtures/kedjekonto-profile.json'));
const GOODS = read('peppol/fixtures/chain-goods-invoice-7004512881.xml');
const CREDIT = read('peppol/fixtures/chain-goods-creditnote-7004513002.xml');
const MAY = { from: day('2026-05-01'), to: day('2026-05-31') };

/**
 * The bank's month without its card sales and the invoice it pays, from nothing:
 * 0.00 + 50 000.00 − 25.00 + 1.37 = 49 976.37
 */
const BANK = withoutEntries(read('camt053/fixtures/foretagskonto-2026-05.xml'), ['B520', 'B529'])
  .replace('>10000.00<', '>0.00<')
  .replace('>54851.37<', '>49976.37<');

function withoutEntries(xml: string, references: readonly string[]): string {
  return xml.replaceAll(/ *<Ntry>[\s\S]*?<\/Ntry>\n/g, (entry) =>
    references.some((reference) => entry.includes(`>${reference}`)) ? '' : entry,
  );
}

const ACCOUNTS = {
  'statement/KEDJEKONTO-1234': '1940',
  'statement/SE4550000000058398257466': '1930',
  // The bank books Swish itself, and not as the till does: it is cleared on an account of its own.
  'tender.swish': '1686',
};

/** One company, as each of its sources hands its files over. */
type Books = { readonly till: Player; readonly invoices: Player; readonly bank: Player };

let stage: Stage;
before(async () => {
  stage = await startStage();
});
after(() => stage.stop());

async function books(name: string, choices: WrittenChoices = {}): Promise<Books> {
  const own = { accounts: ACCOUNTS, ...choices };
  const accounts = [{ number: 1686, name: 'Swish' }];
  const till = await addPlayer(stage, { name, choices: own, accounts, profiles: [PROFILE] });
  stage.simulator.tenants.get(till.tenantId).set({
    objects: {
      modesofpayments: [{ Code: 'KEDJA', Description: 'Kedjekonto', AccountNumber: '1940' }],
    },
  });
  const rules = [{ contains: 'kedjekonto', kind: 'transfer' }];
  return {
    till,
    invoices: await anotherSource(till, 'peppol', { choices: own }),
    bank: await anotherSource(till, 'camt053', { choices: own, settings: { entries: rules } }),
  };
}

async function takeAll(player: Player, ...contents: readonly string[]): Promise<void> {
  for (const [at, content] of contents.entries()) await take(player, { name: `${at}`, content });
  await untilQuiet(player);
}

/** What an account has come to: `'5849.81'`. */
function balanceOf(player: Player, account: string): string {
  const rows = ledgerOf(player).flatMap((voucher) => voucher.slice(1));
  const ore = rows
    .filter((row) => row.startsWith(`${account} `))
    .reduce((sum, row) => sum + Number((row.split(' ')[1] ?? '').replace('.', '')), 0);
  return (ore / 100).toFixed(2);
}

function reconciled({ stage: { hub }, company, flow }: Player): Promise<Reconciliation> {
  return reconcileFlow(hub, { company, flow, period: MAY });
}

/** How often each route was called that begins so. */
function callsOf({ tenantId }: Player, start: string): Record<string, number> {
  const { routes } = stage.simulator.tenants.get(tenantId).tally();
  return Object.fromEntries(Object.entries(routes).filter(([route]) => route.includes(start)));
}

describe('a month of a store’s account with its chain, and of its bank', () => {
  it('leaves the ledger where both statements end, and nothing open between', async () => {
    const { till, invoices, bank } = await books('Månad AB');
    await takeAll(till, TILL);
    await takeAll(invoices, GOODS, CREDIT);
    await takeAll(till, CHAIN);
    await takeAll(bank, BANK);
    assert.deepEqual([...new Set(await statesOf(till))], ['done']);

    assert.equal(balanceOf(till, '1940'), '5849.81');
    assert.equal(balanceOf(till, '1930'), '49976.37');
    // On its way, card sales, what suppliers are owed: all of it has come.
    assert.deepEqual(
      ['1680', '1580', '2440'].map((account) => balanceOf(till, account)),
      ['0.00', '0.00', '0.00'],
    );
    // 2 350.00 of bonus cheques is settled; 1 500.00 of the chain's gift cards is not.
    assert.equal(balanceOf(till, '1689'), '1500.00');
    assert.deepEqual(callsOf(till, '/3/supplierinvoicepayments'), {
      'GET /3/supplierinvoicepayments': 2,
      'POST /3/supplierinvoicepayments': 2,
      'PUT /3/supplierinvoicepayments/{Number}/bookkeep': 2,
    });

    const [chain, atBank] = [await reconciled(till), await reconciled(bank)];
    assert.deepEqual(chain.differences, []);
    assert.deepEqual(atBank.differences, []);
    assert.deepEqual(
      chain.statements.map(({ day: on, statement, ledger }) => [on, statement, ledger]),
      [
        ['2026-05-05', 9_231_050n, 9_231_050n],
        ['2026-05-12', 9_466_050n, 9_466_050n],
        ['2026-05-14', 5_599_650n, 5_599_650n],
        ['2026-05-15', 599_650n, 599_650n],
        ['2026-05-29', 584_981n, 584_981n],
      ],
    );
    assert.deepEqual(chain.trialBalance, 0n);
  });

  it('is booked once when exports of overlapping months come', async () => {
    const { till, invoices } = await books('Överlapp AB', { attachFile: true });
    await takeAll(invoices, GOODS, CREDIT);
    await takeAll(till, CHAIN);
    const booked = ledgerOf(till).length;
    const next = 'KEDJEKONTO-1234;2026-06-01;9110;AVGIFT;Avgift;;;−10,00;5 839,81';
    const later = CHAIN.replace('Saldo\n', `Saldo\n${next}\n`).replace(/Summa.*\n/, '');
    await takeAll(till, CHAIN.replace('Exempelhandlarn AB', 'Igen'), later);
    assert.equal(ledgerOf(till).length, booked + 1);
    assert.deepEqual([...new Set(await statesOf(till))], ['done']);
    // Each of the six days has its own rows of the file, at a payment where that is all there is.
    const ties = callsOf(till, 'POST /3/voucherfileconnections');
    assert.deepEqual(ties, { 'POST /3/voucherfileconnections': 6 });
  });

  it('is shown before it is booked, and told by its days', async () => {
    const name = 'Visas AB';
    const { till, invoices } = await books(name);
    await takeAll(invoices, GOODS, CREDIT);
    const file = join(CONNECTORS, 'minbutik/fixtures/kedjekonto-1234-2026-05.csv');
    const plan = await command(stage, 'plan', file, '--company', name, '--from', 'minbutik');
    assert.match(plan.out, /2026-05-14 {2}Betalning leverantörsfaktura 7004512881/);
    assert.match(plan.out, /→ POST \/3\/supplierinvoicepayments/);
    assert.match(plan.out, /5 to be booked, 0 held/);
    await takeAll(till, CHAIN);
    const period = ['--from', MAY.from, '--to', MAY.to];
    const about = ['--company', name, '--source', 'minbutik'];
    const shown = await command(stage, 'reconcile', ...period, ...about);
    assert.match(shown.out, /KEDJEKONTO-1234 +1940 +2026-05-14 +55 996,50 +55 996,50/u);
    assert.equal(shown.code, 0);
  });
});

describe('a bank that is connected by commands', () => {
  it('has its accounts and rules, and says what is wrong with them', async () => {
    const name = 'Kommandon AB';
    await addPlayer(stage, { name });
    const about = ['--company', name];
    const rules = '[{"contains":"kedjekonto","kind":"transfer"}]';
    const connect = ['connect', 'camt053', ...about, '--set'] as const;
    assert.equal((await command(stage, ...connect, `entries=${rules}`)).code, 0);
    const broken = await command(stage, ...connect, 'entries=[{');
    assert.match(broken.err, /entries: a list or an object is given as JSON/);
    const wrong = await command(stage, ...connect, 'entries=[{"contains":"x","kind":"gift"}]');
    assert.match(wrong.err, /cannot be used/);
    const account = ['--account', 'statement/SE4550000000058398257466=1930'];
    const choices = ['--set', 'bookedOnArrival=["KEDJEKONTO-1234"]', ...account];
    const added = await command(stage, 'flow', 'add', 'camt053', 'fortnox', ...choices, ...about);
    assert.equal(added.code, 0, added.err);
    const file = join(CONNECTORS, 'camt053/fixtures/foretagskonto-2026-05.xml');
    const plan = await command(stage, 'plan', file, '--from', 'camt053', ...about);
    assert.match(plan.out, /2026-05-15 {2}Kontoutdrag SE4550000000058398257466 2026-05-15/);
    assert.match(plan.out, /1680 .*50 000,00/u);
    assert.match(plan.out, /har 1 post\(er\) på −99,00 som inte är bokförda/u);
  });
});

describe('a statement that names an invoice which is not booked', () => {
  it('waits for it, says what it names, and is booked by itself when it comes', async () => {
    const { till, invoices } = await books('Sen faktura AB');
    await takeAll(till, CHAIN);
    const states = ['done', 'done', 'held invoice-not-open', 'done', 'done'];
    assert.deepEqual(await statesOf(till), states);
    const held = (await deliveriesOf(till)).find(({ state }) => state === 'held');
    const [refusal] = held?.refusals ?? [];
    assert.deepEqual(refusal?.code === 'invoice-not-open' && refusal.names, [
      '7004512881',
      '7004513002',
    ]);
    const { unbooked, differences } = await reconciled(till);
    assert.deepEqual(
      unbooked.map(({ day: on, id, minor }) => [on, id, minor]),
      [['2026-05-14', '1 9066', -3_866_400n]],
    );
    assert.equal(differences.length, 1);

    await takeAll(invoices, GOODS);
    await takeAll(invoices, CREDIT);
    await until(async () => (await statesOf(till)).every((state) => state === 'done'));
    assert.equal(balanceOf(till, '1940'), '5849.81');
    assert.equal(balanceOf(till, '2440'), '0.00');
    assert.deepEqual((await reconciled(till)).differences, []);
  });

  it('is left out by a person who has entered the payment by hand', async () => {
    const { till } = await books('För hand AB');
    await takeAll(till, CHAIN);
    const decision = { kind: 'accept', code: 'invoice-not-open' } as const;
    assert.equal(await settle(till, { kind: 'again', decision }), 1);
    assert.deepEqual([...new Set(await statesOf(till))], ['done']);
    const [difference, ...others] = (await reconciled(till)).differences;
    assert.deepEqual(others, []);
    assert.ok(difference?.kind === 'statement-differs');
    // Nobody has entered it in fact, and the reconciliation says so: 38 664.00 too much.
    assert.equal(difference.day.day, '2026-05-14');
    assert.equal(difference.difference, -3_866_400n);
  });
});

describe('entries that nobody has coded', () => {
  it('are told, booked as a person says, and by themselves from then on', async () => {
    const name = 'Okonterat AB';
    const { bank } = await books(name);
    const month = BANK.replace(
      'ACMT</Cd><Fmly><Cd>MCOP</Cd><SubFmlyCd>INTR',
      'PMNT</Cd><Fmly><Cd>RDDT</Cd><SubFmlyCd>BBDD',
    );
    await takeAll(bank, month);
    assert.deepEqual(await statesOf(bank), ['done', 'held entry-not-coded']);
    const ids = (await deliveriesOf(bank)).filter((d) => d.state === 'held').map(({ id }) => id);
    const how = ['--code-as', '3990', '--remember', '--company', name];
    const resolved = await command(stage, 'held', 'resolve', ...ids, ...how);
    assert.match(resolved.out, /^PMNT\/RDDT\/BBDD is coded as 3990 from now on\.$/m);
    assert.equal(balanceOf(bank, '3990'), '-1.37');
    const june = month.replaceAll('2026-05-', '2026-06-').replaceAll('>0.00<', '>49976.37<');
    await takeAll(
      bank,
      june
        .replace(
          '>49976.37</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-06-31',
          '>99952.74</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-06-30',
        )
        .replaceAll('06-31', '06-30'),
    );
    assert.equal(balanceOf(bank, '3990'), '-2.74');
  });
});

describe('a statement beside a ledger that says otherwise', () => {
  it('is told of the first day, with both balances', async () => {
    const { till, invoices } = await books('Skiljer AB');
    await takeAll(invoices, GOODS, CREDIT);
    await takeAll(till, CHAIN);
    const tenant = stage.simulator.tenants.get(till.tenantId);
    const rows = [
      { Account: 1940, Debit: 0, Credit: 12.5 },
      { Account: 6570, Debit: 12.5, Credit: 0 },
    ];
    const voucher = { Description: 'För hand', TransactionDate: '2026-05-13', VoucherSeries: 'K' };
    const response = await fetch(`${stage.simulator.apiUrl}/3/vouchers`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${tenant.grant({ isService: true }).accessToken}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify({ Voucher: { ...voucher, VoucherRows: rows } }),
    });
    assert.equal(response.status, 201);
    const { differences } = await reconciled(till);
    assert.deepEqual(differences, [
      {
        kind: 'statement-differs',
        day: {
          account: 'KEDJEKONTO-1234',
          ledgerAccount: '1940',
          day: '2026-05-14',
          statement: 5_599_650n,
          // 55 996.50 − 12.50
          ledger: 5_598_400n,
        },
        difference: 1_250n,
        before: 0n,
      },
    ]);
  });

  it('that does not add up is held with both numbers', async () => {
    const { till } = await books('Fel saldo AB');
    const wrong = CHAIN.replace('5 849,81\n', '5 850,81\n').replace(/Summa.*\n/, '');
    await takeAll(till, wrong);
    const held = (await deliveriesOf(till)).find(({ document }) => {
      return document.kind === 'account-statement' && document.date === '2026-05-29';
    });
    const [refusal] = held?.refusals ?? [];
    assert.ok(refusal?.code === 'statement-does-not-balance');
    assert.equal(refusal.difference.minor, 100n);
  });

  it('that comes again otherwise is asked about, and nothing is booked over it', async () => {
    const { till, invoices } = await books('Ny version AB');
    await takeAll(invoices, GOODS, CREDIT);
    await takeAll(till, CHAIN);
    const booked = ledgerOf(till).length;
    const other = CHAIN.replace('7004512881 ', '').replace('Kontoavgift maj', 'Kontoavgift');
    await takeAll(till, other);
    const held = (await statesOf(till)).filter((state) => state.startsWith('held'));
    assert.deepEqual(held, ['held statement-revised', 'held statement-revised']);
    assert.equal(ledgerOf(till).length, booked);
  });

  it('that was taken in the middle of a day is completed by the next', async () => {
    const { till, invoices } = await books('Mitt på dagen AB');
    await takeAll(invoices, GOODS, CREDIT);
    // Without the interest, the last entry of the last day, and without the sum.
    const noon = CHAIN.split('\n').filter((line) => !/RÄNTA|^Summa/.test(line));
    await takeAll(till, noon.join('\n'));
    assert.equal(balanceOf(till, '1940'), '5847.50');
    const booked = ledgerOf(till).length;
    await takeAll(till, CHAIN);
    assert.equal(ledgerOf(till).length, booked + 1);
    assert.equal(balanceOf(till, '1940'), '5849.81');
    assert.deepEqual([...new Set(await statesOf(till))], ['done']);
    assert.deepEqual((await reconciled(till)).differences, []);
  });
});

describe('payments whose answers are lost', () => {
  for (const [what, method, path] of [
    ['entering', 'POST', '/3/supplierinvoicepayments'],
    ['booking', 'PUT', '/3/supplierinvoicepayments/*/bookkeep'],
  ] as const) {
    it(`are made once when that of ${what} them is`, async () => {
      const { till, invoices } = await books(`Tappat svar ${what} AB`);
      await takeAll(invoices, GOODS, CREDIT);
      stage.simulator.faults.add({ fault: { kind: 'lose-answer' }, times: 1, method, path });
      await takeAll(till, CHAIN);
      assert.deepEqual([...new Set(await statesOf(till))], ['done']);
      assert.equal(balanceOf(till, '1940'), '5849.81');
      assert.equal(balanceOf(till, '2440'), '0.00');
      assert.equal(
        callsOf(till, 'POST /3/supplierinvoicepayments')['POST /3/supplierinvoicepayments'],
        2,
      );
    });
  }
});
