import type { Problem } from '../../ports/source.ts';
import { DELIMITERS, type CsvStyle } from '../../lib/csv-fields.ts';
import { isBlank } from './csv/row-check.ts';
import { INVOICE_FIELDS, readInvoiceHeader, type InvoiceHeader } from './invoice/fields.ts';
import { CREDIT_FIELDS, readCreditHeader, type CreditHeader } from './credit/fields.ts';
import { CUSTOMER_COLUMNS, readCustomerHeader, type CustomerHeader } from './customers/fields.ts';
import { problemAt, shorten } from '../../ports/problem.ts';
import { lackingIn } from './profile/header-search.ts';
import { layOut } from './profile/layout.ts';
import type { Profile } from './profile/schema.ts';
import { columnsOf } from './profile/xml.ts';
import { TIDY_FIELDS } from './tidy/fields.ts';
import { SAFT_CASH_NAMESPACE } from './saft/written.ts';
import { isTillJournal } from './skvfs/journal.ts';
import { readTidyHeader, type TidyHeader } from './tidy/header.ts';
import { TIDY_NAMESPACE } from './tidy/xml.ts';
import { decodeHead, encodingOf } from './text/decode.ts';
import { linesOf } from './text/lines.ts';
import type { Encoding, Survey } from './text/survey.ts';
import { firstXmlRecord, readXmlRoot } from './xml/records.ts';

/** What a file is, by its content; its name says nothing. */
export type Recognised =
  | { readonly format: 'tidy-csv'; readonly encoding: Encoding; readonly header: TidyHeader }
  | { readonly format: 'credit-csv'; readonly encoding: Encoding; readonly header: CreditHeader }
  | {
      readonly format: 'customers-csv';
      readonly encoding: Encoding;
      readonly header: CustomerHeader;
    }
  | { readonly format: 'invoice-csv'; readonly encoding: Encoding; readonly header: InvoiceHeader }
  | { readonly format: 'tidy-xml' | 'skvfs-2021-16' | 'saft-cash'; readonly encoding: Encoding }
  | { readonly format: 'sie' }
  | {
      readonly format: 'profile-csv';
      readonly encoding: Encoding;
      readonly profile: Profile;
      readonly style: CsvStyle;
    }
  | { readonly format: 'profile-xml'; readonly encoding: Encoding; readonly profile: Profile }
  | { readonly format: null; readonly problems: readonly Problem[] };

/** Recognises a file by its first bytes. The first profile whose header matches is used. */
export function recognise(survey: Survey, profiles: readonly Profile[]): Recognised {
  const encoding = encodingOf(survey, null);
  const text = decodeHead(survey.head, encoding);
  if (text.trim() === '') return { format: null, problems: [problemAt('file-empty', null)] };
  if (SIE_LABEL.test(text)) return { format: 'sie' };
  const root = readXmlRoot(text);
  if (root?.namespace === TIDY_NAMESPACE) return { format: 'tidy-xml', encoding };
  if (root?.namespace === SAFT_CASH_NAMESPACE) return { format: 'saft-cash', encoding };
  if (isTillJournal(root)) return { format: 'skvfs-2021-16', encoding };
  const standard = root === null ? standardCsvIn(text, encoding) : null;
  if (standard !== null) return standard;
  const misses: string[] = [];
  for (const profile of profiles) {
    const found = matchProfile(profile, survey);
    if ('format' in found) return found;
    misses.push(`${profile.profile} (${shorten(found.lacking.join(', '))})`);
  }
  return { format: null, problems: [unknown(text, misses)] };
}

/** Labels that a SIE file begins with. A # alone may begin a comment of another format. */
const SIE_LABEL =
  /^\s*#(?:FLAGGA|FORMAT|SIETYP|PROGRAM|GEN|PROSA|FTYP|FNR|ORGNR|FNAMN|RAR|VALUTA|KSUMMA|VER)\b/i;

/** @returns null when the first line is the header of none of our own CSV formats */
function standardCsvIn(text: string, encoding: Encoding): Recognised | null {
  const first = linesOf(text).find((line) => !isBlank(line.text));
  if (first === undefined) return null;
  const tidy = readTidyHeader(first.text, first.number);
  if (tidy !== null) return { format: 'tidy-csv', encoding, header: tidy };
  const credit = readCreditHeader(first.text, first.number);
  if (credit !== null) return { format: 'credit-csv', encoding, header: credit };
  const customers = readCustomerHeader(first.text, first.number);
  if (customers !== null) return { format: 'customers-csv', encoding, header: customers };
  const invoices = readInvoiceHeader(first.text, first.number);
  return invoices === null ? null : { format: 'invoice-csv', encoding, header: invoices };
}

type Miss = { readonly lacking: readonly string[] };

function matchProfile(profile: Profile, survey: Survey): Recognised | Miss {
  const { input } = profile;
  const encoding = encodingOf(survey, input.encoding ?? null);
  const text = decodeHead(survey.head, encoding);
  if (input.format === 'xml') return matchXml(profile, text, encoding);
  const lines = linesOf(text);
  const delimiters = input.delimiter === undefined ? DELIMITERS : [input.delimiter];
  let lacking: readonly string[] = [];
  for (const delimiter of delimiters) {
    const style = { delimiter, quote: input.quote };
    const missing = lackingIn(profile, lines, style);
    if (missing === null) return { format: 'profile-csv', encoding, profile, style };
    if (lacking.length === 0) lacking = missing;
  }
  return { lacking };
}

function matchXml(profile: Profile, text: string, encoding: Encoding): Recognised | Miss {
  const record = profile.input.row ?? '';
  const node = firstXmlRecord(text, { namespace: null, records: [record] });
  if (node === null) return { lacking: [`<${record}>`] };
  const outcome = layOut(
    profile,
    columnsOf(node).map(([name]) => name),
    node.place.line,
  );
  if ('lacking' in outcome) return { lacking: outcome.lacking };
  return { format: 'profile-xml', encoding, profile };
}

function unknown(text: string, misses: readonly string[]): Problem {
  const expected = [...STANDARD, ...misses].join(' | ');
  return problemAt('format-unknown', null, { found: text.trimStart().slice(0, 80), expected });
}

const STANDARD = [
  `CSV ${TIDY_FIELDS.slice(0, 3).join(';')};…`,
  `CSV ${CREDIT_FIELDS.slice(0, 3).join(';')};…`,
  `CSV ${CUSTOMER_COLUMNS.slice(0, 2).join(';')};…`,
  `CSV ${INVOICE_FIELDS.slice(0, 4).join(';')};…`,
  `XML ${TIDY_NAMESPACE}`,
  'XML SKVFS 2021:16, SAF-T',
  'SIE #VER',
];
