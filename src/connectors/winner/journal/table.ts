import { parsePercent, type BasisPoints } from '../../../domain/vat/rates.ts';
import { DELIMITERS, isFault, splitFields, type CsvStyle } from '../../../lib/csv-fields.ts';
import { problemAt } from '../../../ports/problem.ts';
import type { Problem } from '../../../ports/source.ts';
import { PROFILES, type JournalKind, type JournalProfile } from './profiles.ts';

/** One of the journal's tables, by its header. */
export type Table = {
  readonly profile: JournalProfile;
  readonly kind: JournalKind;
  /** The header, as it stands in the file. */
  readonly head: string;
  readonly style: CsvStyle;
  /** Where each column of the profile stands. */
  readonly places: readonly number[];
  /** Of item lines: where their rate stands; -1: the export does not tell it. */
  readonly rateAt: number;
  /** Of headers: where net and VAT at one rate stand, where the export tells rates apart. */
  readonly rates: readonly RateColumns[];
  /** How many fields a row has. */
  readonly width: number;
};

/** -1: the file has no such column. */
type RateColumns = { readonly rate: BasisPoints; readonly net: number; readonly vat: number };

/** A row, its fields by their places in the profile. */
export type Row = {
  readonly fields: readonly string[];
  /** Net and VAT at each rate that the file has columns for. */
  readonly parts: readonly {
    readonly rate: BasisPoints;
    readonly net: string;
    readonly vat: string;
  }[];
  /** Of an item line: its rate, as it is written. Empty: nothing is said. */
  readonly rate: string;
  readonly line: number;
  readonly text: string;
};

/** Which of the files it is, in which language. @returns null for another file */
export function tableOf(head: string): Table | null {
  for (const delimiter of DELIMITERS) {
    const style = { delimiter, quote: '"' };
    const cut = splitFields(head, style);
    if (isFault(cut)) continue;
    const names = cut.map((name) => name.trim().toLowerCase());
    for (const profile of PROFILES) {
      for (const kind of ['headers', 'payments', 'calendars', 'lines'] as const) {
        const places = profile.columns[kind].map((name) => names.indexOf(name));
        const isKnown = !places.includes(-1) && new Set(names).size === names.length;
        if (!isKnown) continue;
        const rates = kind === 'headers' ? rateColumns(names, profile) : [];
        const rateAt = kind === 'lines' ? names.indexOf(profile.rate) : -1;
        return { profile, kind, head, style, places, rateAt, rates, width: names.length };
      }
    }
  }
  return null;
}

/** `netto 25 %` and `mva 25 %`, in the words that the language has for the whole invoice. */
function rateColumns(names: readonly string[], profile: JournalProfile): readonly RateColumns[] {
  const [net = '', vat = ''] = profile.columns.headers.slice(8);
  const at = (word: string): ReadonlyMap<BasisPoints, number> =>
    new Map(
      names.flatMap((name, i) => {
        const rate = name.startsWith(`${word} `) ? parsePercent(name.slice(word.length)) : null;
        return rate === null ? [] : [[rate, i] as const];
      }),
    );
  const [nets, vats] = [at(net), at(vat)];
  const rates = [...new Set([...nets.keys(), ...vats.keys()])].toSorted((a, b) => b - a);
  return rates.map((rate) => ({ rate, net: nets.get(rate) ?? -1, vat: vats.get(rate) ?? -1 }));
}

/** Whether a line may be the header of a further table: no row begins as one does. */
export function beginsAsHead(line: string): boolean {
  const first = /^\s*"?([^;,\t"]*)/.exec(line)?.[1] ?? '';
  return FIRST_NAMES.has(first.trim().toLowerCase());
}

const FIRST_NAMES: ReadonlySet<string> = new Set(
  PROFILES.flatMap(({ columns }) => Object.values(columns).flatMap((names) => names[0] ?? [])),
);

/** A row of a table, cut into its fields; or why it is none. */
export function rowOf(
  text: string,
  { style, width, places, rates, rateAt }: Table,
  line: number,
): Row | Problem {
  const place = { line, column: 1 };
  const cut = splitFields(text, style);
  if (isFault(cut)) return problemAt('quote-open', { ...place, column: cut.column });
  if (cut.length !== width) {
    const code = cut.length < width ? 'too-few-fields' : 'too-many-fields';
    return problemAt(code, place, { found: String(cut.length), expected: String(width) });
  }
  const at = (index: number): string => (cut[index] ?? '').trim();
  return {
    fields: places.map(at),
    parts: rates.map(({ rate, net, vat }) => ({ rate, net: at(net), vat: at(vat) })),
    rate: at(rateAt),
    ...{ line, text },
  };
}
