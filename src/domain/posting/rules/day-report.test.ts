import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { choices, dayReport, kr, line, sale, tender } from '../../../testing/day-reports.ts';
import { day } from '../../date.ts';
import type { DayReport, DayReportLine } from '../../document/day-report.ts';
import { add, money } from '../../money.ts';
import type { Decision, Refusal } from '../../refusal.ts';
import { balanceOf, type PostingOutcome } from '../voucher.ts';
import { postDayReport } from './day-report.ts';

function rowsOf(outcome: PostingOutcome): (readonly [string, bigint])[] {
  assert.equal(outcome.kind, 'vouchers');
  const [voucher] = outcome.vouchers;
  return (voucher?.rows ?? []).map((row) => [row.account, row.amount.minor] as const);
}

function refusalsOf(outcome: PostingOutcome): readonly Refusal[] {
  assert.equal(outcome.kind, 'refused');
  return outcome.refusals;
}

const codesOf = (outcome: PostingOutcome): string[] => refusalsOf(outcome).map((r) => r.code);

const post = (change: Partial<DayReport>, decisions: readonly Decision[] = []): PostingOutcome =>
  postDayReport(dayReport(change), choices(), decisions);

describe('postDayReport', () => {
  test('books tenders in debit, revenue and VAT in credit', () => {
    assert.deepEqual(rowsOf(post({})), [
      ['3001', -80_000n],
      ['2611', -20_000n],
      ['1580', 60_000n],
      ['1910', 40_000n],
    ]);
  });

  // Expected 400.00 in cash, counted 395.00: 5.00 is missing.
  test('books cash as counted, and what is missing on the account for shortages', () => {
    const { lines } = dayReport();
    assert.deepEqual(rowsOf(post({ lines: [...lines, line('cash-count', '395')] })).slice(3), [
      ['1910', 39_500n],
      ['6991', 500n],
    ]);
  });

  // The till says 15.00 too much.
  test('books a stated surplus in credit', () => {
    const { lines } = dayReport();
    const rows = rowsOf(post({ lines: [...lines, line('cash-difference', '15')] }));
    assert.deepEqual(rows.slice(3), [
      ['1910', 41_500n],
      ['3999', -1_500n],
    ]);
  });

  // Bottles sold 10.60 (0.60 VAT) and returned 21.20 (1.20): the VAT of returns comes back.
  test('books deposits with the VAT of what was in the bottles', () => {
    const deposit = { code: 'PANT6', label: 'Pant', rate: 600 };
    const lines: DayReportLine[] = [
      { kind: 'deposit-sold', ...deposit, gross: kr('10.60'), vat: kr('0.60') },
      { kind: 'deposit-returned', ...deposit, gross: kr('21.20'), vat: kr('1.20') },
      tender('cash', '-10.60'),
    ];
    assert.deepEqual(rowsOf(post({ lines })), [
      ['3511', -1_000n],
      ['2631', -60n],
      ['3518', 2_000n],
      ['2631', 120n],
      ['1910', -1_060n],
    ]);
  });

  // 4 350 of lottery tickets sold and 2 600 of prizes paid out: not revenue, no VAT.
  test('keeps money of gaming operators apart from revenue', () => {
    const said = { code: 'SPEL', label: 'Spel', scheme: 'gaming' } as const;
    const lines: DayReportLine[] = [
      { kind: 'agency-sold', ...said, gross: kr('4 350') },
      { kind: 'agency-paid-out', ...said, gross: kr('2 600') },
      tender('cash', '1 750'),
    ];
    assert.deepEqual(rowsOf(post({ lines })), [
      ['2491', -435_000n],
      ['2491', 260_000n],
      ['1910', 175_000n],
    ]);
  });

  test('gives own gift cards and those of the chain different accounts', () => {
    const lines = [
      line('gift-card-sold', '1 000'),
      tender('gift-card', '300'),
      tender('chain-gift-card', '600'),
      tender('bonus', '100'),
    ];
    assert.deepEqual(rowsOf(post({ lines })), [
      ['2421', -100_000n],
      ['2421', 30_000n],
      ['1689', 60_000n],
      ['1689', 10_000n],
    ]);
  });

  test('books the rounding of cash on the side it fell', () => {
    const lines = [
      sale('99.50', '19.90', 2500),
      tender('cash', '99'),
      line('cash-rounding', '0.50'),
    ];
    assert.deepEqual(rowsOf(post({ lines })), [
      ['3001', -7_960n],
      ['2611', -1_990n],
      ['3740', 50n],
      ['1910', 9_900n],
    ]);
  });

  test("takes a company's account for a code before the one for its role", () => {
    const accounts = { 'tender.card': '1581', 'tender.card/CARD': '1585', 'sales.25': '3041' };
    const outcome = postDayReport(dayReport(), choices({ accounts }));
    assert.deepEqual(
      rowsOf(outcome).map(([account]) => account),
      ['3041', '2611', '1585', '1910'],
    );
    assert.equal(outcome.kind, 'vouchers');
    assert.match(outcome.vouchers[0]?.rows[2]?.why ?? '', /CARD card · Betalkort CARD/);
  });

  test('puts the cost centre of a department on its revenue, not on its VAT', () => {
    const departments = { '50': { costCentre: 'HYG' } };
    const outcome = postDayReport(dayReport(), choices({ departments }));
    assert.equal(outcome.kind, 'vouchers');
    const rows = outcome.vouchers[0]?.rows ?? [];
    assert.deepEqual(rows.map((row) => [row.account, row.costCentre]).slice(0, 2), [
      ['3001', 'HYG'],
      ['2611', undefined],
    ]);
  });

  test('books VAT as the till gives it, one öre beside the rate', () => {
    const lines = [sale('170', '18.22', 1200), tender('card', '170')];
    assert.deepEqual(rowsOf(post({ lines })).slice(0, 2), [
      ['3002', -15_178n],
      ['2621', -1_822n],
    ]);
  });

  test('names the report in the text of the voucher', () => {
    const outcome = post({ register: '3' });
    assert.equal(outcome.kind, 'vouchers');
    const [voucher] = outcome.vouchers;
    assert.equal(voucher?.text, 'Dagsrapport 2026-05-04 butik 1234 kassa 3 Z-000412');
    assert.equal(voucher?.date, '2026-05-04');
  });
});

