import { API_ADDRESS, deleted, file, found, urlOf, type Answer, created } from '../api/answer.ts';
import { param, type Call, type Route } from '../api/call.ts';
import { readFilePart } from '../../../../lib/stand-in/multipart.ts';
import type { StoredFile, Tenant } from '../tenant/tenant.ts';
import type { Fields } from '../wire/record.ts';
import { refuse } from '../wire/refusals.ts';

/**
 * The inbox, where files wait for a document, and the archive, where they lie with it.
 *
 * | Uncertain                                 | Chosen                                        |
 * |-------------------------------------------|-----------------------------------------------|
 * | GET /3/inbox/{Id} of a folder's id        | The folder's listing; of a file's: its bytes  |
 * | A file that was connected to a document   | Leaves the inbox; readable by both its ids    |
 * | Upload to a folder that does not exist    | Not found                                     |
 * | DELETE of a connected file                | Refused                                       |
 */
type Place = StoredFile['place'];

const ROOT = 'root';

const INBOX_FOLDERS: ReadonlyMap<string, string> = new Map([
  ['inbox_s', 'Leverantörsfakturor'],
  ['inbox_v', 'Verifikationer'],
  ['inbox_d', 'Dagskassor'],
  ['inbox_a', 'Anläggningar'],
  ['inbox_b', 'Bankfiler'],
  ['inbox_l', 'Lön'],
  ['inbox_kf', 'Kundfakturor'],
  ['inbox_o', 'Ordrar'],
  ['inbox_of', 'Offerter'],
]);

export const FILE_ROUTES: readonly Route[] = (['inbox', 'archive'] as const).flatMap(
  (place): Route[] => {
    const base = { scope: place, path: `/3/${place}` };
    const one = { scope: place, path: `/3/${place}/{Id}` };
    return [
      { ...base, method: 'GET', act: (call) => readPlace(call, place) },
      { ...base, method: 'POST', act: (call) => upload(call, place) },
      { ...base, method: 'DELETE', act: (call) => deleteFolder(call, place) },
      { ...one, method: 'GET', act: (call) => readOne(call, place) },
      { ...one, method: 'DELETE', act: deleteOne },
    ];
  },
);

/** The file that either of its ids names. @returns null when there is none */
export function findFile(tenant: Tenant, id: string): StoredFile | null {
  const byId = tenant.files.get(id);
  if (byId) return byId;
  return [...tenant.files.values()].find((one) => one.archiveId === id) ?? null;
}

function readPlace(call: Call, place: Place): Answer {
  const id = call.query.get('fileid');
  if (id !== undefined) return bytesOf(call, id);
  return showFolder(call, place, call.query.get('path') ?? ROOT);
}

function readOne(call: Call, place: Place): Answer {
  const id = param(call, 0);
  const isFolder = place === 'inbox' && (INBOX_FOLDERS.has(id) || id === ROOT);
  return isFolder ? showFolder(call, place, id) : bytesOf(call, id);
}

function bytesOf(call: Call, id: string): Answer {
  const stored = findFile(call.tenant, id) ?? refuse('not-found', 'filen');
  return file(stored.bytes, stored.mediaType);
}

function upload(call: Call, place: Place): Answer {
  const part = readFilePart(call.body, call.mediaType) ?? refuse('file-missing');
  const { query, chance, tenant } = call;
  const folder = query.get('path') ?? query.get('folderId') ?? query.get('folderid') ?? ROOT;
  checkFolder(place, folder);
  const ids = { id: chance.uuid(), archiveId: chance.uuid() };
  const stored: StoredFile = { ...part, ...ids, folder, place };
  tenant.files.set(stored.id, stored);
  return created('File', showFile(stored), place);
}

function deleteFolder(call: Call, place: Place): Answer {
  const folder = call.query.get('path') ?? refuse('bad-parameter', 'path');
  checkFolder(place, folder);
  for (const one of filesIn(call.tenant, place, folder)) call.tenant.files.delete(one.id);
  return deleted();
}

function deleteOne(call: Call): Answer {
  const stored = findFile(call.tenant, param(call, 0)) ?? refuse('not-found', 'filen');
  const { voucherfileconnections, supplierinvoicefileconnections } = call.tenant.shelves;
  const isConnected = [voucherfileconnections, supplierinvoicefileconnections].some((shelf) =>
    shelf.entries.has(stored.id),
  );
  if (isConnected) refuse('in-use', 'Filen');
  call.tenant.files.delete(stored.id);
  return deleted();
}

function showFolder(call: Call, place: Place, folder: string): Answer {
  checkFolder(place, folder);
  const folders =
    place === 'inbox' && folder === ROOT
      ? [...INBOX_FOLDERS].map(([Id, Name]) => ({ Id, Name }))
      : [];
  return found('Folder', {
    '@url': `${API_ADDRESS}${place}/${encodeURIComponent(folder)}`,
    Email: '',
    Files: filesIn(call.tenant, place, folder).map(showFile),
    Folders: folders,
    Id: folder,
    Name: INBOX_FOLDERS.get(folder) ?? folder,
  });
}

function checkFolder(place: Place, folder: string): void {
  const exists = place === 'archive' || folder === ROOT || INBOX_FOLDERS.has(folder);
  if (!exists) refuse('not-found', 'mappen');
}

function filesIn(tenant: Tenant, place: Place, folder: string): StoredFile[] {
  return [...tenant.files.values()].filter((one) => one.place === place && one.folder === folder);
}

function showFile(stored: StoredFile): Fields {
  return {
    '@url': urlOf('inbox', stored.id),
    ArchiveFileId: stored.archiveId,
    Comments: null,
    Id: stored.id,
    Name: stored.name,
    Path: stored.folder,
    Size: stored.bytes.length,
  };
}
