import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { kr } from '../../../testing/day-reports.ts';
import type { AccountStatement } from '../../../domain/document/account-statement.ts';
import { formatMoney, type Money } from '../../../domain/money.ts';
import type { Reading } from '../../../ports/source.ts';
import { readProfile } from '../profile/read-profile.ts';
import { testProfile } from '../profile/test-profile.ts';
import { standing } from '../../../testing/file-source-contract/reading.ts';
import { fixture, fixtureProfile, problemsIn, readAll, unreadableIds } from '../read-for-test.ts';
import { settingsSchema } from '../settings.ts';
import { termsOf } from '../terms.ts';

const MONTH = fixture('kedjekonto-1234-2026-05.csv').toString('utf8');
const PROFILE = fixtureProfile('kedjekonto-profile.json');
const SETTINGS = { profiles: [PROFILE] };
const HEADER = 'Konto;Datum;Löpnr;Typ;Text;OCR;Fakturanr;Belopp;Saldo';

function statementsOf(readings: readonly Reading[]): readonly AccountStatement[] {
  return standing(readings).flatMap(({ document }) =>
    document.kind === 'account-statement' ? [document] : [],
  );
}

/** `day opening → closing: id kind amount, …` of each. */
function told(readings: readonly Reading[]): readonly string[] {
  return statementsOf(readings).map(({ date, opening, closing, entries }) => {
    const list = entries.map(({ id, kind, amount }) => `${id} ${kind} ${formatMoney(amount)}`);
    return `${date} ${balance(opening)} → ${balance(closing)}: ${list.join(', ')}`;
  });
}

function balance(amount: Money | null): string {
  return amount === null ? '?' : formatMoney(amount);
}

function csv(...rows: readonly string[]): string {
  return [HEADER, ...rows.map((row) => `K1;${row}`), ''].join('\n');
}

describe('a statement by profile', () => {
  it('is a document for each day, oldest entry first, however the file lists them', async () => {
    const expected = [
      '2026-05-05 0.00 → 92310.50: 1 9012 card-settlement 92310.50',
      '2026-05-12 92310.50 → 94660.50: 1 9051 bonus 2350.00',
      '2026-05-14 94660.50 → 55996.50: 1 9066 invoice -38664.00',
      '2026-05-15 55996.50 → 5996.50: 1 9071 transfer -50000.00',
      '2026-05-29 5996.50 → 5849.81: 1 9103 fee -149.00, 2 9104 interest 2.31',
    ];
    assert.deepEqual(told(await readAll(MONTH, SETTINGS)), expected);
    const lines = MONTH.split('\n');
    const turned = [...lines.slice(0, 4), ...lines.slice(4, 10).toReversed(), ''].join('\n');
    assert.deepEqual(told(await readAll(turned, SETTINGS)), expected);
  });

  it('names the invoices that an entry pays', async () => {
    const [, , third] = statementsOf(await readAll(MONTH, SETTINGS));
    assert.deepEqual(third?.entries[0]?.invoices, ['7004512881', '7004513002']);
    assert.equal(third?.accountId, 'KEDJEKONTO-1234');
  });

  it('gives extracts that are one day, and read alone to the same', async () => {
    for (const { document, extract } of standing(await readAll(MONTH, SETTINGS))) {
      const [alone, ...others] = standing(await readAll(extract, SETTINGS));
      assert.deepEqual(others, []);
      assert.deepEqual(alone?.document, document);
    }
  });

  it('takes the order of a single day from its balances', async () => {
    const newest = csv(
      '2026-05-04;3;AVGIFT;;;;-10,00;95,00',
      '2026-05-04;2;AVGIFT;;;;-5,00;105,00',
    );
    const expected = ['2026-05-04 110.00 → 95.00: 1 2 fee -5.00, 2 3 fee -10.00'];
    assert.deepEqual(told(await readAll(newest, SETTINGS)), expected);
  });

  it('keeps to the order that its profile states', async () => {
    const rows = csv('2026-05-04;3;AVGIFT;;;;-10,00;', '2026-05-04;2;AVGIFT;;;;-5,00;');
    const settings = { profiles: [{ ...PROFILE, order: 'newest-first' }] };
    const readings = await readAll(rows, settings);
    assert.deepEqual(told(readings), ['2026-05-04 ? → ?: 1 2 fee -5.00, 2 3 fee -10.00']);
    const [alone] = statementsOf(await readAll(standing(readings)[0]?.extract ?? '', settings));
    assert.deepEqual(alone, statementsOf(readings)[0]);
  });

  it('that lacks a row within a day does not add up', async () => {
    // 100.00 − 5.00 = 95.00, and the balance after the next, of −10.00, is 75.00: −10.00 lack.
    const rows = csv('2026-05-04;1;AVGIFT;;;;-5,00;95,00', '2026-05-04;3;AVGIFT;;;;-10,00;75,00');
    const [only] = statementsOf(await readAll(rows, SETTINGS));
    assert.deepEqual([only?.opening, only?.closing], [kr('100'), kr('75')]);
  });

  it('takes what went out and what came in from columns of their own', async () => {
    const columns = {
      account: { const: 'se 45' },
      date: { header: ['Datum'] },
      debit: { header: ['Ut'] },
      credit: { header: ['In'] },
      text: { header: ['Text'] },
    };
    const { profile, version, document, input } = PROFILE;
    const own = {
      ...{ profile, version, document, columns },
      input: { ...(input as object), skip_until_header: '^Datum' },
    };
    const rows = 'Datum;Text;Ut;In\n2026-05-04;Hyra;8 000,00;\n2026-05-04;Swish;;120,50\n';
    const readings = await readAll(rows, { profiles: [own] });
    const expected = ['2026-05-04 ? → ?: 1 other -8000.00, 2 other 120.50'];
    assert.deepEqual(told(readings), expected);
    assert.equal(statementsOf(readings)[0]?.accountId, 'SE45');
  });

  it('parks the day of an amount that its profile does not name', async () => {
    const rows = MONTH.replace('Saldo\n', 'Saldo;Valuta\n').replaceAll(/(,\d\d);?\n/g, '$1;\n');
    const extra = rows.replace('5 847,50;\n', '5 847,50;12,00\n').replace(/Summa.*\n/, '');
    const doubts = standing(await readAll(extra, SETTINGS)).flatMap((one) => one.doubts);
    assert.deepEqual(doubts, [
      { code: 'amount-column-unmapped', column: 'Valuta', amount: '12,00', row: 2 },
    ]);
  });
});

