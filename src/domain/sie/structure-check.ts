import { cite } from './diagnostics.ts';
import type { SieReport } from './diagnostics.ts';
import type { SieLabel } from './labels.ts';
import { ENDS_IN_TEXT, GROUP_ORDER, forbiddenLabels, mandatoryLabels } from './labels.ts';
import type { SieLine } from './line.ts';
import type { SieObject, SieType } from './model.ts';
import { KEY_LENGTH_MAX, ownText } from './own-text.ts';

/** Labels outside the standard that are counted. Real files have one or two. */
const FOREIGN_LABELS_MAX = 100;

/** Objects of balances and rows that are looked up. Large groups have thousands of customers. */
const OBJECTS_MAX = 20_000;

/** Dimensions 1–19 need no `#DIM`: the standard gives them their meaning. */
const RESERVED_DIMENSIONS = Array.from({ length: 19 }, (_, at) => String(at + 1));

/** Checks which records a file has, how often and in what order. Holds a count per label. */
export class SieStructureCheck {
  readonly #report: SieReport;
  readonly #counts = new Map<string, number>();
  readonly #firstLines = new Map<string, number>();
  readonly #remarked = new Set<string>();
  readonly #dimensions = new Set<string>(RESERVED_DIMENSIONS);
  /** Dimensions that have at least one `#OBJEKT`. */
  readonly #listed = new Set<string>();
  readonly #objects = new Set<string>();
  readonly #missing = new Set<string>();
  #group = 0;
  #foreignLabels = 0;
  #knownRecords = 0;

  constructor(report: SieReport) {
    this.#report = report;
  }

  /** How many records of each label there are. */
  get counts(): ReadonlyMap<string, number> {
    return this.#counts;
  }

  /** Records with a label of the standard. */
  get knownRecords(): number {
    return this.#knownRecords;
  }

  count(label: string): number {
    return this.#counts.get(label) ?? 0;
  }

  /** Notes a record of the standard. */
  addKnown(label: SieLabel, at: number): void {
    const { name } = label;
    this.#knownRecords += 1;
    const before = this.#counts.get(name) ?? 0;
    this.#counts.set(name, before + 1);
    const rank = GROUP_ORDER[label.group];
    if (before > 0 && rank === this.#group && !label.once) return;
    if (before === 0) this.#firstLines.set(name, at);
    else if (label.once) this.#report(at, 'duplicate-record', `${name} stands twice`);
    if (rank >= this.#group) this.#group = rank;
    else if (rank >= 0) this.#remarkOnce(at, 'record-order', name);
  }

  /** Notes a label that the standard does not have. */
  addForeign(text: string, at: number): void {
    const label = text.slice(0, KEY_LENGTH_MAX);
    const before = this.#counts.get(label);
    if (before !== undefined) this.#counts.set(label, before + 1);
    else if (this.#foreignLabels < FOREIGN_LABELS_MAX) {
      this.#foreignLabels += 1;
      this.#counts.set(ownText(label), 1);
      this.#report(at, 'unknown-label', `${cite(label)} is not in the standard`);
    }
  }

  /** Says once per label that it is not written in upper case. */
  addCase(name: string, at: number): void {
    this.#remarkOnce(at, 'label-case', name);
  }

  /** Whether the record has the fields that the standard gives it. */
  checkFields(label: SieLabel, line: SieLine, at: number): void {
    const { name } = label;
    const count = line.fields.length;
    const isEmpty = label.once && line.list === null && line.fields.every((field) => field === '');
    if (count > label.fieldsMax) {
      const isText = ENDS_IN_TEXT.has(name) && line.quoted >>> (label.fieldsMax - 1) === 0;
      this.#remarkOnce(at, isText ? 'unquoted-text' : 'extra-fields', name);
    }
    if (label.group === 'books' || name === '#KSUMMA' || name === '#FNAMN') return;
    if (count < label.fieldsMin || isEmpty) {
      const message = `${name} has ${isEmpty ? 0 : count} of its ${label.fieldsMin} fields`;
      this.#report(at, 'missing-field', message);
    }
  }

  declareDimension(number: string): void {
    const isKept = this.#dimensions.size < OBJECTS_MAX && number.length <= KEY_LENGTH_MAX;
    if (isKept) this.#dimensions.add(ownText(number));
  }

  declareObject(object: SieObject): void {
    const key = keyOf(object);
    if (this.#objects.size >= OBJECTS_MAX || key.length > KEY_LENGTH_MAX) return;
    this.#objects.add(ownText(key));
    this.#listed.add(ownText(object.dimension));
  }

  /** Says once per dimension and object that it is used but not declared. */
  useObjects(objects: readonly SieObject[], at: number): void {
    for (const object of objects) {
      const { dimension, code } = object;
      if (!this.#dimensions.has(dimension) && this.#dimensions.size < OBJECTS_MAX) {
        this.#remarkOnce(at, 'dimension-not-declared', dimension);
      }
      if (!this.#listed.has(dimension)) continue;
      const key = keyOf(object);
      const isFull = Math.max(this.#objects.size, this.#missing.size) >= OBJECTS_MAX;
      if (isFull || key.length > KEY_LENGTH_MAX || this.#objects.has(key) || this.#missing.has(key))
        continue;
      this.#missing.add(ownText(key));
      const message = `object ${cite(code)} of dimension ${cite(dimension)} has no #OBJEKT`;
      this.#report(at, 'object-not-declared', message);
    }
  }

  /** At the end of the file: what its type demands and what it forbids. */
  checkType(type: SieType, hasCompanyName: boolean): void {
    for (const name of mandatoryLabels(type)) {
      if (this.count(name) > 0 || name === '#FNAMN') continue;
      this.#report(0, 'missing-record', `a file of type ${type} must have ${name}`);
    }
    if (!hasCompanyName) this.#report(0, 'missing-company-name', '#FNAMN is missing or empty');
    for (const name of forbiddenLabels(type)) {
      const at = this.#firstLines.get(name);
      if (at === undefined) continue;
      this.#report(at, 'record-not-allowed', `a file of type ${type} must not have ${name}`);
    }
  }

  #remarkOnce(at: number, code: keyof typeof REMARKS, about: string): void {
    const key = `${code} ${about}`;
    const isFull = this.#remarked.size >= OBJECTS_MAX || key.length > KEY_LENGTH_MAX;
    if (isFull || this.#remarked.has(key)) return;
    this.#remarked.add(ownText(key));
    this.#report(at, code, REMARKS[code](about));
  }
}

const REMARKS = {
  'label-case': (name: string) => `the label ${name} is not in upper case`,
  'record-order': (name: string) => `${name} stands after records that belong below it`,
  'extra-fields': (name: string) => `${name} has more fields than the standard gives it`,
  'unquoted-text': (name: string) => `the text of ${name} has several words but no quotes`,
  'dimension-not-declared': (number: string) => `dimension ${cite(number)} has no #DIM`,
} as const;

/** A dimension number holds no blank that matters: it is a number, so this is unambiguous. */
function keyOf(object: SieObject): string {
  return `${object.dimension}\n${object.code}`;
}
