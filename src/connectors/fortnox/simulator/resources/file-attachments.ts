import { json, type Answer } from '../api/answer.ts';
import type { Call, Route } from '../api/call.ts';
import { isFields, numberOf, textOf, type Fields } from '../wire/record.ts';
import { refuse } from '../wire/refusals.ts';
import { findFile } from './files.ts';

/**
 * Files attached to invoices, orders and offers: bare lists, without an envelope.
 *
 * | Uncertain                                | Chosen                                          |
 * |------------------------------------------|-------------------------------------------------|
 * | Scope                                    | None: nothing says which                        |
 * | Which of the two file ids                | The one of the archive, as is documented        |
 * | A file that is attached                  | Leaves the inbox                                |
 * | Attached to an invoice that is booked    | Taken                                           |
 * | What a POST answers                      | The list that was sent, with ids                |
 */
const PATH = '/api/fileattachments/attachments-v1';
const SCOPE = '';
const SHELVES = { F: 'invoices', O: 'orders', OF: 'offers' } as const;
const ROWS_MAX = 100;

export const FILE_ATTACHMENT_ROUTES: readonly Route[] = [
  { method: 'GET', path: PATH, scope: SCOPE, act: list },
  { method: 'POST', path: PATH, scope: SCOPE, act: attach },
];

function list({ query, tenant }: Call): Answer {
  const id = Number(query.get('entityid') ?? refuse('bad-parameter', 'entityid'));
  const type = query.get('entitytype') ?? refuse('bad-parameter', 'entitytype');
  const found = tenant.attachments.filter(
    (one) => one['entityId'] === id && one['entityType'] === type,
  );
  return json(200, JSON.stringify(found));
}

function attach({ body, tenant, chance }: Call): Answer {
  const sent = rowsIn(body);
  const made = sent.map((one) => {
    const type = textOf(one, 'entityType');
    const [id, fileId] = [numberOf(one, 'entityId'), textOf(one, 'fileId')];
    const shelf = type === 'F' || type === 'O' || type === 'OF' ? SHELVES[type] : null;
    if (shelf === null) return refuse('bad-value', 'entityType');
    if (!tenant.shelves[shelf].entries.has(String(id))) return refuse('not-found', 'dokumentet');
    const stored = findFile(tenant, fileId);
    if (stored === null || stored.archiveId !== fileId) return refuse('not-found', 'filen');
    stored.place = 'archive';
    const includeOnSend = one['includeOnSend'] === true;
    return { id: chance.uuid(), entityId: id, entityType: type, fileId, includeOnSend };
  });
  tenant.attachments.push(...made);
  return json(201, JSON.stringify(made));
}

function rowsIn(body: Uint8Array): readonly Fields[] {
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(body).toString('utf8'));
  } catch {
    return refuse('json-syntax');
  }
  const rows: readonly unknown[] = Array.isArray(value) ? value : [];
  if (rows.length === 0 || rows.length > ROWS_MAX) return refuse('json-syntax');
  return rows.every(isFields) ? rows : refuse('json-syntax');
}
