import type { LocalDate } from '../../../../domain/date.ts';
import { change, entitiesOf, remove } from '../company/company.ts';
import { VOUCHER_TYPES } from '../company/seed.ts';
import { idIn, idsIn, type Entity } from '../company/shelf.ts';
import { bookSupplierInvoice } from '../books/supplier-invoice.ts';
import {
  enterVoucher,
  isPosted,
  postingsOf,
  replacePostings,
  sendToLedger,
  splitVat,
  voucherTypeId,
} from '../books/enter.ts';
import { dayProblems } from '../books/bookable.ts';
import { readPostings } from '../books/read-postings.ts';
import { reverseVoucher } from '../books/reverse.ts';
import { created, nothing, value, type Answer } from '../api/answer.ts';
import {
  checkVersion,
  findOne,
  flagAsked,
  neededDay,
  numberAsked,
  readBody,
  shown,
  type Call,
  type Route,
} from '../api/call.ts';
import { answerList, type Search } from '../api/listing.ts';
import { modelOf } from '../wire/models/all.ts';
import { readObject, type ReadObject } from '../wire/read-object.ts';
import { isSet, textOf, type Fields } from '../wire/record.ts';
import { invalid, refuse, refuseProblems } from '../wire/refusals.ts';

/**
 * Vouchers.
 *
 * | Uncertain                                 | Chosen                                         |
 * |-------------------------------------------|------------------------------------------------|
 * | Numbers                                   | one series a year for all kinds, without gaps  |
 * | DELETE of a voucher that is in the ledger | refused: only one that waits can go            |
 * | `date` left out                           | refused                                        |
 * | `:sendToLedger?number=`                   | not kept here: 501 unless it is 0              |
 * | Same `externalVoucherNumber` twice        | taken: Tripletex promises no uniqueness        |
 */
const EXTERNAL_NUMBER_MAX = 70;

const PERIOD: Search = {
  model: 'Voucher',
  range: ['dateFrom', 'dateTo'],
  picks: {
    id: { by: 'ids' },
    number: { by: 'ids' },
    numberFrom: { by: 'from', field: 'number' },
    numberTo: { by: 'to', field: 'number' },
    typeId: { by: 'ids', field: 'voucherType' },
    dateFrom: { by: 'from', field: 'date' },
    dateTo: { by: 'to', field: 'date' },
  },
};

function listVouchers(call: Call): Answer {
  const all = entitiesOf(call.company, 'Voucher');
  const totalNumberOfPostings = all.reduce((n, one) => n + idsIn(one.fields, 'postings').length, 0);
  return answerList(call, { ...PERIOD, more: { totalNumberOfPostings } }, all);
}

function listByExternalNumber(call: Call): Answer {
  const picks = { externalVoucherNumber: { by: 'equals' } } as const;
  return answerList(call, { model: 'Voucher', picks }, entitiesOf(call.company, 'Voucher'));
}

function listNonPosted(call: Call): Answer {
  const picks = {
    dateFrom: { by: 'from', field: 'date' },
    dateTo: { by: 'to', field: 'date' },
    changedSince: { by: 'changed' },
  } as const;
  const waiting = entitiesOf(call.company, 'Voucher').filter((one) => !isPosted(one));
  return answerList(call, { model: 'Voucher', picks }, waiting);
}

function postVoucher(call: Call): Answer {
  const { company, choices, moment } = call;
  const isSent = maySend(call, flagAsked(call, 'sendToLedger', true));
  const sent = readVoucher(call);
  const date = dateOf(sent.fields);
  checkHead(call, sent.fields, date);
  const rows = readPostings(sent.embedded['postings'] ?? [], { company, choices, date });
  const voucher = enterVoucher(company, moment, {
    head: {
      date,
      description: textOf(sent.fields, 'description'),
      voucherType: idIn(sent.fields, 'voucherType'),
      isPosted: isSent,
      about: aboutOf(call, sent.fields),
    },
    postings: rows.flatMap((row) => splitVat(company, row)),
  });
  if (isSupplierInvoice(call, voucher)) bookSupplierInvoice(company, moment, voucher);
  return created(shown(call, voucher));
}

