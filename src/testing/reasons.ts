import { day } from '../domain/date.ts';
import type { Notice, Refusal, RefusalCode } from '../domain/refusal.ts';
import type { Problem, ProblemCode } from '../ports/source.ts';
import { kr } from './day-reports.ts';
import { SALE_REASONS } from './sale-reasons.ts';

/** Who can settle it. */
export type SettledBy = 'source' | 'company' | 'ledger' | 'hub';

type RefusalExamples = {
  readonly [Code in RefusalCode]: {
    readonly by: SettledBy;
    readonly refusal: Extract<Refusal, { readonly code: Code }>;
  };
};

function of<Code extends RefusalCode>(
  by: SettledBy,
  refusal: Extract<Refusal, { readonly code: Code }>,
): { readonly by: SettledBy; readonly refusal: Extract<Refusal, { readonly code: Code }> } {
  return { by, refusal };
}

const LINE = 'Kolonial';

/** One of each refusal, and who can settle it. The compiler asks for a new one here. */
export const REFUSALS: RefusalExamples = {
  ...SALE_REASONS,
  'does-not-balance': of('source', {
    code: 'does-not-balance',
    taken: kr('1 000'),
    accounted: kr('991'),
    difference: kr('9'),
  }),
  'control-total-differs': of('source', {
    code: 'control-total-differs',
    total: 'gross',
    stated: kr('1 250'),
    summed: kr('1 000'),
    difference: kr('250'),
  }),
  'vat-rate-missing': of('source', { code: 'vat-rate-missing', line: LINE }),
  'vat-missing': of('source', { code: 'vat-missing', line: LINE, rate: 600 }),
  'vat-rate-not-in-force': of('source', {
    code: 'vat-rate-not-in-force',
    line: LINE,
    rate: 1400,
    date: day('2026-05-04'),
  }),
  'vat-differs': of('source', {
    code: 'vat-differs',
    line: LINE,
    rate: 2500,
    stated: kr('190'),
    expected: kr('200'),
    difference: kr('10'),
    tolerance: kr('1'),
  }),
  'vat-code-not-of-sale': of('source', {
    code: 'vat-code-not-of-sale',
    ...{ line: LINE, vatCode: '52', rate: 2500, date: day('2026-05-04') },
  }),
  'account-not-chosen': of('company', { code: 'account-not-chosen', role: 'paid-out', line: LINE }),
  'amount-column-unmapped': of('company', {
    code: 'amount-column-unmapped',
    column: 'Dricks',
    amount: '45,00',
    row: 7,
  }),
  'cash-difference-large': of('company', {
    code: 'cash-difference-large',
    difference: kr('612'),
    limit: kr('500'),
  }),
  'cash-difference-disagrees': of('source', {
    code: 'cash-difference-disagrees',
    stated: kr('5'),
    counted: kr('12'),
    difference: kr('7'),
  }),
  'cash-count-alone': of('source', { code: 'cash-count-alone', counted: kr('2 345') }),
  'empty-document': of('company', { code: 'empty-document' }),
  'voucher-does-not-balance': of('source', {
    code: 'voucher-does-not-balance',
    debit: kr('1 000'),
    credit: kr('990'),
    difference: kr('10'),
  }),
  'report-revised': of('company', {
    code: 'report-revised',
    bookedAs: 'K 17',
    before: kr('1 000'),
    after: kr('1 250'),
    difference: kr('250'),
  }),
  'invoice-revised': of('ledger', {
    code: 'invoice-revised',
    bookedAs: 'L 17',
    before: kr('1 000'),
    after: kr('1 250'),
    difference: kr('250'),
  }),
  'invoice-not-coded': of('company', {
    code: 'invoice-not-coded',
    supplier: 'Kedjegrossisten AB',
    id: '5599990032',
    lines: ['Hygien och städ'],
  }),
  'invoice-total-differs': of('source', {
    code: 'invoice-total-differs',
    total: 'gross',
    stated: kr('1 250'),
    summed: kr('1 000'),
    difference: kr('250'),
  }),
  'reverse-rate-not-chosen': of('company', {
    code: 'reverse-rate-not-chosen',
    supplier: 'Winzer GmbH',
    id: 'DE123456789',
    lines: ['Riesling'],
  }),
  'vat-category-not-booked': of('company', {
    code: 'vat-category-not-booked',
    category: 'AE',
    base: kr('10 000'),
  }),
  'currency-not-booked': of('company', {
    code: 'currency-not-booked',
    currency: 'EUR',
    books: 'SEK',
  }),
  'prepaid-not-booked': of('company', { code: 'prepaid-not-booked', prepaid: kr('1 000') }),
  'statement-does-not-balance': of('source', {
    code: 'statement-does-not-balance',
    account: 'SE4550000000058398257466',
    opening: kr('1 000'),
    moved: kr('250'),
    closing: kr('1 300'),
    difference: kr('50'),
  }),
  'statement-revised': of('ledger', {
    code: 'statement-revised',
    bookedAs: 'E 4, K 17',
    before: kr('1 000'),
    after: kr('1 250'),
    difference: kr('250'),
  }),
  'entry-not-coded': of('company', {
    code: 'entry-not-coded',
    account: 'SE4550000000058398257466',
    entries: [{ id: '3', code: 'AVI', text: 'Autogiro', amount: kr('-199') }],
  }),
  'invoice-not-open': of('ledger', {
    code: 'invoice-not-open',
    entry: '2',
    amount: kr('-39 565'),
    names: ['70045128813'],
    candidates: ['7004512881 Kedjegrossisten AB'],
  }),
  'payment-differs': of('company', {
    code: 'payment-differs',
    entry: '2',
    invoices: ['7004512881'],
    paid: kr('39 500'),
    open: kr('39 565'),
    difference: kr('-65'),
  }),
  'payment-account-unknown': of('ledger', { code: 'payment-account-unknown', account: '1940' }),
  'calendar-not-whole': of('source', {
    code: 'calendar-not-whole',
    quote: '24017-3',
    total: kr('212 500'),
    calendar: kr('212 478.75'),
    difference: kr('21.25'),
  }),
  'installation-unknown': of('company', {
    code: 'installation-unknown',
    quote: '24044-2',
  }),
  'quote-revised': of('source', {
    code: 'quote-revised',
    quote: '24017-3',
    bookedAs: 'Order 1, Order 2',
    before: kr('212 500'),
    after: kr('215 000'),
    difference: kr('2 500'),
  }),
  'quote-below-invoiced': of('source', {
    code: 'quote-below-invoiced',
    quote: '24017-3',
    invoiced: kr('42 500'),
    total: kr('25 000'),
    difference: kr('-17 500'),
  }),
  'quote-order-gone': of('ledger', {
    code: 'quote-order-gone',
    quote: '24017-3',
    order: 'Order 2',
  }),
  'quote-order-left': of('ledger', {
    code: 'quote-order-left',
    quote: '24017-3',
    order: 'Order 2',
    amount: kr('170 000'),
  }),
  'order-total-differs': of('source', {
    code: 'order-total-differs',
    total: 'lines',
    stated: kr('596.99'),
    summed: kr('496.99'),
    difference: kr('100'),
  }),
  'order-rounding-large': of('company', {
    code: 'order-rounding-large',
    rounding: kr('1.39'),
    limit: kr('1'),
  }),
  'vat-at-several-rates': of('source', {
    code: 'vat-at-several-rates',
    invoice: '30112',
    net: kr('1000'),
    vat: kr('200'),
    ways: [
      [
        { rate: 2500, net: kr('500'), vat: kr('125') },
        { rate: 1500, net: kr('500'), vat: kr('75') },
      ],
    ],
  }),
  'vat-not-proven': of('company', {
    code: 'vat-not-proven',
    order: '10482',
    vat: kr('123.07'),
    candidates: ['6 %, 25 % + 25 %'],
  }),
  'order-paid-otherwise': of('company', {
    code: 'order-paid-otherwise',
    order: '10482',
    total: kr('786'),
    toPay: kr('736'),
    difference: kr('50'),
  }),
  'refund-exceeds-order': of('source', {
    code: 'refund-exceeds-order',
    order: '1001',
    back: kr('150'),
    remaining: kr('100'),
    difference: kr('50'),
  }),
  'refund-vat-estimated': of('company', {
    code: 'refund-vat-estimated',
    order: '1001',
    back: kr('25'),
    remaining: kr('881.83'),
  }),
  'vat-not-charged': of('source', {
    code: 'vat-not-charged',
    country: 'DE',
    lines: ['Kaffe 500 g'],
    net: kr('100'),
  }),
  'order-not-invoiceable': of('company', {
    code: 'order-not-invoiceable',
    order: '1008',
    why: 'foreign-vat',
  }),
  'invoice-account-differs': of('ledger', {
    code: 'invoice-account-differs',
    role: 'vat.25',
    chosen: '2610',
    ledger: '2611',
  }),
  'invoice-rounded': of('ledger', {
    code: 'invoice-rounded',
    id: '17',
    stated: kr('199.90'),
    booked: kr('200'),
    difference: kr('-0.10'),
  }),
  'report-overlaps': of('company', { code: 'report-overlaps', other: 'Z-000413' }),
  'payout-total-differs': of('source', {
    code: 'payout-total-differs',
    payout: 'Klarna XISA93DJ',
    stated: kr('9 137.50'),
    summed: kr('9 637.50'),
    difference: kr('-500'),
  }),
  'payout-row-twice': of('company', {
    code: 'payout-row-twice',
    payout: 'Stripe po_2',
    row: 'txn_1',
    amount: kr('1 000'),
    other: 'payouts/stripe/po_1',
  }),
  'credit-differs': of('source', {
    code: 'credit-differs',
    store: '1234',
    day: day('2026-05-02'),
    register: '2',
    reported: kr('5 030'),
    receipts: kr('2 530'),
    difference: kr('2 500'),
  }),
  'receipt-twice': of('company', {
    code: 'receipt-twice',
    receipt: '2-51900',
    day: day('2026-05-02'),
    other: 'minbutik/1234/credit:2026-W18:10044',
  }),
  'invoice-twice': of('company', {
    code: 'invoice-twice',
    other: 'peppol/5599990016/5599990032:7004512881',
  }),
  'article-twice': of('company', {
    code: 'article-twice',
    number: 'LAMPA-1',
    other: 'woocommerce/shop.example.se/product:17',
  }),
  'article-rate-missing': of('company', {
    code: 'article-rate-missing',
    number: 'LAMPA-1',
    price: kr('199'),
  }),
  'shop-setting-changed': of('company', {
    code: 'shop-setting-changed',
    shop: 'woocommerce',
    setting: 'prices-with-vat',
    was: 'yes',
    now: 'no',
    day: day('2026-05-04'),
  }),
  'before-start-date': of('company', {
    code: 'before-start-date',
    date: day('2026-04-30'),
    start: day('2026-05-01'),
  }),
  'account-unknown': of('ledger', { code: 'account-unknown', account: '3047', role: 'sales.6' }),
  'account-inactive': of('ledger', { code: 'account-inactive', account: '3047', role: 'sales.6' }),
  'cost-centre-required': of('company', { code: 'cost-centre-required', account: '3001' }),
  'cost-centre-unknown': of('ledger', { code: 'cost-centre-unknown', costCentre: 'BUTIK' }),
  'project-required': of('company', { code: 'project-required', account: '3001' }),
  'project-unknown': of('ledger', { code: 'project-unknown', project: 'P7' }),
  'cost-centre-too-long': of('company', {
    code: 'cost-centre-too-long',
    costCentre: 'DIGITAL',
    longest: 6,
  }),
  'project-too-long': of('source', {
    code: 'project-too-long',
    project: 'P2026-017-VARKATALOG-1',
    longest: 20,
  }),
  'period-locked': of('ledger', {
    code: 'period-locked',
    date: day('2026-05-04'),
    lockedTo: day('2026-05-31'),
  }),
  'year-missing': of('ledger', { code: 'year-missing', date: day('2027-01-01') }),
  'series-unknown': of('ledger', { code: 'series-unknown', series: 'K' }),
  'series-not-manual': of('ledger', { code: 'series-not-manual', series: 'B' }),
  'found-twice': of('ledger', {
    code: 'found-twice',
    what: 'POST /3/vouchers',
    ids: ['K 17', 'K 18'],
  }),
  'read-back-differs': of('ledger', {
    code: 'read-back-differs',
    what: 'Konto 3001',
    id: 'K 17',
    sent: '-800.00',
    booked: '-80.00',
  }),
  'target-refused': of('ledger', {
    code: 'target-refused',
    system: 'Fortnox',
    said: 'Räkenskapsår finns inte upplagt.',
    theirCode: '2000761',
  }),
  'target-cannot': of('company', {
    code: 'target-cannot',
    system: 'Fortnox',
    what: 'öre på 28 siffror',
  }),
  'ledger-needs': of('ledger', {
    code: 'ledger-needs',
    system: 'Tripletex',
    need: 'customer',
    account: '1500',
    about: '',
  }),
  'kind-not-taken': of('company', { code: 'kind-not-taken', kind: 'customer' }),
  'attempts-exhausted': of('ledger', {
    code: 'attempts-exhausted',
    attempts: 20,
    last: 'Fortnox svarade inte',
  }),
  'our-error': of('hub', { code: 'our-error', message: 'Fortnox: ogiltigt fält.' }),
};

