import { mkdir, rename, writeFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { refKey } from '../domain/document/source-ref.ts';
import type { Language } from '../domain/posting/words.ts';
import type { Hub } from '../hub/hub.ts';
import { keepDoing, type KeptUp } from '../hub/keep-doing.ts';
import { asResult, isAtRest, type PushResult } from '../hub/push/take-push.ts';
import { present } from '../lib/assert.ts';
import { sha256 } from '../lib/json.ts';
import type { Problem } from '../ports/source.ts';
import { openDropResults, settleDropResult, type DropResult } from '../store/drop-results.ts';
import { pushedDeliveries, type PushedDelivery } from '../store/pushes.ts';
import { getCompanies } from '../store/registry.ts';
import { pushAnswer, type PushAnswer } from './push-answer.ts';

const EVERY_MS = 1_000;
/** Beside what was dropped. */
const FOLDER = 'results';
const ITEMS_MAX = 100_000;

/** One thing in a dropped file: a document, or what is no readable one. */
type Item = { readonly externalId: string } & (
  | { readonly documentKey: string }
  | { readonly problems: readonly Problem[] }
);

/**
 * Answers each dropped file with a file of results, in the form of what was dropped: for each thing
 * in it the number that the ledger has given, or why there is none. It is written when all of it is
 * done or waits for a person, and anew when a person has settled something.
 */
export function writeResults(hub: Hub): KeptUp {
  const read = new Map<string, readonly Item[]>();
  const failed = 'results of dropped files could not be written';
  return keepDoing(hub, { everyMs: EVERY_MS, failed }, async () => {
    const open = await openDropResults(hub.database.db);
    const ids = new Set(open.map(({ fileId }) => fileId));
    for (const id of read.keys()) if (!ids.has(id)) read.delete(id);
    for (const result of open) {
      try {
        await writeResult(hub, read, result);
      } catch (error) {
        const { folder, name } = result;
        hub.log.warn({ folder, name, error: String(error) }, 'a result could not be written yet');
      }
    }
  });
}

async function writeResult(
  hub: Hub,
  read: Map<string, readonly Item[]>,
  result: DropResult,
): Promise<void> {
  const { fileId, connectionId, companyId, folder, name } = result;
  // What is not read yet may be read in full, and its deliveries made, a moment later.
  if (result.state !== 'read' && result.state !== 'rejected') return;
  const items = read.get(fileId) ?? (await itemsOf(hub, result));
  read.set(fileId, items);
  const documentKeys = items.flatMap((one) => ('documentKey' in one ? [one.documentKey] : []));
  const { db } = hub.database;
  const deliveries = await pushedDeliveries(db, { connectionId, documentKeys });
  const all = [...deliveries.values()].flat();
  if (!all.every(isAtRest)) return;
  const [company] = await getCompanies(db, [companyId]);
  const { language } = present(company, 'the company of a file');
  const answers = items.map((item) => answerOf(item, deliveries, language));
  const text = resultText(name, answers);
  const written = sha256(text);
  const isFinal = all.every(({ state }) => state === 'done' || state === 'skipped');
  if (written !== result.written) await putWhole(folder, resultName(name), text);
  if (written !== result.written || isFinal) {
    await settleDropResult(db, { fileId, written, isFinal });
  }
}

/** What stands in a file, in its order. */
async function itemsOf(
  hub: Hub,
  { fileId, connectionId, name }: DropResult,
): Promise<readonly Item[]> {
  const source = await hub.openSource(connectionId);
  const items: Item[] = [];
  for await (const reading of source.read({ name, open: () => hub.intake.openFile(fileId) })) {
    if (items.length >= ITEMS_MAX) break;
    if (reading.kind === 'rejected') return [{ externalId: '', problems: reading.problems }];
    if (reading.kind === 'unreadable') {
      items.push({
        externalId: reading.id.split('/').slice(2).join('/'),
        problems: reading.problems,
      });
    }
    if (reading.kind === 'document') {
      const { ref } = reading.document;
      items.push({ externalId: ref.id, documentKey: refKey(ref) });
    }
  }
  return items;
}

function answerOf(
  item: Item,
  deliveries: ReadonlyMap<string, readonly PushedDelivery[]>,
  language: Language,
): PushAnswer {
  const { externalId } = item;
  const result: PushResult =
    'problems' in item
      ? { externalId, kind: 'unreadable', problems: item.problems }
      : asResult(externalId, deliveries.get(item.documentKey));
  return pushAnswer(result, language);
}

/** Never half-written: it has its name when it is whole. */
async function putWhole(folder: string, name: string, text: string): Promise<void> {
  const results = join(folder, FOLDER);
  await mkdir(results, { recursive: true });
  const part = join(results, `.${name}.part`);
  await writeFile(part, text, { flush: true });
  await rename(part, join(results, name));
}

/** `20260529-1.xml` → `20260529-1.result.xml`. What is no XML or JSON is answered in CSV. */
function resultName(name: string): string {
  const ending = extname(name);
  return `${name.slice(0, name.length - ending.length)}.result.${formatOf(name)}`;
}

function formatOf(name: string): 'xml' | 'json' | 'csv' {
  const ending = extname(name).toLowerCase();
  if (ending === '.xml') return 'xml';
  return ending === '.json' ? 'json' : 'csv';
}

function resultText(name: string, answers: readonly PushAnswer[]): string {
  switch (formatOf(name)) {
    case 'json':
      return `${JSON.stringify({ file: name, results: answers }, null, 2)}\n`;
    case 'xml':
      return [
        '<?xml version="1.0" encoding="UTF-8"?>',
        `<results xmlns="urn:hub:results:1"${attribute('file', name)}>`,
        ...answers.map(elementOf),
        '</results>',
        '',
      ].join('\n');
    case 'csv':
      return ['external_id;invoice_no;status;message', ...answers.map(rowOf), ''].join('\r\n');
  }
}

function elementOf(answer: PushAnswer): string {
  const { external_id, status, invoice_no, ocr } = answer;
  const head = [
    attribute('externalId', external_id),
    attribute('status', status),
    ...(invoice_no === undefined ? [] : [attribute('invoiceNo', invoice_no)]),
    ...(ocr === undefined ? [] : [attribute('ocr', ocr)]),
  ];
  const said = messagesOf(answer);
  if (said.length === 0) return `  <result${head.join('')}/>`;
  const messages = said.map(({ code, message }) => {
    return `    <message${attribute('code', code)}>${escaped(message)}</message>`;
  });
  return [`  <result${head.join('')}>`, ...messages, '  </result>'].join('\n');
}

function rowOf(answer: PushAnswer): string {
  const { external_id, status, invoice_no = '' } = answer;
  const message = messagesOf(answer).map((one) => `${one.code}: ${one.message}`);
  return [external_id, invoice_no, status, message.join(' ')].map(field).join(';');
}

function messagesOf({ errors = [], warnings = [] }: PushAnswer) {
  return [...errors, ...warnings];
}

/** Quoted where it must be; what a spreadsheet would take for a formula has a mark before it. */
function field(text: string): string {
  const plain = /^[=+@]/.test(text) ? `'${text}` : text;
  const line = plain.replaceAll(/[\r\n]+/g, ' ');
  return /[";]/.test(line) ? `"${line.replaceAll('"', '""')}"` : line;
}

function attribute(name: string, value: string): string {
  return ` ${name}="${escaped(value)}"`;
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

function escaped(text: string): string {
  return text.replaceAll(/[&<>"]/g, (sign) => ESCAPES[sign] ?? '');
}
