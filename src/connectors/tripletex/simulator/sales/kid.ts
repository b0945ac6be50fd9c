/** Digits of an invoice number before its check digit. */
const DIGITS = 7;

/**
 * The customer identification number that a payment quotes: the invoice number with a check digit
 * by the tens method (Luhn). Which digits Tripletex builds it of is the company's choice there.
 */
export function kidOf(invoiceNumber: number): string {
  const digits = String(invoiceNumber).padStart(DIGITS, '0');
  const sum = [...digits].toReversed().reduce((total, digit, index) => {
    const doubled = Number(digit) * (index % 2 === 0 ? 2 : 1);
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return `${digits}${(10 - (sum % 10)) % 10}`;
}
