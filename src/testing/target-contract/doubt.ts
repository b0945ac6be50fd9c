import assert from 'node:assert/strict';
import { UNKNOWN_BOOKS } from '../../domain/books.ts';
import { encodeJson } from '../../lib/json.ts';
import type { Http, HttpRequest, HttpResponse } from '../../ports/http.ts';
import type { Bench } from './bench.ts';
import type { Check } from './check.ts';
import {
  book,
  contextOf,
  Delivery,
  done,
  expectFound,
  failureOf,
  routed,
  stepsFor,
  voucherWrite,
} from './delivery.ts';
import type { RemoteFault } from './trial.ts';
import { testVoucher, type TestRow } from './vouchers.ts';

/** Each way in which an answer can be lost although the call took effect. */
const COMMITTED: readonly (readonly [name: string, fault: RemoteFault])[] = [
  ['a lost answer', { kind: 'lost-answer' }],
  ['an answer that is cut in half', { kind: 'cut-answer' }],
  ['a time-out after it took effect', { kind: 'hang', commits: true }],
  ['a system error after it took effect', { kind: 'server-error', commits: true }],
  ['a success with an error in it', { kind: 'wrong-body', body: 'error' }],
  ['a success with a page of HTML', { kind: 'wrong-body', body: 'html' }],
  ['a success with nothing in it', { kind: 'wrong-body', body: 'empty' }],
];

/** Each way in which a call can fail to arrive. */
const NEVER_ARRIVED: readonly (readonly [name: string, fault: RemoteFault])[] = [
  ['a connection that is reset', { kind: 'reset' }],
  ['a time-out before it took effect', { kind: 'hang', commits: false }],
  ['a system error before it took effect', { kind: 'server-error', commits: false }],
];

/** What gateways answer while the system behind them may have worked on. */
const GATEWAY_STATUSES = [408, 500, 502, 503, 504, 520] as const;
const GATEWAY_PAGE = '<html><h1>Bad gateway</h1><p>We will be back</p></html>';

/** Later than any list lags, and than a call that was given up arrives. */
const LATE_MS = 30_000;

/** What exactly-once rests on: an answer that was lost is found, and nothing else is. */
export function checkDoubt(check: Check): void {
  for (const [name, fault] of COMMITTED) {
    check(`finds its work once after ${name}`, (bench) => eachWrite(bench, fault, 'committed'));
  }
  for (const [name, fault] of NEVER_ARRIVED) {
    check(`finds nothing after ${name}`, (bench) => eachWrite(bench, fault, 'never arrived'));
  }
  for (const status of GATEWAY_STATUSES) {
    check(`finds its work once after a gateway's ${status}`, async (bench) => {
      const delivery = await beginDelivery(bench, 'doc-1');
      bench.between = oncePerWrite(bench, status);
      assert.equal((await delivery.fail(0)).kind, 'unanswered');
      bench.between = null;
      delivery.keep(0, expectFound(await delivery.find(0)));
      await delivery.make(1);
      await expectOnce(bench);
    });
  }

  check('finds its voucher from a process that has just started', async (bench) => {
    const write = await voucherWrite(bench, testVoucher(bench.ledger));
    const remote = await done(bench.target, write, contextOf('key-1'));
    assert.deepEqual(expectFound(await bench.another().find(write, contextOf('key-1'))), remote);
  });

  check('sends a voucher again only when it was looked for in vain', async (bench) => {
    const write = await voucherWrite(bench, testVoucher(bench.ledger));
    for (let attempt = 0; attempt < 3; attempt += 1) {
      const found = await bench.target.find(write, contextOf('key-1'));
      if (attempt > 0) expectFound(found);
      else await done(bench.target, write, contextOf('key-1'));
    }
    assert.equal(bench.run.booked().length, 1);
  });

  check('finds its voucher though no year was known when it was planned', async (bench) => {
    const voucher = testVoucher(bench.ledger, { date: bench.ledger.lastYear });
    const write = await voucherWrite(bench, voucher, UNKNOWN_BOOKS);
    const remote = await done(bench.target, write, contextOf('key-1'));
    assert.deepEqual(expectFound(await bench.target.find(write, contextOf('key-1'))), remote);
  });

  checkLists(check);
  checkOthers(check);
  checkClear(check);
}

type Arrival = 'committed' | 'never arrived';

