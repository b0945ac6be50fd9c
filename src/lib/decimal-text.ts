/** How a system writes a number: the mark before its fraction, and those between thousands. */
export type DecimalStyle = {
  /** `either` takes a comma or a point, whichever stands last. */
  readonly decimal: ',' | '.' | 'either';
  readonly thousands: readonly string[];
};

const SPACES = /[\s\u00a0\u2007\u2009\u202f]/g;
const DIGITS_MAX = 18;

/**
 * Reads a number as people and tills write it (`1 234,50`, `−12,5`, `125,00-`, `+7`) into plain
 * decimal text (`1234.50`), without ever passing through a float.
 *
 * @returns null when the text is not one number in that style. Empty text is not a number.
 */
export function readDecimal(text: string, style: DecimalStyle): string | null {
  let rest = text.replace(SPACES, '').replace(/[\u2212\u2013]/g, '-');
  let sign = '';
  if (rest.endsWith('-')) rest = `-${rest.slice(0, -1)}`;
  if (rest.startsWith('-') || rest.startsWith('+')) {
    sign = rest.startsWith('-') ? '-' : '';
    rest = rest.slice(1);
  }
  const mark = style.decimal === 'either' ? lastMark(rest) : style.decimal;
  const at = mark === null ? -1 : rest.lastIndexOf(mark);
  const whole = withoutThousands(at < 0 ? rest : rest.slice(0, at), style, mark);
  const fraction = at < 0 ? '' : rest.slice(at + 1);
  if (whole === null || !/^\d*$/.test(fraction) || (at >= 0 && fraction === '')) return null;
  if (whole === '' && fraction === '') return null;
  if (whole.length + fraction.length > DIGITS_MAX) return null;
  return `${sign}${whole === '' ? '0' : whole}${fraction === '' ? '' : `.${fraction}`}`;
}

function lastMark(text: string): ',' | '.' | null {
  const at = Math.max(text.lastIndexOf(','), text.lastIndexOf('.'));
  if (at < 0) return null;
  return text[at] === ',' ? ',' : '.';
}

/** Thousands marks stand before groups of three, or a wrong decimal mark would pass for one. */
function withoutThousands(whole: string, style: DecimalStyle, mark: string | null): string | null {
  if (/^\d*$/.test(whole)) return whole;
  for (const separator of style.thousands) {
    if (separator === mark || separator.trim() === '') continue;
    const groups = whole.split(separator);
    const [first = '', ...others] = groups;
    if (others.length === 0) continue;
    const plain = groups.every((group) => /^\d+$/.test(group));
    if (plain && first.length <= 3 && others.every((g) => g.length === 3)) return groups.join('');
  }
  return null;
}
