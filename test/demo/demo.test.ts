import assert from 'node:assert/strict';
import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { promisify } from 'node:util';
import { readSie } from '../../src/domain/sie/book.ts';
import { sieToHledger } from '../../src/testing/sie-to-hledger.ts';

const ROOT = join(import.meta.dirname, '..', '..');

type Demo = {
  readonly documents: Readonly<Record<string, number>>;
  readonly trialBalance: Readonly<Record<string, string>>;
  readonly [figure: string]: unknown;
};

describe('bokbro demo', () => {
  const folder = mkdtempSync(join(tmpdir(), 'bokbro-demo-'));
  const sie = join(folder, 'ledger.si');
  let demo: Demo;

  before(async () => {
    const args = [join(ROOT, 'bin', 'bokbro.js'), 'demo', '--json', '--sie', sie];
    const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: folder });
    demo = JSON.parse(stdout) as Demo;
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('books everything of the month once and holds the day that does not balance', () => {
    // 49 reports, the one that does not balance, and a corrected one; two files come twice. Four
    // customers are invoiced, and the chain sends nine invoices of goods, one of them credited, and
    // one each of overheads and services. Its account moves on 14 days, that of the bank on nine;
    // the customers' cards are kept. Each of two web shops has sold eleven times, and given back
    // something four times.
    assert.deepEqual(demo.documents, {
      received: 53 + 4 + 12 + 23 + 4 + 30,
      booked: 50 + 4 + 12 + 23 + 4 + 30,
      held: 1,
      duplicates: 2,
      unreadable: 0,
    });
    // A correction is two vouchers: the reversal and the right one. Ten invoices are paid, each by
    // a voucher of its own; on one day of the chain's account nothing else happens.
    assert.equal(demo['vouchers'], 51 + 4 + 12 + 10 + 22 + 30);
    assert.deepEqual(demo['series'], {
      ...{ B: 'B 1–4', D: 'D 1–12', E: 'E 1–10' },
      ...{ K: 'K 1–73', W: 'W 1–30' },
    });
  });

  it('proves it', () => {
    const { differences, trialBalanceMinor, rateLimited, ledgerProblems } = demo;
    assert.deepEqual(
      { differences, trialBalanceMinor, rateLimited, ledgerProblems },
      { differences: 0, trialBalanceMinor: 0, rateLimited: 0, ledgerProblems: [] },
    );
  });

  it('answers each invoice that a printing house pushes with its number', () => {
    // Three jobs, one of them with a part payment before it, and a credit note.
    assert.deepEqual(demo['printingHouse'], {
      ...{ invoices: 5, numbered: 5, complaints: [] },
      ...{ differences: 0, trialBalanceMinor: 0 },
    });
  });

  it('makes the orders of what customers of a kitchen dealer in Bergen have accepted', () => {
    // 215 000.00 when fitting has become dearer, of which a fifth is 43 000.00; 99 999.99 in parts
    // of 33.33, 33.33 and 33.34 per cent.
    assert.deepEqual(demo['kitchenDealer'], {
      ...{ quotes: 2, taken: 2, quotedMinor: '31499999' },
      orders: [
        ['24017', '4300000'],
        ['24017', '17200000'],
        ['24031', '3333000'],
        ['24031', '3333000'],
        ['24031', '3333999'],
      ],
    });
  });

  it('ends with both accounts where their statements end, and the rest explained', () => {
    const statements = demo['statements'] as readonly Readonly<Record<string, string>>[];
    assert.equal(statements.length, 14 + 9);
    for (const { account, day, statement, ledger } of statements) {
      assert.equal(ledger, statement, `${account} ${day}`);
    }
    // Receipts of the till whose report is held: invoiced, and not booked by the report yet.
    assert.equal(demo['openCreditMinor'], demo.trialBalance['1518']);
    const balances = demo['balances'] as readonly Readonly<Record<string, string>>[];
    assert.equal(balances.length, 4);
    for (const { customer = '', till, ledger } of balances) assert.equal(ledger, till, customer);
  });

  it('books what two web shops have sold on the accounts of their rates', () => {
    const { book } = readSie(readFileSync(sie));
    const sold = book.vouchers.filter(({ series }) => series === 'W');
    const sums = new Map<string, bigint>();
    for (const { account, amountMinor } of sold.flatMap((voucher) => voucher.rows)) {
      sums.set(account, (sums.get(account) ?? 0n) + (amountMinor ?? 0n));
    }
    // Seven times two bags of coffee for 238.00, of which 13.47 is VAT of 6 %; four times with a
    // single mug, so that coffee is most of it and freight of 49.00 is at 6 % too: 2.77.
    assert.equal(sums.get('3003'), -7n * (23_800n - 1_347n));
    assert.equal(sums.get('2631'), -7n * 1_347n - 4n * 277n);
    assert.equal(
      [...sums.values()].reduce((sum, minor) => sum + minor, 0n),
      0n,
    );
  });

  it('writes a ledger that sums by account to what the hub sent', () => {
    const { book, diagnostics } = readSie(readFileSync(sie));
    assert.deepEqual(diagnostics, []);
    assert.equal(book.vouchers.length, 51 + 4 + 12 + 10 + 22 + 30);
    const sums = new Map<string, bigint>();
    for (const { account, amountMinor } of book.vouchers.flatMap((voucher) => voucher.rows)) {
      sums.set(account, (sums.get(account) ?? 0n) + (amountMinor ?? 0n));
    }
    const moved = [...sums].filter(([, minor]) => minor !== 0n);
    const inLedger = Object.fromEntries(moved.map(([account, minor]) => [account, String(minor)]));
    assert.deepEqual(inLedger, demo.trialBalance);
  });

  it(
    'stands the proof of a program that shares no line with it',
    { skip: withoutHledger() },
    () => {
      const journal = join(folder, 'ledger.journal');
      writeFileSync(journal, sieToHledger(readSie(readFileSync(sie)).book));
      hledger(['-f', journal, 'check']);
      const [, ...lines] = hledger(['-f', journal, 'balance', '-N', '-O', 'csv'])
        .trim()
        .split('\n');
      const balances = lines.map((line) => {
        const [, account, kronor] = /^"(\d+)","(-?[\d.]+) SEK"$/.exec(line) ?? [];
        return [account, (kronor ?? '').replace('.', '')];
      });
      assert.deepEqual(Object.fromEntries(balances), demo.trialBalance);
    },
  );
});

function hledger(args: readonly string[]): string {
  return execFileSync('hledger', args, { encoding: 'utf8' });
}

function withoutHledger(): string | false {
  try {
    hledger(['--version']);
    return false;
  } catch {
    return 'hledger is not installed here';
  }
}