/** Postings that are sent take the place of those there are, and VAT is made anew. */
function putVoucher(call: Call): Answer {
  const { company, choices, moment } = call;
  const voucher = findOne(call, 'Voucher');
  const isSent = maySend(call, flagAsked(call, 'sendToLedger', true));
  const sent = readVoucher(call);
  checkVersion(voucher, sent.version);
  refuseIfInvoice(call, voucher);
  const fields = { ...voucher.fields, ...sent.fields };
  const date = dateOf(fields);
  checkHead(call, fields, dateOf(voucher.fields));
  checkHead(call, fields, date);
  const postings = sent.embedded['postings'];
  if (postings !== undefined) {
    const rows = readPostings(postings, { company, choices, date });
    const made = rows.flatMap((row) => splitVat(company, row));
    replacePostings(company, moment, { voucher, postings: made });
  }
  const { postings: kept = [] } = voucher.fields;
  change(company, voucher, { moment, fields: { ...fields, postings: kept } });
  if (isSent && !isPosted(voucher)) sendToLedger(company, moment, voucher);
  return value(shown(call, voucher));
}

function readVoucher(call: Call): ReadObject {
  const { company, choices } = call;
  return readObject(modelOf('Voucher'), readBody(call), { company, choices, embeds: ['postings'] });
}

function maySend({ company }: Call, isSent: boolean): boolean {
  if (isSent && !company.setup.maySendToLedger) refuse('forbidden');
  return isSent;
}

function dateOf(fields: Fields): LocalDate {
  return isSet(fields, 'date')
    ? (textOf(fields, 'date') as LocalDate)
    : invalid('date', 'not-null');
}

function checkHead({ company }: Call, fields: Fields, date: LocalDate): void {
  const isLong = textOf(fields, 'externalVoucherNumber').length > EXTERNAL_NUMBER_MAX;
  refuseProblems([
    ...dayProblems(company, date, 'date'),
    ...(isLong
      ? [
          {
            field: 'externalVoucherNumber',
            sentence: 'length',
            about: [0, EXTERNAL_NUMBER_MAX],
          } as const,
        ]
      : []),
  ]);
}

function aboutOf({ choices }: Call, fields: Fields): Fields {
  const { vendorInvoiceNumber = null, externalVoucherNumber = null } = fields;
  const isKept = choices.vendorInvoiceNumber === 'kept';
  return { externalVoucherNumber, vendorInvoiceNumber: isKept ? vendorInvoiceNumber : null };
}

function isSupplierInvoice({ company }: Call, voucher: Entity): boolean {
  const type = voucherTypeId(company, VOUCHER_TYPES.supplierInvoice);
  return type !== null && voucher.fields['voucherType'] === type;
}

function refuseIfInvoice({ company }: Call, voucher: Entity): void {
  const invoices = entitiesOf(company, 'Invoice');
  if (invoices.some(({ fields }) => fields['voucher'] === voucher.id)) invalid(null, 'is-invoice');
}

function deleteVoucher(call: Call): Answer {
  const { company } = call;
  const voucher = findOne(call, 'Voucher');
  if (isPosted(voucher)) invalid(null, 'is-posted');
  for (const posting of postingsOf(company, voucher)) remove(company, posting);
  remove(company, voucher);
  return nothing();
}

function reverse(call: Call): Answer {
  const { company, moment, choices } = call;
  const voucher = findOne(call, 'Voucher');
  const date = neededDay(call, 'date');
  if (isSet(voucher.fields, 'reverseVoucher')) invalid(null, 'already-reversed');
  refuseProblems(dayProblems(company, date, 'date'));
  const reversal = reverseVoucher(company, moment, { voucher, date });
  return value(shown(call, choices.reverseAnswer === 'new' ? reversal : voucher));
}

function toLedger(call: Call): Answer {
  const { company, moment } = call;
  const voucher = findOne(call, 'Voucher');
  maySend(call, true);
  checkVersion(voucher, numberAsked(call, 'version'));
  if ((numberAsked(call, 'number') ?? 0) !== 0) refuse('not-simulated');
  if (isPosted(voucher)) invalid(null, 'is-posted');
  refuseProblems(dayProblems(company, dateOf(voucher.fields), 'date'));
  sendToLedger(company, moment, voucher);
  return value(shown(call, voucher));
}

const ONE = '/ledger/voucher/{id}';

export const VOUCHER_ROUTES: readonly Route[] = [
  { method: 'GET', path: '/ledger/voucher', act: listVouchers },
  { method: 'POST', path: '/ledger/voucher', act: postVoucher },
  { method: 'GET', path: '/ledger/voucher/>externalVoucherNumber', act: listByExternalNumber },
  { method: 'GET', path: '/ledger/voucher/>nonPosted', act: listNonPosted },
  { method: 'GET', path: ONE, act: (call) => value(shown(call, findOne(call, 'Voucher'))) },
  { method: 'PUT', path: ONE, act: putVoucher },
  { method: 'DELETE', path: ONE, act: deleteVoucher },
  { method: 'PUT', path: `${ONE}/:reverse`, act: reverse },
  { method: 'PUT', path: `${ONE}/:sendToLedger`, act: toLedger },
];
