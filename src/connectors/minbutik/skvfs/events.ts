import { textOf } from '../xml/nodes.ts';
import type { XmlNode } from '../xml/records.ts';

/** Elements that are a receipt of something sold or taken back. */
const RECEIPTS: ReadonlySet<string> = new Set(['Kassakvitto', 'Returkvitto']);

/** Practice and copies: nothing was sold, also where they hold a whole receipt. */
const NOT_SOLD: ReadonlySet<string> = new Set(['Ovningskvitto', 'KopiaAvKassakvitto']);

const Z_REPORT = 'ZDagrapport';

/** Elements whose content is their own, wherever they stand. */
export const APART: ReadonlySet<string> = new Set([
  ...RECEIPTS,
  ...NOT_SOLD,
  Z_REPORT,
  'XDagrapport',
  'Handelse',
]);

/** The elements by which a journal is read, the outermost of them at a time. */
export const RECORDS: readonly string[] = ['InformationOmForetaget', ...APART];

/** A receipt or a Z report of a journal, with what stands around it. */
export type TillEvent = {
  readonly kind: 'sale' | 'return' | 'z-report';
  readonly node: XmlNode;
  readonly register: string;
  /** When it was registered, as it stands. */
  readonly time: string;
};

type Around = Pick<TillEvent, 'register' | 'time'>;

/** What counts in a record. Tills are known to write receipts inside each other. */
export function eventsIn(node: XmlNode, around: Around = NOTHING): readonly TillEvent[] {
  if (NOT_SOLD.has(node.name)) return [];
  const here = {
    register: textOf(node, 'Kassabeteckning') || around.register,
    time: timeIn(node) || around.time,
  };
  const inside = node.children.flatMap((child) => eventsIn(child, here));
  if (RECEIPTS.has(node.name)) {
    return [{ kind: node.name === 'Returkvitto' ? 'return' : 'sale', node, ...here }, ...inside];
  }
  return node.name === Z_REPORT ? [...inside, { kind: 'z-report', node, ...here }] : inside;
}

const NOTHING: Around = { register: '', time: '' };

function timeIn(node: XmlNode): string {
  const names = [
    'Registreringstidpunkt',
    'DatumOchKlockslagNarKvittoFramstalls',
    'DatumOchKlockslagNarRapportFramstalls',
  ];
  return names.map((name) => textOf(node, name)).find((text) => text !== '') ?? '';
}
