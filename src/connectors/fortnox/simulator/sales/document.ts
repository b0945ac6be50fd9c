import { API_ADDRESS, created, found, urlOf, type Answer } from '../api/answer.ts';
import { param, readBody, type Call, type Route } from '../api/call.ts';
import { answerList } from '../api/listing.ts';
import { requireKept } from '../registers/reference.ts';
import { change, inOrder, isTaken, put, takeNumber, type Entry } from '../tenant/shelf.ts';
import { kronorOf, oreOf } from '../wire/amounts.ts';
import { ocrOf } from '../wire/ocr.ts';
import { isFields, isSet, numberOf, pick, rowsOf, textOf, type Fields } from '../wire/record.ts';
import { refuse } from '../wire/refusals.ts';
import { changedHead, newHead } from './head.ts';
import { checkHouseWork, houseWorkBasisOre } from './house-work.ts';
import type { SalesKind } from './kinds.ts';
import { mergeRows, paysVat, percentOf } from './rows.ts';
import { totalsOf, type Totals } from './totals.ts';

const FEE_RATE = 25;

/**
 * What a PUT may do to a document in its state: all, or only set the fields it sends, with nothing
 * calculated anew. Throws when it may do nothing.
 */
export type ChangeRule = (call: Call, kept: Fields, sent: Fields) => 'all' | 'fields-only';

/** The four operations every kind of sales document has. */
export function documentRoutes(kind: SalesKind, changeRule: ChangeRule): Route[] {
  const base = { scope: kind.scope, path: `/3/${kind.shelf}` };
  const one = { scope: kind.scope, path: `/3/${kind.shelf}/{DocumentNumber}` };
  return [
    { ...base, method: 'GET', act: (call) => list(kind, call) },
    {
      ...base,
      method: 'POST',
      act: (call) => {
        const sent = readBody(call, kind.single, { table: kind.table, isNew: true });
        return created(kind.single, showDocument(kind, make(kind, call, sent)), kind.shelf);
      },
    },
    { ...one, method: 'GET', act: (call) => answerDocument(kind, findDocument(kind, call)) },
    {
      ...one,
      method: 'PUT',
      act: (call) => {
        const entry = findDocument(kind, call);
        const sent = readBody(call, kind.single, { table: kind.table, isNew: false });
        const allowed = changeRule(call, entry.fields, sent);
        if (allowed === 'all') update(kind, call, { entry, sent });
        else change(entry, { ...entry.fields, ...sent }, call.nowMs);
        return answerDocument(kind, entry);
      },
    },
  ];
}

/** An action on one document: `PUT /3/invoices/{DocumentNumber}/cancel`. */
export function action(
  kind: SalesKind,
  name: string,
  act: (call: Call, entry: Entry) => Answer,
): Route {
  return {
    method: 'PUT',
    path: `/3/${kind.shelf}/{DocumentNumber}/${name}`,
    scope: kind.scope,
    act: (call) => act(call, findDocument(kind, call)),
  };
}

export function findDocument(kind: SalesKind, call: Call): Entry {
  const entry = call.tenant.shelves[kind.shelf].entries.get(param(call, 0));
  return entry ?? refuse(...kind.notFound);
}

export function answerDocument(kind: SalesKind, entry: Entry): Answer {
  return found(kind.single, showDocument(kind, entry));
}

/** Makes a document from what was sent, or from another document. Nothing is kept if it throws. */
export function make(kind: SalesKind, call: Call, sent: Fields): Entry {
  const shelf = call.tenant.shelves[kind.shelf];
  const wanted = textOf(sent, 'DocumentNumber');
  if (wanted !== '' && isTaken(shelf, wanted)) refuse(...kind.taken);
  const head = newHead(kind, call, sent);
  const rows = mergeRows({ kind, call, head, kept: [], sent: rowsOf(sent, kind.rows) });
  const fields = complete(kind, call, { head, rows });
  const number = wanted === '' ? takeNumber(shelf) : wanted;
  fields['DocumentNumber'] = number;
  if (kind.table.has('OCR') && !isSet(fields, 'OCR')) fields['OCR'] = ocrOf(number);
  nameInSubject(fields, number);
  return put(shelf, number, { fields, atMs: call.nowMs });
}

