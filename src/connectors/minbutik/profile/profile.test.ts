import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { DecimalStyle } from '../../../lib/decimal-text.ts';
import { fixtureProfile } from '../read-for-test.ts';
import { settingsSchema } from '../settings.ts';
import { termsOf } from '../terms.ts';
import { readPattern } from './pattern.ts';
import { readProfile } from './read-profile.ts';
import type { Profile } from './schema.ts';
import { readSum } from './sum.ts';
import { testProfile } from './test-profile.ts';
import { transformText } from './transform.ts';
import { transformsSchema } from './transform-schema.ts';

const WIDE = fixtureProfile('minbutik-export-wide-cp1252-profile.json');

/** What is wrong with the wide example when some of its keys are others. */
function faultsOf(keys: Readonly<Record<string, unknown>>): readonly string[] {
  const outcome = readProfile({ ...WIDE, ...keys });
  if (outcome.kind === 'profile') return [];
  return outcome.problems.map(({ code, facts }) => {
    assert.equal(code, 'profile-invalid');
    return `${facts['path']}: ${facts['found']}`;
  });
}

describe('readProfile', () => {
  it('reads the published examples', () => {
    assert.equal(readProfile(WIDE).kind, 'profile');
    assert.equal(readProfile(fixtureProfile('same-report-wide-profile.json')).kind, 'profile');
  });

  const input = WIDE['input'] as object;
  const cases: readonly (readonly [string, Record<string, unknown>, RegExp])[] = [
    ['a key it does not know', { colums: {} }, /^\(all\): Unrecognized key: "colums"$/],
    [
      'a format not read yet',
      { input: { ...input, format: 'fixed' } },
      /^input\.format: .* not read yet/,
    ],
    ['a sheet', { input: { ...input, sheet: 'Blad1' } }, /^input\.sheet: sheets are of xlsx/],
    ['no version', { version: undefined }, /^version: /],
    ['no store', { columns: { business_date: { header: 'D' } } }, /^columns\.store_no: is needed$/],
    [
      'a kind it does not know',
      { lines: [{ header: 'x', kind: 'sales' }] },
      /^lines\.0\.kind: one of sale, /,
    ],
    [
      'a slow pattern',
      { lines: [{ header: '/(a+)+$/', kind: 'sale' }] },
      /^lines\.0\.header: a repeated group/,
    ],
    ['no lines', { lines: [], classify: [] }, /^lines: either lines/],
    [
      'a check that cannot be read',
      { checks: [{ sum: 'sale +', equals: 'x' }] },
      /^checks\.0\.sum: /,
    ],
    ['a date without a year', { input: { ...input, date: 'dd.MM' } }, /^input\.date: a pattern of/],
    [
      'a column from nowhere',
      { columns: { store_no: {}, business_date: { const: '' } } },
      /^columns\.store_no: an object with one of/,
    ],
    [
      'a transform of its own',
      { columns: { store_no: { const: '1', transform: ['eval'] }, business_date: { const: '' } } },
      /^columns\.store_no\.transform\.0: one of "trim"/,
    ],
    [
      'a rate of 250 %',
      { lines: [{ header: 'x', kind: 'sale', vat_rate: 250 }] },
      /^lines\.0\.vat_rate: a percentage/,
    ],
  ];
  for (const [what, keys, fault] of cases) {
    it(`says where a profile has ${what}`, () => {
      const faults = faultsOf(keys);
      assert.ok(
        faults.some((text) => fault.test(text)),
        faults.join('\n'),
      );
    });
  }

  it('takes anything at all without throwing', () => {
    for (const json of [null, 1, 'x', [], {}, { input: [] }]) {
      assert.equal(readProfile(json).kind, 'invalid');
    }
  });
});

describe('readPattern', () => {
  it('takes what headers need', () => {
    for (const text of [
      '^Butik;',
      '/^(Bank)?kort$/i',
      '/^Presentkort (ICA|riks)/i',
      'a{2,5}',
      '.*;.*',
    ]) {
      assert.ok('pattern' in readPattern(text), text);
    }
  });

  it('refuses what could run for ever', () => {
    const slow = [
      '(a+)+$',
      '(a|a)*$',
      '(?:a*)*',
      '((ab)*c)+',
      '(a{1,50}){2,}',
      '.*.*.*.*x',
      '(a)\\1',
      '(?=a)b',
      '(?<n>a)',
      'a'.repeat(201),
      '(',
      'a)',
      '[',
      '/a/g',
    ];
    for (const text of slow) assert.ok('fault' in readPattern(text), text);
  });

  it('looks at the first characters only', () => {
    const outcome = readPattern('b$');
    assert.equal('pattern' in outcome && outcome.pattern.test(`${'a'.repeat(300)}b`), false);
  });
});