describe('a statement that cannot be read', () => {
  it('is told of the day, with the place', async () => {
    const readings = await readAll(MONTH.replace('−149,00', '−149,0x'), SETTINGS);
    assert.deepEqual(problemsIn(readings), ['not-a-number 6:58']);
    assert.deepEqual(unreadableIds(readings), ['minbutik/KEDJEKONTO-1234/statement:2026-05-29']);
    assert.equal(standing(readings).length, 4);
  });

  it('on a day that cannot be told is missing from the days around it', async () => {
    const readings = await readAll(MONTH.replace('2026-05-14', '2026-05-41'), SETTINGS);
    assert.deepEqual(unreadableIds(readings), [
      'minbutik/KEDJEKONTO-1234/statement:2026-05-12',
      'minbutik/KEDJEKONTO-1234/statement:2026-05-15',
    ]);
    assert.equal(standing(readings).length, 2);
  });

  it('contradicts its own sum, or is whose nobody knows: rejected', async () => {
    const wrong = await readAll(
      MONTH.replace('Summa;;;;;;;5 849,81', 'Summa;;;;;;;5 849,80'),
      SETTINGS,
    );
    assert.deepEqual(problemsIn(wrong), ['checksum-differs 11:13']);
    const nobody = await readAll(
      MONTH.replace('KEDJEKONTO-1234;2026-05-12', ';2026-05-12'),
      SETTINGS,
    );
    assert.equal(nobody.at(-1)?.kind, 'rejected');
  });
});

describe('a profile of statements', () => {
  it('passes its own tests, and tells what comes out otherwise', () => {
    const read = readProfile(PROFILE);
    assert.equal(read.kind, 'profile');
    const terms = termsOf(settingsSchema.parse({}));
    assert.deepEqual(testProfile(read.profile, terms), [{ index: 0, differences: [] }]);
    const changed = structuredClone(PROFILE) as {
      tests: { expect: { entry: { kind: string } } }[];
    };
    const [test] = changed.tests;
    assert.ok(test);
    test.expect.entry.kind = 'fee';
    const other = readProfile(changed);
    assert.equal(other.kind, 'profile');
    assert.deepEqual(testProfile(other.profile, terms)[0]?.differences, [
      { path: 'entry.kind', expected: 'fee', found: 'invoice' },
    ]);
  });

  it('needs account, day and amounts, and has no lines of reports', () => {
    const outcome = readProfile({
      ...PROFILE,
      columns: { balance: { header: ['Saldo'] } },
      classify: [{ column: 'Typ', matches: 'x', kind: 'sale' }],
    });
    assert.equal(outcome.kind, 'invalid');
    assert.deepEqual(
      outcome.problems.map(({ facts }) => facts['path']),
      ['columns.account', 'columns.date', 'columns.amount', 'classify'],
    );
  });
});
