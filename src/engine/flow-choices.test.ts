import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { invoicing, quotes } from '../testing/day-reports.ts';
import { readFlowChoices } from './flow-choices.ts';

const SWEDISH = { country: 'SE', language: 'sv' } as const;

describe('readFlowChoices', () => {
  test('has a default for everything', () => {
    assert.deepEqual(readFlowChoices({}, SWEDISH), {
      choices: {
        country: 'SE',
        language: 'sv',
        accounts: {},
        departments: {},
        bookedOnArrival: [],
        invoiceClasses: { VARUFAKTURA: 'goods', OMKOSTNAD: 'overhead', TJANST: 'service' },
        reverseChargeRates: {},
        payoutFees: {},
        cashDifferenceLimit: null,
        vatTolerance: { minor: 100n, currency: 'SEK' },
        series: null,
        bookWhen: {},
        perVoucher: 'order',
        saleDate: 'order',
        saleSchemes: {},
        singlePurposeCards: [],
        bookedElsewhere: 'leave',
        leaveOut: ['sub-orders', 'zero-total'],
        leaveOutVia: [],
        revisions: 'ask',
        lockedPeriod: 'ask',
        customerFields: ['name', 'address', 'email'],
        articles: 'off',
        articleFields: ['name', 'ean', 'price'],
        priceList: 'A',
        listPrices: 'without-vat',
        news: 'note',
        newsStatus: {},
        invoicing: invoicing({}),
        quotes: quotes(),
        invoices: {
          ...{ as: 'draft', send: 'no', customers: 'keep', projects: 'keep' },
          costCentres: 'create',
        },
        products: { publish: false, which: 'all', only: [] },
        stock: { follows: false, keepBack: 0, only: [] },
        lateAfterDays: 14,
        attachFile: true,
      },
    });
  });

  test("reads amounts as people write them, in the currency of the company's books", () => {
    const written = { cashDifferenceLimit: '12,50', vatTolerance: '0.05' };
    const read = readFlowChoices(written, { country: 'NO', language: 'nb' });
    assert.ok('choices' in read);
    assert.deepEqual(read.choices.cashDifferenceLimit, { minor: 1_250n, currency: 'NOK' });
    assert.deepEqual(read.choices.vatTolerance, { minor: 5n, currency: 'NOK' });
  });

  const wrong: readonly (readonly [string, unknown, string])[] = [
    ['an account that is none', { accounts: { 'tender.card': '19' } }, 'accounts.tender.card'],
    ['an amount that is none', { cashDifferenceLimit: 'lots' }, 'cashDifferenceLimit'],
    ['a negative amount', { vatTolerance: '-1' }, 'vatTolerance'],
    ['half an öre', { vatTolerance: '0.005' }, 'vatTolerance'],
    ['a word that is no choice', { revisions: 'guess' }, 'revisions'],
    ['a series with a space', { series: 'K 1' }, 'series'],
    ['a choice that does not exist', { acounts: {} }, ''],
    ['no choices at all', null, ''],
  ];
  for (const [what, written, path] of wrong) {
    test(`refuses ${what}, and says where it stands`, () => {
      const read = readFlowChoices(written, SWEDISH);
      assert.ok('problems' in read);
      assert.deepEqual(
        read.problems.map((problem) => problem.path),
        [path],
      );
    });
  }
});
