/**
 * Accounts that Fortnox books on by itself, by name. The names are Fortnox's; the numbers are
 * ordinary BAS accounts.
 */
export const PREDEFINED_ACCOUNTS: Readonly<Record<string, number>> = {
  BG: 1930,
  PG: 1920,
  CASH: 1910,
  CASHBYCARD: 1580,
  AG: 1930,
  PURCASE: 4000,
  SUPDEBT: 2440,
  SUPADMFEE: 6590,
  SUPFREIGHT: 5710,
  CASHDISCOUNTIN: 3740,
  SALES_25_SE: 3001,
  SALES_25_SE2: 3001,
  SALES_12_SE: 3002,
  SALES_12_SE2: 3002,
  SALES_6_SE: 3003,
  SALES_6_SE2: 3003,
  SALES_0_SE: 3004,
  SALES_0_SE2: 3004,
  SALES: 3001,
  SALES2: 3001,
  SALES_MP2: 3002,
  SALES_MP3: 3003,
  SALES_MP0: 3004,
  SALES_NOVAT: 3004,
  SALESCONSTR2: 3231,
  SALESEUREV: 3108,
  SALESEUREV2: 3308,
  SALESEUVAT: 3106,
  SALESEUVAT2: 3106,
  SALESEXPORT: 3105,
  SALESEXPORT2: 3305,
  CUSTCLAIM: 1510,
  ADMFEE: 3540,
  FREIGHT: 3520,
  CASHDISCOUNTOUT: 3731,
  DEMAND: 3590,
  INTEREST: 8313,
  ROUNDOFF: 3740,
  OUTVAT_MP1: 2611,
  OUTVAT_MP2: 2621,
  OUTVAT_MP3: 2631,
  OUTVAT_MP4: 2611,
  INVAT: 2641,
  PRODUCT_DEB: 2645,
  PRODUCT_CRE: 2614,
  SERVICE_DEB: 2645,
  SERVICE_CRE: 2614,
  CONSTRUCTION_DEB: 2647,
  CONSTRUCTION_CRE: 2614,
  ACCRSINVOICE: 1790,
  ACCRINVOICE: 2990,
  ACCRINCOME: 2990,
  ACCRCOST: 1790,
  CURRENCYWIN: 3960,
  CURRENCYLOSS: 7960,
};

/** The claim on the Tax Agency when an invoice has a tax reduction: BAS, not predefined. */
export const TAX_REDUCTION_CLAIM = 1513;

/**
 * Series that Fortnox books in by itself. There are 13 names, of which only `INVOICE` → B is
 * known; the others are chosen after the reference types of vouchers.
 */
export const PREDEFINED_SERIES: Readonly<Record<string, string>> = {
  ACCRUAL: 'A',
  ASSETS: 'A',
  CASHINVOICE: 'B',
  INVOICE: 'B',
  INVOICEPAYMENT: 'C',
  MANUAL: 'A',
  PAYROLLBOOKKEEP: 'L',
  RECEIPT: 'A',
  REMINDER: 'B',
  SUPPLIERINVOICE: 'D',
  SUPPLIERPAYMENT: 'E',
  TAXREDUCTION: 'B',
  VATREPORT: 'A',
};
