/** Currencies as `data/currencies` lists them; those that Nordic shops sell in. */
export const CURRENCIES: readonly {
  readonly code: string;
  readonly name: string;
  /** As HTML, the way the list of currencies has it. */
  readonly symbol: string;
}[] = [
  { code: 'CHF', name: 'Swiss franc', symbol: '&#67;&#72;&#70;' },
  { code: 'DKK', name: 'Danish krone', symbol: 'kr.' },
  { code: 'EUR', name: 'Euro', symbol: '&euro;' },
  { code: 'GBP', name: 'Pound sterling', symbol: '&pound;' },
  { code: 'ISK', name: 'Icelandic kr&oacute;na', symbol: 'kr.' },
  { code: 'NOK', name: 'Norwegian krone', symbol: '&#107;&#114;' },
  { code: 'PLN', name: 'Polish z&#x142;oty', symbol: '&#122;&#322;' },
  { code: 'SEK', name: 'Swedish krona', symbol: '&#107;&#114;' },
  { code: 'USD', name: 'United States (US) dollar', symbol: '&#36;' },
];

const PLAIN: Readonly<Record<string, string>> = {
  CHF: 'CHF',
  DKK: 'kr.',
  EUR: '€',
  GBP: '£',
  ISK: 'kr.',
  NOK: 'kr',
  PLN: 'zł',
  SEK: 'kr',
  USD: '$',
};

/** As orders show it: no longer HTML. */
export function symbolOf(code: string): string {
  return PLAIN[code] ?? code;
}
