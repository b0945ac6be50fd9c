/** One account of a new company. */
export type ChartAccount = {
  readonly number: number;
  readonly name: string;
  readonly ledger?: 'CUSTOMER' | 'VENDOR';
  readonly vat?: number;
  readonly isLocked?: boolean;
  readonly isBank?: boolean;
};

/**
 * An excerpt of the Norwegian standard chart (NS 4102): the accounts that sales, purchases and a
 * till's day meet. A real company has some hundreds more.
 */
export const CHART: readonly ChartAccount[] = [
  { number: 1200, name: 'Maskiner og anlegg' },
  { number: 1460, name: 'Innkjøpte varer for videresalg' },
  { number: 1500, name: 'Kundefordringer', ledger: 'CUSTOMER' },
  { number: 1579, name: 'Andre kortsiktige fordringer' },
  { number: 1900, name: 'Kontanter' },
  { number: 1909, name: 'Kassedifferanse' },
  { number: 1920, name: 'Bankinnskudd', isBank: true },
  { number: 1921, name: 'Bankinnskudd, kort', isBank: true },
  { number: 2050, name: 'Annen egenkapital' },
  { number: 2400, name: 'Leverandørgjeld', ledger: 'VENDOR' },
  { number: 2700, name: 'Utgående merverdiavgift, høy sats', isLocked: true, vat: 0 },
  { number: 2701, name: 'Utgående merverdiavgift, middels sats', isLocked: true, vat: 0 },
  { number: 2702, name: 'Utgående merverdiavgift, råfisk', isLocked: true, vat: 0 },
  { number: 2703, name: 'Utgående merverdiavgift, lav sats', isLocked: true, vat: 0 },
  { number: 2710, name: 'Inngående merverdiavgift, høy sats', isLocked: true, vat: 0 },
  { number: 2711, name: 'Inngående merverdiavgift, middels sats', isLocked: true, vat: 0 },
  { number: 2712, name: 'Inngående merverdiavgift, råfisk', isLocked: true, vat: 0 },
  { number: 2713, name: 'Inngående merverdiavgift, lav sats', isLocked: true, vat: 0 },
  { number: 2740, name: 'Oppgjørskonto merverdiavgift' },
  { number: 2900, name: 'Forskudd fra kunder' },
  { number: 2965, name: 'Forskuddsbetalt inntekt' },
  { number: 3000, name: 'Salgsinntekt handelsvarer, avgiftspliktig, høy sats', vat: 3 },
  { number: 3005, name: 'Salgsinntekt, omvendt avgiftsplikt', vat: 51 },
  { number: 3020, name: 'Salgsinntekt tjenester, avgiftspliktig, høy sats', vat: 3 },
  { number: 3030, name: 'Salgsinntekt, avgiftspliktig, middels sats', vat: 31 },
  { number: 3040, name: 'Salgsinntekt, råfisk', vat: 32 },
  { number: 3050, name: 'Salgsinntekt, avgiftspliktig, lav sats', vat: 33 },
  { number: 3100, name: 'Salgsinntekt, avgiftsfri', vat: 5 },
  { number: 3105, name: 'Salgsinntekt, utførsel', vat: 52 },
  { number: 3125, name: 'Salgsinntekt tjenester, utførsel', vat: 52 },
  { number: 3200, name: 'Salgsinntekt, utenfor avgiftsområdet', vat: 6 },
  { number: 3900, name: 'Annen driftsrelatert inntekt' },
  { number: 4300, name: 'Innkjøp av varer for videresalg', vat: 1 },
  { number: 4330, name: 'Innkjøp av varer for videresalg, middels sats', vat: 11 },
  { number: 4360, name: 'Frakt, toll og spedisjon', vat: 1 },
  { number: 6300, name: 'Leie lokale', vat: 1 },
  { number: 6500, name: 'Verktøy, inventar og driftsmaterialer', vat: 1 },
  { number: 6540, name: 'Inventar', vat: 0 },
  { number: 6800, name: 'Kontorrekvisita', vat: 1 },
  { number: 7130, name: 'Bilgodtgjørelse oppgavepliktig', isLocked: true, vat: 0 },
  { number: 7740, name: 'Øresavrunding' },
  { number: 7770, name: 'Bank- og kortgebyrer' },
  { number: 7775, name: 'Kortprovisjon' },
  { number: 8060, name: 'Valutagevinst (agio)' },
  { number: 8160, name: 'Valutatap (disagio)' },
];

/** `type` of an account, which its first digit gives. */
export function accountType(number: number): string {
  const TYPES: Readonly<Record<string, string>> = {
    '1': 'ASSETS',
    '2': number < 2100 ? 'EQUITY' : 'LIABILITIES',
    '3': 'OPERATING_REVENUES',
    '8': number < 8100 ? 'INVESTMENT_INCOME' : 'COST_OF_CAPITAL',
  };
  return TYPES[String(number).charAt(0)] ?? 'OPERATING_EXPENSES';
}
