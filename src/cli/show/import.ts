import type { Language } from '../../domain/posting/words.ts';
import type { IntakeResult } from '../../engine/intake.ts';
import type { DeliveryView } from '../../store/deliveries.ts';
import type { UnreadableView } from '../../store/files.ts';
import { describeNotice } from '../../text/notices.ts';
import { describeProblem } from '../../text/problems.ts';
import { describeRefusal } from '../../text/refusals.ts';
import type { Paint } from '../paint.ts';
import { documentJson, nameDocument } from './documents.ts';
import { refusalJson } from './preview.ts';

/** What is told of one document: little, for a file may hold very many. */
export type ImportedDocument = Pick<DeliveryView, 'id' | 'state' | 'label' | 'refusals'> & {
  readonly name: string;
  readonly identity: unknown;
};

export function importedDocument(of: DeliveryView): ImportedDocument {
  const { id, state, label, refusals, document } = of;
  return {
    ...{ id, state, label, refusals },
    name: nameDocument(document),
    identity: documentJson(document),
  };
}

/** What an import came to. */
export type ImportReport = {
  readonly files: readonly { readonly file: string; readonly result: IntakeResult }[];
  readonly documents: readonly ImportedDocument[];
  readonly unreadable: readonly UnreadableView[];
  /** Why something still waits. */
  readonly says: string | null;
};

export function showImport(report: ImportReport, language: Language, with_: Paint): string {
  const held = report.documents.filter((d) => d.state === 'held');
  return [
    ...report.files.map(({ file, result }) => `${file}: ${fileText(result, language)}\n`),
    ...report.unreadable.flatMap((u) => [
      `${with_.bad('✗')} ${u.key}: unreadable\n`,
      ...u.problems.map((p) => `  – ${describeProblem(p, language)}\n`),
    ]),
    ...held.flatMap((d) => [
      `${with_.bad('✗')} ${d.id} ${d.name}: held\n`,
      ...d.refusals.map((r) => `  – ${describeRefusal(r, language)}\n`),
    ]),
    totals(report),
    report.says === null ? '' : `${with_.warn('!')} ${report.says}\n`,
    held.length === 0 ? '' : 'Settle what is held: bokbro held\n',
  ].join('');
}

export function importJson(report: ImportReport, language: Language): string {
  const { files, documents, unreadable, says } = report;
  const object = {
    files: files.map(({ file, result }) => ({ file, ...result })),
    documents: documents.map((d) => ({
      id: d.id,
      document: d.identity,
      state: d.state,
      booked: d.label,
      refusals: d.refusals.map((refusal) => refusalJson(refusal, language)),
    })),
    unreadable: unreadable.map((u) => ({
      file: u.fileName,
      id: u.key,
      problems: u.problems.map((p) => ({ ...p, message: describeProblem(p, language) })),
    })),
    says,
  };
  const plain = (_key: string, v: unknown): unknown => (typeof v === 'bigint' ? String(v) : v);
  return `${JSON.stringify(object, plain, 2)}\n`;
}

function fileText(result: IntakeResult, language: Language): string {
  switch (result.kind) {
    case 'seen':
      return 'the same file was taken in before; nothing is new';
    case 'rejected':
      return [
        'nothing is taken in.',
        ...result.problems.map((p) => describeProblem(p, language)),
      ].join(' ');
    case 'read': {
      const notices = result.notices.map((n) => `\n  ! ${describeNotice(n, language)}`);
      return (
        `${result.documents} new (${result.revisions} changed), ${result.seen} seen before, ` +
        `${result.unreadable} unreadable${notices.join('')}`
      );
    }
  }
}

function totals({ documents }: ImportReport): string {
  const count = (state: DeliveryView['state']): number =>
    documents.filter((d) => d.state === state).length;
  const labels = documents.filter((d) => d.state === 'done').flatMap((d) => d.label || []);
  const range = labels.length === 0 ? '' : ` (${labels[0]} … ${labels.at(-1)})`;
  const waiting = count('waiting') + count('sending') + count('in doubt');
  const review = count('review') === 0 ? '' : `, ${count('review')} to be approved: bokbro held`;
  const later = count('pending') + count('gathering') + count('gathered');
  const left = documents.filter((d) => d.state === 'skipped' && d.refusals.length > 0).length;
  const aside = later + left === 0 ? '' : `, ${later} waiting, ${left} left out: bokbro held`;
  const open = `${count('held')} held, ${waiting} on their way${review}${aside}`;
  return `${count('done')} booked${range}, ${open}\n`;
}