describe('postDayReport refuses', () => {
  // Sold 1 000.00, paid 900.00: 100.00 apart.
  test('a report that does not balance, with both numbers and the difference', () => {
    const lines = [sale('1 000', '200', 2500), tender('card', '900')];
    assert.deepEqual(refusalsOf(post({ lines })), [
      {
        code: 'does-not-balance',
        taken: kr('1 000'),
        accounted: kr('900'),
        difference: kr('100'),
      },
    ]);
  });

  test('with every reason at once', () => {
    const lines = [
      sale('1 000', null, 2500),
      sale('50', '10', null),
      sale('115', '15', 1500),
      tender('other', '100'),
      line('paid-in', '20'),
    ];
    assert.deepEqual(codesOf(post({ lines })), [
      'does-not-balance',
      'vat-missing',
      'vat-rate-missing',
      'vat-rate-not-in-force',
      // Revenue at 15 %, VAT at 15 %, the unknown tender, money paid in.
      'account-not-chosen',
      'account-not-chosen',
      'account-not-chosen',
      'account-not-chosen',
    ]);
  });

  // 6 % of 1 060.00 gross is 60.00; the till says 63.60, which is 6 % on top of the gross.
  test('VAT that stands too far from its rate', () => {
    const lines = [sale('1 060', '63.60', 600), tender('card', '1 060')];
    const [refusal] = refusalsOf(post({ lines }));
    assert.deepEqual(refusal, {
      code: 'vat-differs',
      line: '50 Hygien',
      rate: 600,
      stated: kr('63.60'),
      expected: kr('60'),
      difference: kr('3.60'),
      tolerance: kr('1'),
    });
  });

  test("a till's own totals that its lines do not come to", () => {
    const control = { gross: kr('1 100'), vat: kr('200') };
    assert.deepEqual(refusalsOf(post({ control })), [
      {
        code: 'control-total-differs',
        total: 'gross',
        stated: kr('1 100'),
        summed: kr('1 000'),
        difference: kr('100'),
      },
    ]);
  });

  test('a cash difference above the limit, until a person accepts it', () => {
    const report = dayReport({ lines: [...dayReport().lines, line('cash-count', '150')] });
    const asked = choices({ cashDifferenceLimit: kr('200') });
    assert.deepEqual(codesOf(postDayReport(report, asked)), ['cash-difference-large']);
    const accept: Decision = { kind: 'accept', code: 'cash-difference-large' };
    assert.equal(postDayReport(report, asked, [accept]).kind, 'vouchers');
  });

  test('a stated cash difference that the count contradicts', () => {
    const lines = [...dayReport().lines, line('cash-count', '395'), line('cash-difference', '-7')];
    assert.deepEqual(codesOf(post({ lines })), ['cash-difference-disagrees']);
  });

  test('counted cash of a till that states none, until a person accepts it as surplus', () => {
    const lines = [sale('1 000', '200', 2500), tender('card', '1 000'), line('cash-count', '50')];
    assert.deepEqual(refusalsOf(post({ lines })), [
      { code: 'cash-count-alone', counted: kr('50') },
    ]);
    const accepted = post({ lines }, [{ kind: 'accept', code: 'cash-count-alone' }]);
    assert.deepEqual(rowsOf(accepted).slice(3), [
      ['1910', 5_000n],
      ['3999', -5_000n],
    ]);
  });

  test('a report with nothing in it', () => {
    assert.deepEqual(codesOf(post({ lines: [] })), ['empty-document']);
  });

  test('and still shows the rows as far as they are known', () => {
    const outcome = post({ lines: [sale('1 000', '200', 2500), tender('card', '900')] });
    assert.equal(outcome.kind, 'refused');
    assert.deepEqual(
      outcome.draft.map((row) => row.account),
      ['3001', '2611', '1580'],
    );
  });
});

