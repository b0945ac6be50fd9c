import type { SieType } from './model.ts';

/** Whether a file type must have a record (`●`), may have it (`○`) or must not (`–`). */
type SieRule = '●' | '○' | '–';

/** What the standard says about a label (4B §5.9 and §11; 4C keeps it). */
export type SieLabel = {
  /** In upper case, `#` included. */
  readonly name: string;
  /** Records stand in the order of their groups; inside a group the order is free. */
  readonly group: SieGroup;
  /** One rule for each of the types 1, 2, 3, 4I and 4E, in that order. */
  readonly rules: string;
  /** Fields that must be there, an object list counted as one. */
  readonly fieldsMin: number;
  readonly fieldsMax: number;
  /** Whether the record belongs once in a file. */
  readonly once: boolean;
};

/** Groups of records, in the order in which they stand in a file. */
type SieGroup = 'flag' | 'identity' | 'chart' | 'books' | 'anywhere';

/** `#FLAGGA` is first; the checksum records enclose whatever they sum. */
export const GROUP_ORDER: Readonly<Record<SieGroup, number>> = {
  flag: 0,
  identity: 1,
  chart: 2,
  books: 3,
  anywhere: -1,
};

const TYPE_ORDER: readonly SieType[] = ['1', '2', '3', '4I', '4E'];

/** Label, group, rules for 1 2 3 4I 4E, whether once, and how many fields there are to be. */
type Row = readonly [string, SieGroup, string, 'once' | 'many', number, number];

/** Every label of the standard. */
const ROWS: readonly Row[] = [
  ['#FLAGGA', 'flag', '●●●●●', 'once', 1, 1],
  ['#PROGRAM', 'identity', '●●●●●', 'once', 2, 2],
  ['#FORMAT', 'identity', '●●●●●', 'once', 1, 1],
  ['#GEN', 'identity', '●●●●●', 'once', 1, 2],
  ['#SIETYP', 'identity', '○●●●●', 'once', 1, 1],
  ['#PROSA', 'identity', '○○○○○', 'once', 1, 1],
  ['#FTYP', 'identity', '○○○○○', 'once', 1, 1],
  ['#FNR', 'identity', '○○○○○', 'once', 1, 1],
  ['#ORGNR', 'identity', '○○○○○', 'once', 1, 3],
  ['#BKOD', 'identity', '○○○–○', 'once', 1, 1],
  ['#ADRESS', 'identity', '○○○○○', 'once', 4, 4],
  ['#FNAMN', 'identity', '●●●●●', 'once', 1, 1],
  ['#RAR', 'identity', '●●●○●', 'many', 3, 3],
  ['#TAXAR', 'identity', '○○○○○', 'once', 1, 1],
  ['#OMFATTN', 'identity', '–●●–○', 'once', 1, 1],
  ['#KPTYP', 'identity', '○○○○○', 'once', 1, 1],
  ['#VALUTA', 'identity', '○○○○○', 'once', 1, 1],
  ['#KONTO', 'chart', '●●●○●', 'many', 2, 2],
  ['#KTYP', 'chart', '○○○○○', 'many', 2, 2],
  ['#ENHET', 'chart', '○○○○○', 'many', 2, 2],
  ['#SRU', 'chart', '●●○○○', 'many', 2, 2],
  ['#DIM', 'chart', '––●○○', 'many', 2, 2],
  ['#UNDERDIM', 'chart', '––●○○', 'many', 3, 3],
  ['#OBJEKT', 'chart', '––●○○', 'many', 3, 3],
  ['#IB', 'books', '●●●–●', 'many', 3, 4],
  ['#UB', 'books', '●●●–●', 'many', 3, 4],
  ['#RES', 'books', '●●●–●', 'many', 3, 4],
  ['#OIB', 'books', '––●–○', 'many', 4, 5],
  ['#OUB', 'books', '––●–○', 'many', 4, 5],
  ['#PSALDO', 'books', '–●●–○', 'many', 5, 6],
  ['#PBUDGET', 'books', '–●●–○', 'many', 5, 6],
  ['#VER', 'books', '–––○○', 'many', 3, 6],
  ['#TRANS', 'books', '–––○○', 'many', 3, 7],
  ['#RTRANS', 'books', '–––○○', 'many', 3, 7],
  ['#BTRANS', 'books', '–––○○', 'many', 3, 7],
  ['#KSUMMA', 'anywhere', '○○○○○', 'many', 0, 1],
];

const LABELS: ReadonlyMap<string, SieLabel> = new Map(
  ROWS.map(([name, group, rules, how, fieldsMin, fieldsMax]) => [
    name,
    { name, group, rules, fieldsMin, fieldsMax, once: how === 'once' },
  ]),
);

/**
 * Records whose last field is a text that writers forget to quote (`#FNAMN Övningsbolaget AB`).
 * What follows it are then its words and not further fields.
 */
export const ENDS_IN_TEXT: ReadonlySet<string> = new Set([
  '#PROSA',
  '#FNR',
  '#FNAMN',
  '#KPTYP',
  '#KONTO',
  '#DIM',
  '#OBJEKT',
]);

const NAME_LENGTH_MAX = Math.max(...ROWS.map(([name]) => name.length));

/**
 * Records that no file of a type that must have them can be without.
 *
 * The standard lets zero balances be left out, and a company without objects has none to tell of.
 * So of the records marked `●` only these show by their absence that a file is not complete.
 */
const NEVER_EMPTY: ReadonlySet<string> = new Set([
  '#FLAGGA',
  '#PROGRAM',
  '#FORMAT',
  '#GEN',
  '#SIETYP',
  '#FNAMN',
  '#RAR',
  '#OMFATTN',
  '#KONTO',
]);

/** @returns null for a label that is not in the standard. Any case. */
export function findLabel(label: string): SieLabel | null {
  const known = LABELS.get(label);
  if (known !== undefined || label.length > NAME_LENGTH_MAX) return known ?? null;
  return LABELS.get(label.toUpperCase()) ?? null;
}

function ruleFor(label: SieLabel, type: SieType): SieRule {
  const rule = label.rules[TYPE_ORDER.indexOf(type)];
  return rule === '●' || rule === '–' ? rule : '○';
}

/** Labels that a file of this type must have at least once. */
export function mandatoryLabels(type: SieType): readonly string[] {
  return [...LABELS.values()]
    .filter((label) => NEVER_EMPTY.has(label.name) && ruleFor(label, type) === '●')
    .map((label) => label.name);
}

/** Labels that a file of this type must not have. */
export function forbiddenLabels(type: SieType): readonly string[] {
  return [...LABELS.values()]
    .filter((label) => ruleFor(label, type) === '–')
    .map((label) => label.name);
}
