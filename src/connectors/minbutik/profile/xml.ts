import type { Draft } from '../report/draft.ts';
import { problemAt } from '../../../ports/problem.ts';
import type { Found } from '../report/settle.ts';
import type { Terms } from '../terms.ts';
import { writeTag } from '../xml/escape.ts';
import { readXmlRecords, type XmlNode } from '../xml/records.ts';
import { checkDraft } from './checks.ts';
import { layOut, type Layout } from './layout.ts';
import type { Profile } from './schema.ts';
import { readWideRow } from './wide-row.ts';

/** Different sets of columns that the rows of one file have. A till writes two or three. */
const LAYOUTS_MAX = 1_000;

/**
 * Reads an XML file by a profile, a report in each row: the attributes and the child elements of
 * the row are its columns.
 */
export async function* readProfileXml(
  pieces: AsyncIterable<string>,
  profile: Profile,
  terms: Terms,
): AsyncGenerator<Found> {
  const record = profile.input.row ?? '';
  const rows = new XmlRows(profile, terms);
  let count = 0;
  for await (const item of readXmlRecords(pieces, { namespace: null, records: [record] })) {
    if (item.kind === 'broken') return yield { kind: 'rejected', problems: [item.problem] };
    count += 1;
    yield { kind: 'draft', draft: checkDraft(rows.read(item.node), profile, terms.currency) };
  }
  if (count > 0) return;
  const problem = problemAt('file-empty', null, { expected: `<${record}>` });
  yield { kind: 'rejected', problems: [problem] };
}

/** The columns of a row of XML. */
export function columnsOf(node: XmlNode): readonly (readonly [name: string, text: string])[] {
  const leaves = node.children.filter(({ children }) => children.length === 0);
  return [...node.attributes, ...leaves.map(({ name, text }) => [name, text] as const)];
}

class XmlRows {
  readonly #profile: Profile;
  readonly #terms: Terms;
  readonly #layouts = new Map<string, Layout | readonly string[]>();

  constructor(profile: Profile, terms: Terms) {
    this.#profile = profile;
    this.#terms = terms;
  }

  read(node: XmlNode): Draft {
    const columns = columnsOf(node);
    const layout = this.#layoutOf(columns.map(([name]) => name));
    const base = {
      extract: this.#write(columns),
      mediaType: 'application/xml',
      firstLine: node.place.line,
      lastLine: node.place.line,
    };
    if (!('profile' in layout)) return { ...unplaced(node, layout), ...base };
    const cells = columns.map(([, text]) => text);
    const { line, column } = node.place;
    const row = { cells, place: { line, columnOf: () => column } };
    const using = { layout, terms: this.#terms, rowInExtract: EXTRACT_ROW };
    const report = readWideRow(row, using);
    return { ...report, problems: [...layout.problems, ...report.problems], ...base };
  }

  #layoutOf(names: readonly string[]): Layout | readonly string[] {
    const key = names.join('\n');
    const known = this.#layouts.get(key);
    if (known !== undefined) return known;
    const outcome = layOut(this.#profile, names, 1);
    const layout = 'layout' in outcome ? outcome.layout : outcome.lacking;
    if (this.#layouts.size >= LAYOUTS_MAX) this.#layouts.clear();
    this.#layouts.set(key, layout);
    return layout;
  }

  #write(columns: readonly (readonly [name: string, text: string])[]): Uint8Array {
    const row = writeTag(this.#profile.input.row ?? '', columns);
    return Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>\n<rows>\n${row}/>\n</rows>\n`);
  }
}

/** The line of an extract that its row stands on. */
const EXTRACT_ROW = 3;

/** A row that lacks columns of its identity. */
function unplaced(
  { place }: XmlNode,
  lacking: readonly string[],
): Pick<Draft, 'identity' | 'head' | 'lines' | 'doubts' | 'problems'> {
  return {
    identity: {
      storeNumber: '',
      businessDate: '',
      register: '',
      reportNumber: '',
      broken: ['store_no', 'business_date', 'register', 'report_no'],
    },
    head: null,
    lines: [],
    doubts: [],
    problems: [problemAt('column-missing', place, { field: lacking.join(', ') })],
  };
}