/** The fault on each write of a delivery in turn; the rest of the delivery is made around it. */
async function eachWrite(bench: Bench, fault: RemoteFault, arrival: Arrival): Promise<void> {
  const { length } = (await beginDelivery(bench, 'doc')).writes;
  for (let at = 0; at < length; at += 1) {
    const delivery = await beginDelivery(bench, `doc-${at}`);
    await delivery.make(0, at);
    const call = delivery.writes[at]?.call ?? '';
    bench.run.fail(fault, { kind: 'write', call });
    const isSilent = fault.kind === 'hang';
    const failure = await delivery.fail(at, isSilent ? bench.impatient() : bench.target);
    assert.equal(failure.kind, 'unanswered', call);
    const found = await delivery.find(at);
    if (arrival === 'committed') {
      delivery.keep(at, expectFound(found));
      await delivery.make(at + 1);
    } else {
      assert.deepEqual(found, [], call);
      await delivery.make(at);
    }
    await expectOnce(bench, at + 1);
  }
}

async function beginDelivery(bench: Bench, key: string): Promise<Delivery> {
  const writes = await routed(bench, stepsFor(bench, testVoucher(bench.ledger)));
  return new Delivery({ bench, writes, key });
}

/** So many vouchers, each with its file, and nothing besides. */
async function expectOnce(bench: Bench, count = 1): Promise<void> {
  const booked = bench.run.booked();
  assert.equal(booked.length, count, 'nothing is lost or doubled');
  if (!bench.target.capabilities.attachments) return;
  const { attached, loose } = await bench.run.files();
  assert.deepEqual(
    attached.map((file) => file.label).sort(),
    booked.map((voucher) => voucher.label).sort(),
  );
  assert.equal(loose, 0, 'no file is left over');
}

/** Lets the request take effect and puts a gateway's page in the place of its answer. */
function oncePerWrite(
  bench: Bench,
  status: number,
): (request: HttpRequest, http: Http) => Promise<HttpResponse> {
  return async (request, http) => {
    const response = await http.send(request);
    if (request.method === 'GET') return response;
    bench.between = null;
    return { ...response, status, body: Buffer.from(GATEWAY_PAGE) };
  };
}

function checkLists(check: Check): void {
  check('finds its voucher when lists leave out the field with the key', async (bench) => {
    await bench.run.arrange({ kind: 'keys-not-listed' });
    const voucher = testVoucher(bench.ledger);
    await book(bench, voucher, 'key-10');
    await book(bench, testVoucher(bench.ledger, { text: 'En annan' }), 'key-2');
    const write = await voucherWrite(bench, voucher);
    assert.deepEqual(await bench.target.find(write, contextOf('key-1')), []);
    const remote = await done(bench.target, write, contextOf('key-1'));
    assert.deepEqual(expectFound(await bench.target.find(write, contextOf('key-1'))), remote);
  });

  check('finds its voucher once lists have caught up', async (bench) => {
    const write = await voucherWrite(bench, testVoucher(bench.ledger));
    const lag: RemoteFault = { kind: 'lag', ms: LATE_MS };
    bench.run.fail(lag, { kind: 'reading', times: 1_000 });
    bench.run.advance(LATE_MS);
    bench.run.fail({ kind: 'lost-answer' }, { kind: 'write', call: write.call });
    const failure = await failureOf(bench, bench.target.write(write, contextOf('key-1')));
    assert.equal(failure.kind, 'unanswered');
    assert.ok((await bench.target.find(write, contextOf('key-1'))).length <= 1);
    bench.run.advance(LATE_MS);
    expectFound(await bench.target.find(write, contextOf('key-1')));
    assert.equal(bench.run.booked().length, 1);
  });

  check('finds a voucher that arrives after it was given up', async (bench) => {
    const write = await voucherWrite(bench, testVoucher(bench.ledger));
    bench.run.fail({ kind: 'late', ms: LATE_MS }, { kind: 'write', call: write.call });
    const given = bench.impatient().write(write, contextOf('key-1'));
    assert.equal((await failureOf(bench, given)).kind, 'unanswered');
    assert.deepEqual(await bench.target.find(write, contextOf('key-1')), []);
    bench.run.advance(LATE_MS);
    expectFound(await bench.target.find(write, contextOf('key-1')));
  });

  check('finds both when a voucher was booked twice', async (bench) => {
    const write = await voucherWrite(bench, testVoucher(bench.ledger));
    bench.run.fail({ kind: 'twice' }, { kind: 'write', call: write.call });
    await done(bench.target, write, contextOf('key-1'));
    const found = await bench.target.find(write, contextOf('key-1'));
    assert.equal(new Set(found.map(({ remote }) => remote.id)).size, 2);
  });
}

