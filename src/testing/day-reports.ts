import { QUOTES } from '../engine/quote-choices.ts';
import { SALES_INVOICING } from '../engine/sales-invoicing-choices.ts';
import { day } from '../domain/date.ts';
import type { DayReport, DayReportLine } from '../domain/document/day-report.ts';
import { money, type Money } from '../domain/money.ts';
import type { FlowChoices } from '../domain/posting/choices.ts';
import type { Invoicing } from '../domain/posting/invoicing.ts';

/** Kronor and öre as they are written in a worked example: `kr('1 234.50')`. */
export function kr(text: string): Money {
  const [whole = '0', fraction = ''] = text.replaceAll(' ', '').split('.');
  return money(BigInt(whole + fraction.padEnd(2, '0')), 'SEK');
}

/**
 * A small day: 1 000 kr sold at 25 %; 600 by card, 400 in cash.
 *
 * Taken 1 000.00 = accounted for 600.00 + 400.00.
 */
export function dayReport(change: Partial<DayReport> = {}): DayReport {
  return {
    kind: 'day-report',
    ref: { system: 'minbutik', account: '1234', id: '2026-05-04:ALL:Z-000412' },
    storeNumber: '1234',
    businessDate: day('2026-05-04'),
    register: 'ALL',
    reportNumber: 'Z-000412',
    currency: 'SEK',
    lines: [sale('1 000', '200', 2500), tender('card', '600'), tender('cash', '400')],
    ...change,
  };
}

export function sale(gross: string, vat: string | null, rate: number | null): DayReportLine {
  const amounts = { gross: kr(gross), vat: vat === null ? null : kr(vat) };
  return { kind: 'sale', code: '50', label: 'Hygien', rate, ...amounts };
}

export function tender(
  means: Extract<DayReportLine, { kind: 'tender' }>['means'],
  gross: string,
): DayReportLine {
  return { kind: 'tender', code: means.toUpperCase(), label: means, means, gross: kr(gross) };
}

/** Any other line that is only an amount. */
export function line(
  kind:
    | 'gift-card-sold'
    | 'cash-rounding'
    | 'cash-count'
    | 'cash-difference'
    | 'paid-in'
    | 'paid-out'
    | 'bank-deposit'
    | 'info',
  gross: string,
): DayReportLine {
  return { kind, code: '', label: '', gross: kr(gross) };
}

/** A Swedish company that has chosen nothing: the standard chart answers. */
/** Choices about quotes as they are when nothing is said. */
export function quotes(): FlowChoices['quotes'] {
  return QUOTES.parse({});
}

export function choices(change: Partial<FlowChoices> = {}): FlowChoices {
  return {
    country: 'SE',
    language: 'sv',
    accounts: {},
    departments: {},
    invoiceClasses: {},
    bookedOnArrival: [],
    reverseChargeRates: {},
    payoutFees: {},
    cashDifferenceLimit: null,
    vatTolerance: kr('1'),
    series: null,
    saleDate: 'order',
    saleSchemes: {},
    singlePurposeCards: [],
    bookWhen: {},
    perVoucher: 'order',
    bookedElsewhere: 'leave',
    leaveOut: ['sub-orders', 'zero-total'],
    leaveOutVia: [],
    revisions: 'ask',
    lockedPeriod: 'ask',
    customerFields: ['name', 'address', 'email'],
    articles: 'off',
    products: { publish: false, which: 'all', only: [] },
    stock: { follows: false, keepBack: 0, only: [] },
    articleFields: ['name', 'ean', 'price'],
    priceList: 'A',
    listPrices: 'without-vat',
    news: 'note',
    newsStatus: {},
    invoicing: invoicing({}),
    quotes: quotes(),
    invoices: SALES_INVOICING.parse({}),
    lateAfterDays: 14,
    attachFile: false,
    ...change,
  };
}

/** Orders become vouchers, unless a test says otherwise. */
export function invoicing(change: Partial<Invoicing>): Invoicing {
  return {
    as: 'voucher',
    otherwise: 'ask',
    customers: 'email',
    customerNumber: '',
    customerCards: { name: 'never', orgNumber: 'never', address: 'never', email: 'never' },
    articles: 'sku',
    articleNumber: '',
    cashInvoices: true,
    revised: 'hold',
    ourReference: '',
    costCentre: '',
    project: '',
    methods: {},
    ...change,
  };
}
