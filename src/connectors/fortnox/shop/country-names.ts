/**
 * Names of countries as Fortnox takes them on documents: English, Sweden alone in Swedish. Those
 * whose English name is disputed or written in several ways are left out, for Fortnox refuses the
 * whole document for a name that it does not know; the customer's card has the code.
 */
const NAMES: Readonly<Record<string, string>> = {
  AT: 'Austria',
  AU: 'Australia',
  BE: 'Belgium',
  BG: 'Bulgaria',
  CA: 'Canada',
  CH: 'Switzerland',
  CY: 'Cyprus',
  DE: 'Germany',
  DK: 'Denmark',
  EE: 'Estonia',
  ES: 'Spain',
  FI: 'Finland',
  FR: 'France',
  GR: 'Greece',
  HR: 'Croatia',
  HU: 'Hungary',
  IE: 'Ireland',
  IS: 'Iceland',
  IT: 'Italy',
  JP: 'Japan',
  LT: 'Lithuania',
  LU: 'Luxembourg',
  LV: 'Latvia',
  MT: 'Malta',
  NL: 'Netherlands',
  NO: 'Norway',
  PL: 'Poland',
  PT: 'Portugal',
  RO: 'Romania',
  SE: 'Sverige',
  SI: 'Slovenia',
  SK: 'Slovakia',
  US: 'United States',
};

/** @returns null for a country that is better left out */
export function countryName(code: string): string | null {
  return NAMES[code] ?? null;
}