/** Keys that hold one another, as `contains` would take them for the same. */
const LIKE_KEYS = [
  ['key-1', 'key-10'],
  ['key-1', 'a-key-1'],
  ['key-1', 'key-1-b'],
  ['key-1', 'KEY-1'],
  ['key-10', 'key-1'],
] as const;

function checkOthers(check: Check): void {
  for (const [key, other] of LIKE_KEYS) {
    check(`never takes ${other} for ${key}`, async (bench) => {
      const { writes, results } = await beginDelivery(bench, 'doc');
      // What is tied to its voucher has left the place where it would be taken for another.
      const loose = writes.slice(0, 2);
      for (const write of loose) {
        results.set(write.id, await done(bench.target, write, contextOf(other, results)));
      }
      for (const write of loose) {
        assert.deepEqual(await bench.target.find(write, contextOf(key, results)), [], write.call);
        results.set(write.id, await done(bench.target, write, contextOf(key, results)));
        expectFound(await bench.target.find(write, contextOf(key, results)));
      }
    });
  }

  for (const [what, change] of Object.entries(CHANGES)) {
    check(`tells when what it finds has another ${what}`, async (bench) => {
      await bench.run.arrange({ kind: 'cost-centres', codes: ['21', '22'] });
      const sent = testVoucher(bench.ledger, { rows: rowsOf(bench) });
      const other = testVoucher(bench.ledger, { rows: change(bench) });
      const { label } = await book(bench, other, 'key-1');
      const write = await voucherWrite(bench, sent);
      const found = await bench.target.find(write, contextOf('key-1'));
      assert.equal(found.length, 1);
      assert.equal(found[0]?.remote.label, label);
      const [difference] = found[0]?.differences ?? [];
      assert.equal(difference?.code, 'read-back-differs', encodeJson(found));
    });
  }
}

function rowsOf({ ledger }: Bench): readonly [cash: TestRow, sale: TestRow, vat: TestRow] {
  const { money, sales, vat } = ledger.accounts;
  return [
    [money, 125_00n],
    [sales, -100_00n, { costCentre: '21' }],
    [vat, -25_00n],
  ];
}

/** One thing that somebody changed in a voucher that carries our key. */
const CHANGES: Readonly<Record<string, (bench: Bench) => readonly TestRow[]>> = {
  amount: (bench) => {
    const [cash, sale, vat] = rowsOf(bench);
    return [[cash[0], 125_01n], sale, [vat[0], -25_01n]];
  },
  account: (bench) => {
    const [cash, sale, vat] = rowsOf(bench);
    return [cash, [vat[0], sale[1], { costCentre: '21' }], vat];
  },
  side: (bench) => rowsOf(bench).map(([account, minor, more = {}]) => [account, -minor, more]),
  'cost centre': (bench) => {
    const [cash, sale, vat] = rowsOf(bench);
    return [cash, [sale[0], sale[1], { costCentre: '22' }], vat];
  },
  row: (bench) => {
    const { money } = bench.ledger.accounts;
    return [...rowsOf(bench), [money, 1_00n], [money, -1_00n]];
  },
};

function checkClear(check: Check): void {
  check('is busy, with a wait, when it is told to slow down, and books nothing', async (bench) => {
    const write = await voucherWrite(bench, testVoucher(bench.ledger));
    bench.run.fail({ kind: 'busy' }, { kind: 'write', call: write.call });
    const failure = await failureOf(bench, bench.target.write(write, contextOf('key-1')));
    assert.equal(failure.kind, 'busy');
    assert.ok(failure.kind === 'busy' && failure.waitMs > 0);
    assert.equal(bench.run.booked().length, 0);
  });

  check('is unreachable when no connection is made', async (bench) => {
    const write = await voucherWrite(bench, testVoucher(bench.ledger));
    await bench.run.arrange({ kind: 'offline' });
    // A connection that was kept open may first notice that it is closed.
    await bench.target.find(write, contextOf('key-1')).catch(() => null);
    const failure = await failureOf(bench, bench.target.write(write, contextOf('key-1')));
    assert.equal(failure.kind, 'unreachable');
    assert.equal(bench.run.booked().length, 0);
  });

  check('calls only the hosts it declares', async (bench) => {
    const delivery = await beginDelivery(bench, 'doc-1');
    await delivery.make(0);
    await delivery.find(0);
    const { connector } = bench.under;
    const hosts = new Set(connector.hosts(connector.settings.parse(bench.run.settings)));
    for (const { request } of bench.sent) assert.ok(hosts.has(new URL(request.url).host));
    assert.ok(bench.sent.length > 0);
  });
}