/** Puts a change into a document. Nothing is changed if it throws. */
function update(
  kind: SalesKind,
  call: Call,
  change_: { readonly entry: Entry; readonly sent: Fields },
): void {
  const { entry, sent } = change_;
  const head = changedHead(kind, call, { kept: entry.fields, sent });
  const kept = rowsOf(entry.fields, kind.rows);
  const isSent = kind.rows in sent;
  const asSent = isSent ? rowsOf(sent, kind.rows) : kept.map((row) => pick(row, ['RowId']));
  const rows = mergeRows({ kind, call, head, kept, sent: asSent });
  change(entry, complete(kind, call, { head, rows }), call.nowMs);
}

function list(kind: SalesKind, call: Call): Answer {
  return answerList(call, {
    envelope: kind.list,
    entries: inOrder(call.tenant.shelves[kind.shelf]),
    search: kind.search,
    isPaged: true,
    show: ({ key, fields }) => ({
      '@url': urlOf(kind.shelf, key),
      ...pick(fields, kind.listed),
      ...oddListFields(kind, call, fields),
    }),
  });
}

/** Invoice lists send the rate as text; contract lists spell the interval otherwise. */
function oddListFields(kind: SalesKind, call: Call, fields: Fields): Fields {
  if (kind.single === 'Contract') return { Invoiceinterval: fields['InvoiceInterval'] ?? null };
  const isText = call.choices.numbersInLists === 'as-recorded';
  if (kind.single !== 'Invoice' || !isText) return {};
  return { CurrencyRate: textOf(fields, 'CurrencyRate') };
}

/** What rows and head come to, with VAT on fees where the customer pays VAT. */
export function totalsOfDocument(
  kind: SalesKind,
  call: Call,
  document: { readonly head: Fields; readonly rows: readonly Fields[] },
): Totals {
  const number = textOf(document.head, 'CustomerNumber');
  const customer = requireKept(call, 'CustomerNumber', number);
  return totalsOf(kind, document, {
    vatRounding: call.choices.vatRounding,
    roundsOff: call.tenant.setup.roundsOff,
    feeRate: paysVat(customer) ? FEE_RATE : 0,
  });
}

function complete(
  kind: SalesKind,
  call: Call,
  document: { readonly head: Fields; readonly rows: readonly Fields[] },
): Fields {
  const { head, rows } = document;
  checkHouseWork(head, rows);
  const totals = totalsOfDocument(kind, call, document);
  const costOre = rows.reduce(
    (ore, row) => ore + oreOf(numberOf(row, 'Cost') * numberOf(row, kind.quantity)),
    0,
  );
  const toPayOre = totals.totalOre - oreOf(numberOf(head, 'TaxReduction'));
  const calculated: Fields = {
    AdministrationFeeVAT: kronorOf(totals.feeVatOre),
    Balance: kronorOf(toPayOre),
    BasisTaxReduction: kronorOf(houseWorkBasisOre(rows, head[kind.vatIncluded] === true)),
    ContributionPercent: percentOf(totals.netOre - costOre, totals.netOre),
    ContributionValue: kronorOf(totals.netOre - costOre),
    FreightVAT: kronorOf(totals.freightVatOre),
    Gross: kronorOf(totals.netOre),
    HouseWork: rows.some((row) => row['HouseWork'] === true),
    Net: kronorOf(totals.netOre),
    RoundOff: kronorOf(totals.roundOffOre),
    Total: kronorOf(totals.totalOre),
    TotalToPay: kronorOf(toPayOre),
    TotalVAT: kronorOf(totals.vatOre),
  };
  const fields: Fields = { ...head, [kind.rows]: rows.map((row) => onlyRow(kind, row)) };
  for (const [name, value] of Object.entries(calculated)) {
    if (kind.table.has(name)) fields[name] = value;
  }
  return fields;
}

function onlyRow(kind: SalesKind, row: Fields): Fields {
  return pick(row, [...kind.rowTable.keys()]);
}

function nameInSubject(fields: Fields, number: string): void {
  const email = fields['EmailInformation'];
  if (!isFields(email)) return;
  const EmailSubject = textOf(email, 'EmailSubject').replace('{no}', number);
  fields['EmailInformation'] = { ...email, EmailSubject };
}

export function showDocument(kind: SalesKind, { key, fields }: Entry): Fields {
  const shown: Fields = { '@url': urlOf(kind.shelf, key) };
  if (kind.shelf !== 'contracts') {
    shown['@urlTaxReductionList'] =
      `${API_ADDRESS}taxreductions?filter=${kind.shelf}&referencenumber=${key}`;
  }
  return { ...shown, ...fields };
}