describe('postDayReport with decisions', () => {
  const unbalanced = { lines: [sale('1 000', '200', 2500), tender('card', '900')] };

  test('books the difference where a person said', () => {
    const outcome = post(unbalanced, [{ kind: 'book-difference', account: '6991' }]);
    assert.deepEqual(rowsOf(outcome).at(-1), ['6991', 10_000n]);
  });

  test('does not let a person wave an imbalance through', () => {
    const outcome = post(unbalanced, [{ kind: 'accept', code: 'does-not-balance' }]);
    assert.deepEqual(codesOf(outcome), ['does-not-balance']);
  });

  test('books on another day and keeps its own day in the text', () => {
    const outcome = post({}, [{ kind: 'book-on', date: day('2026-06-01') }]);
    assert.equal(outcome.kind, 'vouchers');
    assert.equal(outcome.vouchers[0]?.date, '2026-06-01');
    assert.match(outcome.vouchers[0]?.text ?? '', /2026-05-04/);
  });
});

describe('postDayReport notices', () => {
  test('food at a rate that food does not have on that day', () => {
    const food = { code: '21', label: 'Kolonial', kind: 'sale' } as const;
    const lines: DayReportLine[] = [
      { ...food, rate: 1200, gross: kr('112'), vat: kr('12') },
      tender('card', '112'),
    ];
    const outcome = post({ lines });
    assert.equal(outcome.kind, 'vouchers');
    assert.deepEqual(outcome.notices, [
      { code: 'food-at-other-rate', line: '21 Kolonial', rate: 1200, foodRate: 600 },
    ]);
    assert.deepEqual(post({ lines, businessDate: day('2026-03-31') }).notices, []);
  });
});

describe('a voucher of a day report', () => {
  const amount = fc.bigInt({ min: -500_000n, max: 5_000_000n }).map((minor) => money(minor, 'SEK'));
  const said = { code: '1', label: 'x' };
  const anyLine: fc.Arbitrary<DayReportLine> = fc.oneof(
    fc.record({ gross: amount, rate: fc.constantFrom(2500, 1200, 600) }).map(({ gross, rate }) => {
      const vat = money((gross.minor * BigInt(rate)) / BigInt(10_000 + rate), 'SEK');
      return { kind: 'sale' as const, ...said, gross, rate, vat };
    }),
    fc
      .record({ gross: amount, means: fc.constantFrom('card', 'swish', 'credit', 'bonus') })
      .map(({ gross, means }) => ({ kind: 'tender' as const, ...said, gross, means })),
    amount.map((gross) => ({ kind: 'cash-rounding' as const, ...said, gross })),
    amount.map((gross) => ({
      kind: 'agency-sold' as const,
      scheme: 'gaming' as const,
      ...said,
      gross,
    })),
    amount.map((gross) => ({ kind: 'cash-count' as const, ...said, gross })),
    amount.map((gross) => ({ kind: 'bank-deposit' as const, ...said, gross })),
  );

  /** Makes the two sides meet by a card payment, as a till does. */
  function balanced(lines: readonly DayReportLine[]): DayReportLine[] {
    let missing = money(0n, 'SEK');
    for (const { kind, gross } of lines) {
      if (kind === 'sale' || kind === 'agency-sold') missing = add(missing, gross);
      if (kind === 'tender' || kind === 'cash-rounding') {
        missing = add(missing, money(-gross.minor, 'SEK'));
      }
    }
    return [...lines, { kind: 'tender', ...said, means: 'card', gross: missing }];
  }

  test('always sums to zero, or there is none', () => {
    fc.assert(
      fc.property(fc.array(anyLine, { maxLength: 20 }), (lines) => {
        const outcome = postDayReport(dayReport({ lines: balanced(lines) }), choices());
        if (outcome.kind === 'refused') {
          const [code] = codesOf(outcome);
          assert.ok(code === 'empty-document' || code === 'cash-count-alone', String(code));
          return;
        }
        for (const voucher of outcome.vouchers) {
          assert.equal(balanceOf(voucher.rows, 'SEK').minor, 0n);
          assert.ok(voucher.rows.every((row) => row.amount.minor !== 0n));
        }
      }),
    );
  });

  test('is refused whenever the sides do not meet, whatever else is right', () => {
    const off = fc.bigInt({ min: 1n, max: 1_000_000n });
    fc.assert(
      fc.property(fc.array(anyLine, { maxLength: 20 }), off, (lines, minor) => {
        const extra: DayReportLine = {
          kind: 'gift-card-sold',
          ...said,
          gross: money(minor, 'SEK'),
        };
        const outcome = postDayReport(dayReport({ lines: [...balanced(lines), extra] }), choices());
        assert.ok(codesOf(outcome).includes('does-not-balance'));
      }),
    );
  });
});
