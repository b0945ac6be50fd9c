import type { LocalDate } from '../../../../domain/date.ts';
import { legalCodes } from '../company/accounts.ts';
import { referred, type Company } from '../company/company.ts';
import { NOK } from '../company/seed.ts';
import { idIn, type Entity } from '../company/shelf.ts';
import { NO_VAT, vatCode, type VatCode } from '../company/vat-types.ts';
import type { Choices } from '../choices.ts';
import { oreOf } from '../wire/amounts.ts';
import { modelOf } from '../wire/models/all.ts';
import { readObject } from '../wire/read-object.ts';
import { isFields, isSet, numberOf, textOf, type Fields } from '../wire/record.ts';
import { refuseProblems, type Problem } from '../wire/refusals.ts';
import { accountProblems, dayProblems } from './bookable.ts';
import type { GrossRow } from './enter.ts';

/** What a posting may be about, besides its account and amount. */
const ABOUT = [
  'customer',
  'supplier',
  'employee',
  'project',
  'product',
  'department',
  'invoiceNumber',
  'termOfPayment',
  'freeAccountingDimension1',
  'freeAccountingDimension2',
  'freeAccountingDimension3',
  'quantityAmount1',
  'quantityAmount2',
] as const;

type Read = {
  readonly company: Company;
  readonly choices: Choices;
  /** Of the voucher: that of postings that have none of their own. */
  readonly date: LocalDate;
};

/**
 * Reads the postings of a voucher: gross amounts, of which VAT is split off afterwards.
 *
 * @throws Refused with all that was met in a real company: no postings, row 0, a sum that is not
 *   zero, a missing account, customer or supplier, a locked VAT code, a reconciled period
 */
export function readPostings(sent: readonly Fields[], read: Read): GrossRow[] {
  const fromClient = sent.filter((one) => numberOf(one, 'row') > 0);
  const problems: Problem[] = [];
  if (fromClient.length === 0) problems.push({ field: 'postings', sentence: 'no-postings' });
  if (fromClient.length < sent.length)
    problems.push({ field: 'postings.row', sentence: 'row-zero' });
  refuseProblems(problems);
  const rows = fromClient.map((one) => readRow(one, read));
  refuseProblems(rows.flatMap(({ row, sent: fields }) => problemsOf(row, fields, read)));
  const whole = rows.map(({ row }) => row);
  refuseProblems(sumProblems(whole));
  return whole;
}

function readRow(sent: Fields, { company, choices, date }: Read): ReadRow {
  // A reference without an id counts as none at all: what is said then names the account.
  const account = sent['account'];
  if (!isFields(account) || !isSet(account, 'id')) {
    refuseProblems([{ field: '@account', sentence: 'required' }]);
  }
  const within = 'postings';
  const { fields } = readObject(modelOf('Posting'), sent, { company, choices, within });
  const entity = referred(company, 'Account', idIn(fields, 'account'));
  const code = codeOf(fields, entity, choices);
  const grossOre = oreOf(numberOf(fields, 'amountGross'));
  const isCopied =
    choices.omittedCurrencyAmount === 'copied' && !isSet(fields, 'amountGrossCurrency');
  const row: GrossRow = {
    date: (textOf(fields, 'date') || date) as LocalDate,
    account: entity,
    grossOre,
    grossCurrencyOre: isCopied ? grossOre : oreOf(numberOf(fields, 'amountGrossCurrency')),
    currency: idIn(fields, 'currency') ?? NOK,
    vat: code.number,
    code,
    row: numberOf(fields, 'row'),
    description: textOf(fields, 'description'),
    about: Object.fromEntries(ABOUT.map((name) => [name, fields[name] ?? null])),
  };
  return { row, sent: fields };
}

type ReadRow = { readonly row: GrossRow; readonly sent: Fields };

/** A locked account has its own code; else the one that is sent, or what the choice says. */
function codeOf(fields: Fields, account: Entity, { omittedVatType }: Choices): VatCode {
  const own = vatCode(idIn(account.fields, 'vatType')) ?? NONE;
  const sent = vatCode(idIn(fields, 'vatType'));
  if (sent !== null) return sent;
  return account.fields['vatLocked'] === true || omittedVatType === 'account' ? own : NONE;
}

const NONE: VatCode = {
  number: NO_VAT,
  name: 'Ingen avgiftsbehandling',
  percentage: 0,
  direction: 'none',
  account: null,
  salesAccount: null,
};

function problemsOf(row: GrossRow, sent: Fields, { company }: Read): Problem[] {
  const { account, code, date } = row;
  const ledger = textOf(account.fields, 'ledgerType');
  const problems: Problem[] = [];
  const need = (isMissing: boolean, problem: Problem): void => {
    if (isMissing) problems.push(problem);
  };
  if (row.currency === NOK && row.grossOre !== row.grossCurrencyOre) {
    problems.push({ field: 'postings.amountGross', sentence: 'currency-amount' });
  }
  need(ledger === 'CUSTOMER' && !isSet(sent, 'customer'), {
    field: 'postings.customer.id',
    sentence: 'customer-missing',
  });
  need(ledger === 'VENDOR' && !isSet(sent, 'supplier'), {
    field: 'postings.supplier.id',
    sentence: 'supplier-missing',
  });
  for (const name of ['department', 'project'] as const) {
    const isNeeded = account.fields[name === 'project' ? 'requiresProject' : 'requiresDepartment'];
    need(isNeeded === true && !isSet(sent, name), {
      field: `postings.${name}.id`,
      sentence: 'required',
    });
  }
  problems.push(...vatProblems(account, code));
  problems.push(...dayProblems(company, date, 'date'), ...accountProblems(company, account, date));
  return problems;
}

function vatProblems(account: Entity, code: VatCode): Problem[] {
  const own = vatCode(idIn(account.fields, 'vatType')) ?? NONE;
  const number = numberOf(account.fields, 'number');
  if (account.fields['vatLocked'] === true && code.number !== own.number) {
    const about = [number, textOf(account.fields, 'name'), own.number, own.name];
    return [{ field: 'postings.vatType.id', sentence: 'vat-locked', about }];
  }
  return legalCodes(number).includes(code.number)
    ? []
    : [{ field: 'postings.vatType.id', sentence: 'vat-code' }];
}

/** Per day; and per row, where several postings share one. */
function sumProblems(rows: readonly GrossRow[]): Problem[] {
  const days = Map.groupBy(rows, ({ date }) => date);
  const wrongDays = [...days].filter(([, own]) => sumOf(own) !== 0).map(([date]) => date);
  if (wrongDays.length > 0) {
    return wrongDays.map((date) => ({ field: null, sentence: 'not-zero', about: [date] }));
  }
  return [...Map.groupBy(rows, ({ row }) => row)]
    .filter(([, own]) => own.length > 1 && sumOf(own) !== 0)
    .map(([row]) => ({ field: 'postings.row', sentence: 'not-zero', about: [`row ${row}`] }));
}

function sumOf(rows: readonly GrossRow[]): number {
  return rows.reduce((ore, { grossOre }) => ore + grossOre, 0);
}