const FIELD = { field: 'moms' };

/** One of each problem with bytes. */
export const PROBLEMS: Readonly<Record<ProblemCode, Problem>> = {
  'file-empty': problem('file-empty', {}),
  'format-unknown': problem('format-unknown', { expected: 'CSV, XML, SIE 4' }),
  'not-text': problem('not-text', { found: 'ZIP' }),
  'header-missing': problem('header-missing', { expected: 'datum;butik;rapportnr' }),
  'column-missing': problem('column-missing', FIELD),
  'column-twice': problem('column-twice', { column: 'Belopp' }),
  'quote-open': problem('quote-open', {}),
  'record-too-long': problem('record-too-long', { limit: '65536' }),
  'too-few-fields': problem('too-few-fields', { found: '7', expected: '12' }),
  'too-many-fields': problem('too-many-fields', { found: '13', expected: '12' }),
  'field-empty': problem('field-empty', FIELD),
  'not-a-number': problem('not-a-number', { ...FIELD, found: '12,5,0' }),
  'not-a-date': problem('not-a-date', { field: 'datum', found: '2026-02-30' }),
  'not-a-rate': problem('not-a-rate', { ...FIELD, found: 'hög' }),
  'unknown-value': problem('unknown-value', { field: 'post', found: 'Q', expected: 'S, T, A' }),
  'identity-differs': problem('identity-differs', {
    field: 'butik',
    found: '1235',
    expected: '1234',
  }),
  'rule-broken': problem('rule-broken', {
    rule: 'BR-CO-10',
    found: '1656.25 SEK',
    expected: '1656.00 SEK',
    difference: '0.25',
  }),
  markup: problem('markup', { found: 'unclosed tag: rad' }),
  'file-truncated': problem('file-truncated', { found: 'slutsumma saknas' }),
  'checksum-differs': problem('checksum-differs', { found: '1a2b', expected: '3c4d' }),
  'over-limit': problem('over-limit', { what: 'kolumner', limit: '200' }),
  'too-many-problems': problem('too-many-problems', { more: '81' }),
  'profile-invalid': problem('profile-invalid', { path: 'columns.moms', found: 'saknas' }),
};

