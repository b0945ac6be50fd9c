/**
 * The payment reference Fortnox gives an invoice: its number, one digit that says how long the
 * reference is (modulo 10), and a Luhn check digit. Invoice 203 gets 20354.
 */
export function ocrOf(documentNumber: string): string {
  const withLength = documentNumber + String((documentNumber.length + 2) % 10);
  return withLength + luhnDigit(withLength);
}

/** The digit that makes `digits` followed by it pass the Luhn check. */
function luhnDigit(digits: string): string {
  let total = 0;
  for (const [fromRight, digit] of [...digits].reverse().entries()) {
    const weighted = Number(digit) * (fromRight % 2 === 0 ? 2 : 1);
    total += weighted > 9 ? weighted - 9 : weighted;
  }
  return String((10 - (total % 10)) % 10);
}

export function passesLuhn(digits: string): boolean {
  return /^\d{2,}$/.test(digits) && luhnDigit(digits.slice(0, -1)) === digits.slice(-1);
}