describe('transformText', () => {
  const decimals: DecimalStyle = { decimal: ',', thousands: ['.'] };
  const cases: readonly (readonly [unknown, string, string | null])[] = [
    ['trim', ' a ', 'a'],
    ['upper', 'åa', 'ÅA'],
    ['lower', 'ÅA', 'åa'],
    [{ pad: { length: 4 } }, '234', '0234'],
    [{ pad: { length: 4, with: ' ', side: 'end' } }, 'a', 'a   '],
    [{ replace: { pattern: '^Z', with: 'Z-' } }, 'Z12', 'Z-12'],
    [{ lookup: { table: { A: 'KORT' } } }, 'A', 'KORT'],
    [{ lookup: { table: { A: 'KORT' }, default: 'B' } }, 'X', 'B'],
    [{ lookup: { table: { A: 'KORT' } } }, 'X', null],
    [{ lookup: { table: {} } }, 'constructor', null],
    ['negate', '12,50', '-12,50'],
    ['negate', '12,50-', '12,50'],
    ['negate', '\u221212,50', '12,50'],
    ['negate', '', ''],
    [{ 'negate-if': { column: 'Typ', matches: 'retur' } }, '5', '-5'],
    [{ 'negate-if': { column: 'Typ', matches: 'köp' } }, '5', '5'],
    [{ date: 'dd/MM/yyyy' }, '2/5/2026', '2026-05-02'],
    [{ number: { decimal: '.', thousands: [','] } }, '1,234.50', '1234,50'],
  ];
  for (const [step, text, expected] of cases) {
    it(`does ${JSON.stringify(step)} to ${JSON.stringify(text)}`, () => {
      const transforms = transformsSchema.parse([step]);
      const context = { decimals, cellUnder: () => 'retur' };
      assert.equal(transformText(text, transforms, context), expected);
    });
  }
});

describe('readSum', () => {
  it('reads kinds with signs and what of them', () => {
    assert.deepEqual(readSum('sale.gross + agency_in - deposit_out.vat'), {
      text: 'sale.gross + agency_in - deposit_out.vat',
      terms: [
        { sign: 1n, kind: 'sale', of: 'gross' },
        { sign: 1n, kind: 'agency_in', of: 'gross' },
        { sign: -1n, kind: 'deposit_out', of: 'vat' },
      ],
    });
  });

  it('reads nothing else', () => {
    for (const text of ['', '+', 'sale +', 'sale * 2', 'sale.net', 'process.exit()', 'sale sale']) {
      assert.ok('fault' in readSum(text), text);
    }
  });
});

describe('testProfile', () => {
  const terms = termsOf(settingsSchema.parse({ stores: ['0234'] }));
  const row = { Butik: '234', Datum: '2026-05-02', 'Förs 25%': '125,00', 'Moms 25%': '25,00' };
  const expect = {
    store_no: '0234',
    business_date: '2026-05-02',
    report_no: '2026-05-02',
    lines: [{ kind: 'sale', vat_rate: '25', gross: '125.00', vat: '25.00' }],
  };

  function run(sample: unknown): readonly string[] {
    const outcome = readProfile({ ...WIDE, tests: [sample] });
    assert.equal(outcome.kind, 'profile');
    const profile: Profile | null = outcome.kind === 'profile' ? outcome.profile : null;
    const [result] = profile === null ? [] : testProfile(profile, terms);
    return (result?.differences ?? []).map((d) => `${d.path}: ${d.expected} ≠ ${d.found}`);
  }

  it('finds that a sample comes out as expected', () => {
    assert.deepEqual(run({ row, expect }), []);
  });

  it('finds each difference', () => {
    const lines = [{ kind: 'tender', gross: '125', vat: '24.00' }];
    assert.deepEqual(run({ row, expect: { report_no: 'Z-1', lines } }), [
      'report_no: Z-1 ≠ 2026-05-02',
      'lines.0.kind: tender ≠ sale',
      'lines.0.vat: 24.00 ≠ 25.00',
    ]);
  });

  it('finds a new column that parks the report, and a row that cannot be read', () => {
    assert.deepEqual(run({ row: { ...row, Klarna: '5,00' }, expect }), ['parked: false ≠ true']);
    const [fault] = run({ row: { ...row, Datum: 'igår' }, expect: {} });
    assert.match(fault ?? '', /not-a-date/);
  });
});
