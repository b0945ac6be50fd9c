import { PIECE_BYTES } from '../../../lib/equal-pieces.ts';
import type { Problem } from '../../../ports/source.ts';
import { COLUMNS_MAX, WORKBOOK_BYTES_MAX, WORKBOOK_TEXTS_MAX } from '../limits.ts';
import { problemAt } from '../../../ports/problem.ts';
import { ownText } from '../text/kept-texts.ts';
import { decodeText } from '../text/decode.ts';
import { childOf, elementsIn } from '../xml/nodes.ts';
import { readXmlRecords, type XmlItem, type XmlNode } from '../xml/records.ts';
import { Archive, type Outcome } from './archive.ts';

/** A row of a sheet: its number, and the cells that are not empty by their column from 0. */
export type SheetRow = { readonly number: number; readonly cells: ReadonlyMap<number, SheetCell> };

/** A cell. A number is as the file has it, with a point. */
export type SheetCell = { readonly text: string; readonly isNumber: boolean };

type Sheet = { readonly name: string; readonly part: string };

/** An Excel workbook (Office Open XML): its sheets, and the texts that their cells share. */
export class Workbook {
  readonly #archive: Archive;
  readonly sheets: readonly Sheet[];
  readonly #texts: readonly string[];

  private constructor(archive: Archive, sheets: readonly Sheet[], texts: readonly string[]) {
    this.#archive = archive;
    this.sheets = sheets;
    this.#texts = texts;
  }

  static async open(chunks: AsyncIterable<Uint8Array>): Promise<Outcome<Workbook>> {
    const bytes = await gathered(chunks);
    if (bytes === null) return overLimit('bytes in a workbook', WORKBOOK_BYTES_MAX);
    const archive = Archive.open(bytes);
    if (archive.kind === 'broken') return archive;
    const sheets = await readSheets(archive.value);
    if (sheets.kind === 'broken') return sheets;
    const texts = await readTexts(archive.value);
    if (texts.kind === 'broken') return texts;
    return { kind: 'read', value: new Workbook(archive.value, sheets.value, texts.value) };
  }

  /** The sheet of a name; without a name the first. */
  find(name: string | undefined): Sheet | null {
    const isWanted = (sheet: Sheet): boolean => name === undefined || sheet.name === name;
    return this.sheets.find(isWanted) ?? null;
  }

  /** The rows of a sheet, one at a time. */
  async *rows({ part }: Sheet): AsyncGenerator<Outcome<SheetRow>> {
    let number = 0;
    for await (const item of recordsOf(this.#archive, part, ['row'])) {
      if (item.kind === 'broken') return yield item;
      const told = Number(attributeOf(item.node, 'r') || number + 1);
      const isNext = Number.isInteger(told) && told > number;
      const row = isNext ? this.#cellsOf(item.node) : null;
      if (row === null) return yield overLimit('columns, or rows in disorder', COLUMNS_MAX);
      number = told;
      yield { kind: 'read', value: { number, cells: row } };
    }
  }

  /** @returns null when a cell stands where none can */
  #cellsOf(row: XmlNode): ReadonlyMap<number, SheetCell> | null {
    const cells = new Map<number, SheetCell>();
    let column = -1;
    for (const node of row.children) {
      if (node.name !== 'c') continue;
      const place = attributeOf(node, 'r');
      column = place === '' ? column + 1 : columnOf(place);
      if (column < 0 || column >= COLUMNS_MAX) return null;
      const cell = this.#cellOf(node);
      if (cell.text !== '') cells.set(column, cell);
    }
    return cells;
  }

  #cellOf(node: XmlNode): SheetCell {
    const type = attributeOf(node, 't');
    const value = childOf(node, 'v')?.text ?? '';
    if (type === 's') return { text: this.#texts[Number(value)] ?? '#?', isNumber: false };
    if (type === 'inlineStr') return { text: textIn(childOf(node, 'is')), isNumber: false };
    return { text: value, isNumber: type === '' || type === 'n' };
  }
}

const RELATIONS = 'xl/_rels/workbook.xml.rels';

async function readSheets(archive: Archive): Promise<Outcome<readonly Sheet[]>> {
  const targets = new Map<string, string>();
  for await (const item of recordsOf(archive, RELATIONS, ['Relationship'])) {
    if (item.kind === 'broken') return item;
    const target = attributeOf(item.node, 'Target');
    const part = target.startsWith('/') ? target.slice(1) : `xl/${target}`;
    targets.set(attributeOf(item.node, 'Id'), part);
  }
  const sheets: Sheet[] = [];
  for await (const item of recordsOf(archive, 'xl/workbook.xml', ['sheet'])) {
    if (item.kind === 'broken') return item;
    const part = targets.get(attributeOf(item.node, 'id')) ?? '';
    const name = attributeOf(item.node, 'name');
    if (archive.has(part)) sheets.push({ name, part });
  }
  if (sheets.length > 0) return { kind: 'read', value: sheets };
  const facts = { found: 'zip', expected: 'xl/workbook.xml' };
  return { kind: 'broken', problem: problemAt('format-unknown', null, facts) };
}

async function readTexts(archive: Archive): Promise<Outcome<readonly string[]>> {
  const texts: string[] = [];
  for await (const item of recordsOf(archive, 'xl/sharedStrings.xml', ['si'])) {
    if (item.kind === 'broken') return item;
    if (texts.length >= WORKBOOK_TEXTS_MAX) return overLimit('texts', WORKBOOK_TEXTS_MAX);
    texts.push(textIn(item.node));
  }
  return { kind: 'read', value: texts };
}

/** The records of a part. What is wrong with its markup has no place in the file itself. */
async function* recordsOf(
  archive: Archive,
  part: string,
  records: readonly string[],
): AsyncGenerator<XmlItem> {
  const read = archive.read(part);
  if (read.kind === 'broken') return yield read;
  if (read.value.length === 0) return;
  const text = decodeText(inPieces(read.value), 'utf-8');
  for await (const item of readXmlRecords(text, { namespace: null, records })) {
    if (item.kind === 'record') yield item;
    else yield { kind: 'broken', problem: { ...item.problem, line: null, column: null } };
  }
}

async function* inPieces(bytes: Buffer): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += PIECE_BYTES) yield bytes.subarray(at, at + PIECE_BYTES);
}

/** @returns null when they are too many */
async function gathered(chunks: AsyncIterable<Uint8Array>): Promise<Buffer | null> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    length += chunk.length;
    if (length > WORKBOOK_BYTES_MAX) return null;
    parts.push(chunk.slice());
  }
  return Buffer.concat(parts);
}

/** Phonetic readings beside a text are not part of it. */
const PHONETIC: ReadonlySet<string> = new Set(['rPh']);

function textIn(node: XmlNode | null): string {
  if (node === null) return '';
  return ownText(
    elementsIn(node, 't', PHONETIC)
      .map(({ text }) => text)
      .join(''),
  );
}

function attributeOf(node: XmlNode, name: string): string {
  return node.attributes.find(([key]) => key === name)?.[1] ?? '';
}

/** `C5` is column 2. @returns -1 when it is no cell */
function columnOf(place: string): number {
  const letters = /^([A-Z]{1,3})\d+$/.exec(place)?.[1] ?? '';
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}

function overLimit(
  what: string,
  max: number,
): { readonly kind: 'broken'; readonly problem: Problem } {
  return { kind: 'broken', problem: problemAt('over-limit', null, { what, limit: String(max) }) };
}
