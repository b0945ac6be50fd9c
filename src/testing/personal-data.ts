const MONTH = '(?:0[1-9]|1[0-2])';
/** A day of the month; plus 60 for a coordination number. */
const DAY = '(?:0[1-9]|[12]\\d|3[01]|6[1-9]|[78]\\d|9[01])';
/** Digits of a personal number: year, month, day, four more. */
const PERSONAL_NUMBER = new RegExp(
  `(?<!\\d)(?:19|20)?(\\d{2}${MONTH}${DAY})[-+]?(\\d{4})(?!\\d)`,
  'g',
);
const EMAIL = /[\w.+-]+@([\w-]+\.)+\w{2,}/g;
/** Domains that belong to nobody (RFC 2606, RFC 6761). */
const NOBODYS = /@([\w-]+\.)*(example(\.(com|net|org|se|no))?|invalid|test|localhost)$/i;
/** Swedish mobile numbers; those of 070-174 06 05 to 99 are kept for fiction. */
const MOBILE = /(?<![\d.,])(?:\+46 ?|0)7[02369][- ]?\d{3}[- ]?\d{2}[- ]?\d{2}(?!\d)/g;
const FICTIONAL = /^070-?174 ?06 ?(0[5-9]|[1-9]\d)$/;

/**
 * What in a text looks like a real person's: numbers, addresses of e-mail, mobile numbers.
 *
 * Personal numbers are told from other numbers by their check digit.
 */
export function findPersonalData(text: string): readonly string[] {
  return [
    ...[...text.matchAll(PERSONAL_NUMBER)]
      .filter(([, date = '', last = '']) => passesLuhn(date + last))
      .map(([found]) => found),
    ...[...text.matchAll(EMAIL)].map(([found]) => found).filter((one) => !NOBODYS.test(one)),
    ...[...text.matchAll(MOBILE)].map(([found]) => found).filter((one) => !FICTIONAL.test(one)),
  ];
}

function passesLuhn(digits: string): boolean {
  const sum = [...digits].reduce((total, digit, at) => {
    const weighted = Number(digit) * (at % 2 === 0 ? 2 : 1);
    return total + (weighted > 9 ? weighted - 9 : weighted);
  }, 0);
  return sum % 10 === 0;
}
