import { change, entityOf, put } from '../company/company.ts';
import { idIn, idsIn, type Entity } from '../company/shelf.ts';
import { created, file, nothing, value, type Answer } from '../api/answer.ts';
import { checkVersion, findOne, numberAsked, shown, type Call, type Route } from '../api/call.ts';
import { readFilePart, type Part } from '../../../../lib/stand-in/multipart.ts';
import { invalid, refuse } from '../wire/refusals.ts';
import { numberOf } from '../wire/record.ts';

/**
 * Attachments of vouchers and orders.
 *
 * Tripletex turns pictures into PDF and puts later files behind earlier ones as pages. Here the
 * bytes of each are kept as they came, one after the other, and called PDF: enough to see that
 * they arrived, and once.
 */
const KINDS: readonly (readonly [mediaType: string, start: readonly number[]])[] = [
  ['application/pdf', [0x25, 0x50, 0x44, 0x46]],
  ['image/png', [0x89, 0x50, 0x4e, 0x47]],
  ['image/jpeg', [0xff, 0xd8, 0xff]],
  ['image/tiff', [0x49, 0x49, 0x2a, 0x00]],
  ['image/tiff', [0x4d, 0x4d, 0x00, 0x2a]],
];

function attachToVoucher(call: Call): Answer {
  const { company, moment } = call;
  const voucher = findOne(call, 'Voucher');
  const part = readPart(call);
  const kept = entityOf(company, 'Document', idIn(voucher.fields, 'attachment'));
  if (kept === null) {
    const document = keep(call, part);
    change(company, voucher, {
      moment,
      fields: { attachment: document.id, document: document.id },
    });
  } else {
    append(call, kept, part);
    change(company, voucher, { moment, fields: {} });
  }
  return created(shown(call, voucher));
}

function detach(call: Call): Answer {
  const { company, moment } = call;
  const voucher = findOne(call, 'Voucher');
  checkVersion(voucher, numberAsked(call, 'version'));
  if (idIn(voucher.fields, 'attachment') === null) refuse('no-object');
  change(company, voucher, { moment, fields: { attachment: null, document: null } });
  return nothing();
}

function attachToOrder(call: Call): Answer {
  const { company, moment } = call;
  const order = findOne(call, 'Order');
  const document = keep(call, readPart(call));
  const attachment = [...idsIn(order.fields, 'attachment'), document.id];
  change(company, order, { moment, fields: { attachment } });
  const archived = put(company, moment, {
    model: 'DocumentArchive',
    fields: { ...document.fields, archiveDate: moment.today },
  });
  return value(shown(call, archived));
}

function readPart(call: Call): Part {
  const part = readFilePart(call.body, call.mediaType) ?? invalid('file', 'not-null');
  const isKnown = KINDS.some(([, start]) => start.every((byte, at) => part.bytes[at] === byte));
  return isKnown ? part : invalid('file', 'document-format');
}

function keep({ company, moment }: Call, { name, bytes }: Part): Entity {
  const document = put(company, moment, {
    model: 'Document',
    fields: { fileName: name, size: bytes.length, mimeType: 'application/pdf' },
  });
  company.documents.set(document.id, { mediaType: 'application/pdf', bytes });
  return document;
}

function append({ company, moment }: Call, document: Entity, { bytes }: Part): void {
  const kept = company.documents.get(document.id)?.bytes ?? new Uint8Array(0);
  const whole = Uint8Array.from([...kept, ...bytes]);
  company.documents.set(document.id, { mediaType: 'application/pdf', bytes: whole });
  const size = numberOf(document.fields, 'size') + bytes.length;
  change(company, document, { moment, fields: { size } });
}

function content(call: Call): Answer {
  const { id } = findOne(call, 'Document');
  const { bytes, mediaType } = call.company.documents.get(id) ?? refuse('no-object');
  return file(bytes, mediaType);
}

export const DOCUMENT_ROUTES: readonly Route[] = [
  { method: 'POST', path: '/ledger/voucher/{id}/attachment', act: attachToVoucher },
  { method: 'DELETE', path: '/ledger/voucher/{id}/attachment', act: detach },
  { method: 'PUT', path: '/order/{id}/:attach', act: attachToOrder },
  {
    method: 'GET',
    path: '/document/{id}',
    act: (call) => value(shown(call, findOne(call, 'Document'))),
  },
  { method: 'GET', path: '/document/{id}/content', act: content },
];