function problem(code: ProblemCode, facts: Readonly<Record<string, string>>): Problem {
  return { code, line: 14, column: null, facts };
}

/** One of each notice. */
export const NOTICES: {
  readonly [Code in Notice['code']]: Extract<Notice, { readonly code: Code }>;
} = {
  'food-at-other-rate': {
    code: 'food-at-other-rate',
    line: 'Mejeri',
    rate: 1200,
    foodRate: 600,
  },
  'entries-pending': {
    code: 'entries-pending',
    account: 'SE4550000000058398257466',
    count: 2,
    total: kr('-1 250'),
  },
  'debits-left-out': {
    code: 'debits-left-out',
    account: 'SE4550000000058398257466',
    count: 3,
    total: kr('-4 500'),
  },
  'reverse-charge-computed': {
    code: 'reverse-charge-computed',
    rate: 2500,
    base: kr('1 000'),
    vat: kr('250'),
  },
  'attachment-left-out': { code: 'attachment-left-out', name: 'tidrapport.pdf', why: 'damaged' },
  'products-left': { code: 'products-left', products: ['LAMPA-1'] },
  'refund-not-told': { code: 'refund-not-told', order: '1001', refund: '61' },
  'payout-orders-unknown': {
    code: 'payout-orders-unknown',
    payout: 'Stripe po_1',
    count: 1,
    total: kr('1 000'),
    rows: ['ch_1'],
  },
  'invoiced-before-delivery': {
    code: 'invoiced-before-delivery',
    quote: '24017-3',
    parts: ['Forskudd ved bestilling'],
    total: kr('42 500'),
  },
  'invoiced-in-advance': {
    code: 'invoiced-in-advance',
    order: '24117',
    total: kr('4 612.50'),
  },
  'payout-rows-pending': {
    code: 'payout-rows-pending',
    account: 'stripe',
    count: 3,
    total: kr('2 400'),
  },
  'order-settled-otherwise': {
    code: 'order-settled-otherwise',
    order: '1001',
    claim: kr('1 000'),
    paid: kr('900'),
    difference: kr('100'),
  },
  'text-shortened': {
    code: 'text-shortened',
    from: 'Försäljning livsmedel 6 %',
    to: 'Försäljning livsm',
  },
  'customer-field-kept': {
    code: 'customer-field-kept',
    customer: '10044',
    fields: ['address', 'email'],
  },
  'invoice-not-sent': {
    code: 'invoice-not-sent',
    invoice: '1045',
    said: 'Bankuppgifter saknas',
  },
  'rounded-by-ledger': { code: 'rounded-by-ledger', invoice: '1045', amount: kr('0.50') },
  'terms-unknown': { code: 'terms-unknown', customer: '10044', terms: '45' },
  'report-number-gap': {
    code: 'report-number-gap',
    store: '1234',
    register: '7',
    after: 'Z-000411',
    before: 'Z-000415',
    missing: 3,
  },
};
