import { isRecord, type Fields } from './fields.ts';

/**
 * The input of an example, where that is a credit note of another: the lines of that one below
 * zero, with its rounding, on the day of the credit note. Every other input is as it is written.
 */
export function withCredited(input: Fields, cases: readonly Fields[]): Fields {
  if (input['type'] !== 'credit_note') return input;
  const credited = cases.find(({ id }) => id === input['credits'])?.['input'];
  if (!isRecord(credited)) return input;
  const { lines, date: original, ...rest } = credited;
  const { type, date } = input;
  const back = Array.isArray(lines) ? lines.filter(isRecord).map(belowZero) : [];
  return { ...rest, type, date, original: { date: original }, lines: back };
}

function belowZero(line: Fields): Fields {
  const amounts = ['net', 'gross'].flatMap((name) => {
    const amount = line[name];
    return amount === undefined ? [] : [[name, `-${String(amount)}`] as const];
  });
  return { ...line, ...Object.fromEntries(amounts) };
}
