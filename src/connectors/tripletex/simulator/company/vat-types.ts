/** A VAT code. Its id is its number, as was seen for those that were seen: 0, 1, 3 and 6. */
export type VatCode = {
  readonly number: number;
  readonly name: string;
  readonly percentage: number;
  readonly direction: 'outgoing' | 'incoming' | 'none';
  /** Where its VAT is posted; null when it has none. */
  readonly account: number | null;
  /** Where sales with it are posted when nothing else is said; null for those that are no sales. */
  readonly salesAccount: number | null;
};

/**
 * The Norwegian codes by their standard numbers, which are those of SAF-T. Names that were seen
 * are those of 0 and 1; the others follow them. Import, reverse charge on purchases (20 to 22, 81
 * to 92) and partial deduction are not kept.
 */
export const VAT_CODES: readonly VatCode[] = [
  code(0, 'Ingen avgiftsbehandling', 0, 'none'),
  code(1, 'Fradrag inngående avgift, høy sats', 25, 'incoming', 2710),
  code(11, 'Fradrag inngående avgift, middels sats', 15, 'incoming', 2711),
  code(12, 'Fradrag inngående avgift, råfisk', 11.11, 'incoming', 2712),
  code(13, 'Fradrag inngående avgift, lav sats', 12, 'incoming', 2713),
  code(3, 'Utgående avgift, høy sats', 25, 'outgoing', 2700, 3000),
  code(31, 'Utgående avgift, middels sats', 15, 'outgoing', 2701, 3030),
  code(32, 'Utgående avgift, råfisk', 11.11, 'outgoing', 2702, 3040),
  code(33, 'Utgående avgift, lav sats', 12, 'outgoing', 2703, 3050),
  code(5, 'Ingen utgående avgift (innenfor mva-loven)', 0, 'outgoing', null, 3100),
  code(51, 'Avgiftsfri innlands omsetning med omvendt avgiftsplikt', 0, 'outgoing', null, 3005),
  code(52, 'Avgiftsfri utførsel av varer og tjenester', 0, 'outgoing', null, 3105),
  code(6, 'Ingen utgående avgift (utenfor mva-loven)', 0, 'outgoing', null, 3200),
  code(7, 'Ingen avgiftsbehandling (inntekter)', 0, 'outgoing', null, 3200),
];

function code(
  ...[number, name, percentage, direction, account = null, salesAccount = null]: readonly [
    number,
    string,
    number,
    VatCode['direction'],
    (number | null)?,
    (number | null)?,
  ]
): VatCode {
  return { number, name, percentage, direction, account, salesAccount };
}

const BY_NUMBER = new Map(VAT_CODES.map((one) => [one.number, one]));

/** @returns null for an id that is no code */
export function vatCode(id: number | null): VatCode | null {
  return id === null ? null : (BY_NUMBER.get(id) ?? null);
}

export const NO_VAT = 0;

/** The only outgoing code of a company that is not registered for VAT. */
export const OUTSIDE_THE_ACT = 6;

/** The codes that can be used on sales. */
export function salesCodes(isRegistered: boolean): readonly VatCode[] {
  return VAT_CODES.filter(
    ({ direction, number }) =>
      direction === 'outgoing' && (isRegistered || number === OUTSIDE_THE_ACT),
  );
}
