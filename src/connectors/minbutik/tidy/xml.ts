import type { DayReportLine } from '../../../domain/document/day-report.ts';
import type { Problem } from '../../../ports/source.ts';
import { byField, type RowPlace } from '../csv/header.ts';
import { REPORT_ROWS_MAX } from '../limits.ts';
import { problemAt } from '../../../ports/problem.ts';
import type { Draft } from '../report/draft.ts';
import { isLineKind, RECORDS_OF_KIND } from '../report/line.ts';
import type { Found } from '../report/settle.ts';
import type { Terms } from '../terms.ts';
import { writeTag } from '../xml/escape.ts';
import { readXmlRecords, type XmlNode } from '../xml/records.ts';
import { TIDY_FIELDS, type TidyCells, type TidyField } from './fields.ts';
import { TidyRowReader } from './row-reader.ts';

/** The namespace of the tidy day report in XML, version 1. */
export const TIDY_NAMESPACE = 'urn:hub:dayreport:1';

const IGNORED_TOLD = 20;

/**
 * Reads the XML twin of the tidy day report: `report` elements that hold `line` elements.
 *
 * A report's own fields are those of the header record; a line has the report's identity. Every
 * field may be an attribute or a child element.
 */
export async function* readTidyXml(
  pieces: AsyncIterable<string>,
  terms: Terms,
): AsyncGenerator<Found> {
  const reader = new ReportReader(terms);
  const shape = { namespace: TIDY_NAMESPACE, records: ['report'] };
  let reports = 0;
  for await (const item of readXmlRecords(pieces, shape)) {
    if (item.kind === 'broken') return yield { kind: 'rejected', problems: [item.problem] };
    reports += 1;
    yield { kind: 'draft', draft: reader.read(item.node) };
  }
  if (reports === 0) {
    const problem = problemAt('file-empty', null, { expected: '<report>' });
    return yield { kind: 'rejected', problems: [problem] };
  }
  const ignored = [...reader.ignored];
  if (ignored.length > 0) yield { kind: 'remark', facts: { ignoredColumns: ignored.join(', ') } };
}

/** The fields of an element, and what was wrong with them. */
type Fields = {
  readonly texts: ReadonlyMap<string, string>;
  readonly problems: readonly Problem[];
};

class ReportReader {
  /** Fields that the format does not know, the first of them. */
  readonly ignored = new Set<string>();
  readonly #rows: TidyRowReader;

  constructor(terms: Terms) {
    this.#rows = new TidyRowReader(terms);
  }

  read(report: XmlNode): Draft {
    const place = placeOf(report);
    const own = this.#fieldsOf(report);
    const head = cellsOf(own.texts, { record: 'H', kind: 'day_report' });
    const identity = this.#rows.identify(head);
    const content = this.#rows.read(head, place, own.problems);
    const problems = [...content.problems];
    const lines: DayReportLine[] = [];
    const nodes = linesIn(report);
    for (const child of report.children) this.#noteUnread(child);
    const written: string[] = [];
    for (const node of nodes.slice(0, REPORT_ROWS_MAX)) {
      const fields = this.#fieldsOf(node);
      const row = this.#readLine(node, { fields, head });
      problems.push(...row.problems);
      if (row.line !== null) lines.push(row.line);
      written.push(`    ${writeTag('line', fields.texts)}/>`);
    }
    if (nodes.length > REPORT_ROWS_MAX) {
      const facts = { what: 'rows of a report', limit: String(REPORT_ROWS_MAX) };
      problems.push(problemAt('over-limit', report.place, facts));
    }
    return {
      identity,
      head: content.head,
      lines,
      problems,
      doubts: [],
      extract: writeReport(own.texts, written),
      mediaType: 'application/xml',
      firstLine: report.place.line,
      lastLine: (nodes.at(-1) ?? report).place.line,
    };
  }

  #readLine(
    node: XmlNode,
    { fields, head }: { readonly fields: Fields; readonly head: TidyCells },
  ): ReturnType<TidyRowReader['read']> {
    const kind = fields.texts.get('kind')?.trim().toLowerCase() ?? '';
    const record = isLineKind(kind) ? RECORDS_OF_KIND[kind].slice(0, 1) : '';
    const { store_no, business_date, register, report_no } = head;
    const cells = {
      ...cellsOf(fields.texts, { record }),
      store_no,
      business_date,
      register,
      report_no,
    };
    const problems = [...fields.problems];
    if (cells.record.trim().toUpperCase() === 'H') {
      problems.push(problemAt('unknown-value', node.place, { field: 'record', found: 'H' }));
    }
    return this.#rows.read(cells, placeOf(node), problems);
  }

  /** Fields by name, out of attributes and child elements that hold no others. */
  #fieldsOf(node: XmlNode): Fields {
    const texts = new Map<string, string>();
    const problems: Problem[] = [];
    const leaves = node.children.filter((child) => isLeaf(child));
    const given = [...node.attributes, ...leaves.map(({ name, text }) => [name, text] as const)];
    for (const [name, text] of given) {
      if (texts.has(name)) problems.push(problemAt('column-twice', node.place, { field: name }));
      texts.set(name, text);
      if (!KNOWN.has(name)) this.#ignore(name);
    }
    return { texts, problems };
  }

  /** An element that holds others, none of them a line, is nothing this format knows. */
  #noteUnread(node: XmlNode): void {
    const isKnown = node.name === 'line' || isLeaf(node) || linesIn(node).length > 0;
    if (!isKnown) this.#ignore(node.name);
  }

  #ignore(name: string): void {
    if (this.ignored.size < IGNORED_TOLD) this.ignored.add(name);
  }
}

const KNOWN: ReadonlySet<string> = new Set(TIDY_FIELDS);

function isLeaf({ name, children }: XmlNode): boolean {
  return name !== 'line' && children.length === 0;
}

/** The lines of a report, also inside elements that only hold them together. */
function linesIn(node: XmlNode): readonly XmlNode[] {
  return node.children.flatMap((child) => (child.name === 'line' ? [child] : linesIn(child)));
}

function cellsOf(
  texts: ReadonlyMap<string, string>,
  defaults: Partial<Record<TidyField, string>>,
): TidyCells {
  return byField(TIDY_FIELDS, (field) => texts.get(field) || (defaults[field] ?? ''));
}

/** Attributes have no place of their own that the parser tells: the element's is given. */
function placeOf({ place }: XmlNode): RowPlace<TidyField> {
  return { line: place.line, columnOf: () => place.column };
}

/** The report alone, as a file of this format. */
function writeReport(fields: ReadonlyMap<string, string>, lines: readonly string[]): Uint8Array {
  const text = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<dayreports xmlns="${TIDY_NAMESPACE}">`,
    `  ${writeTag('report', fields)}>`,
    ...lines,
    '  </report>',
    '</dayreports>',
    '',
  ].join('\n');
  return Buffer.from(text, 'utf8');
}
