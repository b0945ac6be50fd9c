import { created, deleted, found, urlOf, type Answer } from '../api/answer.ts';
import { param, readBody, type Call, type Route } from '../api/call.ts';
import { answerList, type Search } from '../api/listing.ts';
import { inOrder, put, remove, type Entry } from '../tenant/shelf.ts';
import { fieldTable, namesOf, type FieldTable } from '../wire/field-table.ts';
import { pick, textOf, type Fields } from '../wire/record.ts';
import { refuse } from '../wire/refusals.ts';
import { findFile } from './files.ts';
import { yearOf } from './year-asked.ts';

/**
 * Files that belong to vouchers and supplier invoices.
 *
 * | Uncertain                            | Chosen                                              |
 * |--------------------------------------|-----------------------------------------------------|
 * | Year of the voucher                  | `financialyear` of the address, or the current year |
 * | Search by number, series and year    | Exact; the description is looked into as text       |
 * | Which of the two file ids            | Both are taken; the inbox id is kept                |
 * | A file connected twice               | Refused                                             |
 */
type Connection = {
  readonly shelf: 'voucherfileconnections' | 'supplierinvoicefileconnections';
  readonly single: string;
  readonly list: string;
  readonly table: FieldTable;
  readonly search: Search;
  /** What the connection shows of the document it names. @throws Refused when there is none */
  readonly describe: (call: Call, sent: Fields) => Fields;
};

const VOUCHERS: Connection = {
  shelf: 'voucherfileconnections',
  single: 'VoucherFileConnection',
  list: 'VoucherFileConnections',
  table: fieldTable(
    'FileId:t* VoucherDescription:t~ VoucherNumber:t* VoucherSeries:t* VoucherYear:i~',
  ),
  search: {
    texts: { voucherdescription: 'VoucherDescription' },
    exact: {
      vouchernumber: 'VoucherNumber',
      voucherseries: 'VoucherSeries',
      voucheryear: 'VoucherYear',
    },
    sorts: {},
  },
  describe: describeVoucher,
};

const SUPPLIER_INVOICES: Connection = {
  shelf: 'supplierinvoicefileconnections',
  single: 'SupplierInvoiceFileConnection',
  list: 'SupplierInvoiceFileConnections',
  table: fieldTable('FileId:t* Name:t~ SupplierInvoiceNumber:t* SupplierName:t~'),
  search: { texts: {}, exact: { supplierinvoicenumber: 'SupplierInvoiceNumber' }, sorts: {} },
  describe: describeSupplierInvoice,
};

export const FILE_CONNECTION_ROUTES: readonly Route[] = [VOUCHERS, SUPPLIER_INVOICES].flatMap(
  (connection): Route[] => {
    const base = { scope: 'connectfile', path: `/3/${connection.shelf}` };
    const one = { scope: 'connectfile', path: `/3/${connection.shelf}/{FileId}` };
    return [
      { ...base, method: 'GET', act: (call) => list(connection, call) },
      { ...base, method: 'POST', act: (call) => make(connection, call) },
      { ...one, method: 'GET', act: (call) => read(connection, call) },
      { ...one, method: 'DELETE', act: (call) => erase(connection, call) },
    ];
  },
);

function list(connection: Connection, call: Call): Answer {
  return answerList(call, {
    envelope: connection.list,
    entries: inOrder(call.tenant.shelves[connection.shelf]),
    search: connection.search,
    isPaged: true,
    show: (entry) => show(connection, entry),
  });
}

function read(connection: Connection, call: Call): Answer {
  return found(connection.single, show(connection, findOne(connection, call)));
}

function make(connection: Connection, call: Call): Answer {
  const { table, single, shelf } = connection;
  const sent = readBody(call, single, { table, isNew: true });
  const stored = findFile(call.tenant, textOf(sent, 'FileId')) ?? refuse('not-found', 'filen');
  const { voucherfileconnections, supplierinvoicefileconnections } = call.tenant.shelves;
  for (const one of [voucherfileconnections, supplierinvoicefileconnections]) {
    if (one.entries.has(stored.id)) refuse('taken', 'Filen');
  }
  const fields = { ...sent, ...connection.describe(call, sent), FileId: stored.id };
  const entry = put(call.tenant.shelves[shelf], stored.id, { fields, atMs: call.nowMs });
  stored.place = 'archive';
  return created(single, show(connection, entry), shelf);
}

function erase(connection: Connection, call: Call): Answer {
  remove(call.tenant.shelves[connection.shelf], findOne(connection, call).key);
  return deleted();
}

function findOne(connection: Connection, call: Call): Entry {
  const id = findFile(call.tenant, param(call, 0))?.id ?? '';
  const entry = call.tenant.shelves[connection.shelf].entries.get(id);
  return entry ?? refuse('not-found', 'filkopplingen');
}

function show(connection: Connection, { key, fields }: Entry): Fields {
  return { '@url': urlOf(connection.shelf, key), ...pick(fields, namesOf(connection.table)) };
}

function describeVoucher(call: Call, sent: Fields): Fields {
  const year = yearOf(call);
  const series = year.series.get(textOf(sent, 'VoucherSeries'));
  const voucher = series?.vouchers.get(Number(textOf(sent, 'VoucherNumber')));
  if (!voucher) refuse('not-found', 'verifikationen');
  return { VoucherDescription: voucher.text, VoucherYear: year.id };
}

function describeSupplierInvoice(call: Call, sent: Fields): Fields {
  const number = textOf(sent, 'SupplierInvoiceNumber');
  const invoice = call.tenant.shelves.supplierinvoices.entries.get(number);
  if (!invoice) refuse('invoice-not-found');
  const stored = findFile(call.tenant, textOf(sent, 'FileId'));
  return { SupplierName: invoice.fields['SupplierName'] ?? '', Name: stored?.name ?? '' };
}
