import type {
  Problem,
  FileSource,
  IncomingFile,
  KnownBefore,
  Reading,
} from '../../ports/source.ts';
import { readCreditCsv } from './credit/csv.ts';
import { readCustomersCsv } from './customers/csv.ts';
import { readInvoiceCsv } from './invoice/csv.ts';
import { UNREADABLE_MAX } from './limits.ts';
import { problemAt, rejected, shorten } from '../../ports/problem.ts';
import { readProfileCsv } from './profile/csv.ts';
import { readProfile } from './profile/read-profile.ts';
import type { Profile } from './profile/schema.ts';
import { readProfileXml } from './profile/xml.ts';
import { recognise, type Recognised } from './recognise.ts';
import { settleReports } from './report/settle.ts';
import type { MinButikSettings } from './settings.ts';
import { readSieVouchers } from '../../ports/sie-file/read.ts';
import { SYSTEM } from './report/identity.ts';
import { readAuditFile } from './saft/audit-file.ts';
import { readTillJournal } from './skvfs/journal.ts';
import { termsOf, type Terms } from './terms.ts';
import { decodeText } from './text/decode.ts';
import { readLines } from './text/lines.ts';
import { surveyBytes, type Encoding, type Survey } from './text/survey.ts';
import { readTidyCsv } from './tidy/csv.ts';
import { readTidyXml } from './tidy/xml.ts';
import { isArchive } from './xlsx/archive.ts';
import { readWorkbook } from './xlsx/read-workbook.ts';

/**
 * The files of MinButik: each is looked through once for what it is, and read once.
 *
 * What stands in a file never throws. What opening or reading the file itself throws goes on to the
 * caller.
 */
export function minButikFiles(settings: MinButikSettings): FileSource {
  const terms = termsOf(settings);
  const { profiles, problems } = readProfiles(settings.profiles);
  return {
    async *read(file, known) {
      const survey = await surveyBytes(file.open());
      if (isArchive(survey.head)) {
        yield* bounded(readWorkbook(file.open(), { profiles, terms }));
        return;
      }
      const found = recognise(survey, profiles);
      if (found.format === null) {
        yield rejected(...found.problems, ...problems);
        return;
      }
      const spoilt = spoiltBy(survey, found);
      if (spoilt !== null) {
        yield rejected(spoilt);
        return;
      }
      yield { kind: 'guess', facts: factsOf(found) };
      yield* bounded(readAs(found, { file, survey, terms, known }));
    },
  };
}

/** Ends a file of which almost nothing can be read: of so many problems nobody mends one. */
async function* bounded(readings: AsyncIterable<Reading>): AsyncGenerator<Reading> {
  let unreadable = 0;
  for await (const reading of readings) {
    if (reading.kind === 'unreadable') unreadable += 1;
    if (unreadable > UNREADABLE_MAX) {
      const facts = { what: 'unreadable reports in a file', limit: String(UNREADABLE_MAX) };
      yield rejected(problemAt('over-limit', null, facts));
      return;
    }
    yield reading;
  }
}

/** Profiles that can be used, and what is wrong with the others. */
function readProfiles(given: readonly unknown[]): {
  readonly profiles: readonly Profile[];
  readonly problems: readonly Problem[];
} {
  const outcomes = given.map((json) => readProfile(json));
  return {
    profiles: outcomes.flatMap((o) => (o.kind === 'profile' ? [o.profile] : [])),
    problems: outcomes.flatMap((o) => (o.kind === 'invalid' ? o.problems : [])),
  };
}

type Readable = Exclude<Recognised, { readonly format: null }>;

/** @returns why nothing of the file is to be trusted, going by its bytes */
function spoiltBy(survey: Survey, found: Readable): Problem | null {
  if (found.format === 'sie') return null;
  if (survey.endsInCharacter) {
    return problemAt('file-truncated', null, { found: 'half a character' });
  }
  const isCsv = found.format.endsWith('csv');
  return !isCsv && isDamaged(survey, found.encoding)
    ? problemAt('not-text', null, { found: found.encoding })
    : null;
}

function isDamaged(survey: Survey, encoding: Encoding): boolean {
  return encoding === 'utf-8' && survey.brokenUtf8;
}

/** What was guessed of the file, for a person to object to. */
function factsOf(found: Readable): Readonly<Record<string, string>> {
  const { format } = found;
  switch (found.format) {
    case 'sie':
      return { format };
    case 'tidy-xml':
    case 'skvfs-2021-16':
    case 'saft-cash':
      return { format, encoding: found.encoding };
    case 'profile-xml':
      return { format, encoding: found.encoding, profile: nameOf(found.profile) };
    case 'profile-csv': {
      const { encoding, style, profile } = found;
      return { format, encoding, delimiter: style.delimiter, profile: nameOf(profile) };
    }
    case 'credit-csv':
    case 'customers-csv':
    case 'invoice-csv':
    case 'tidy-csv': {
      const { delimiter } = found.header.style;
      const facts = { format, encoding: found.encoding, delimiter };
      const ignored = found.header.ignored.join(', ');
      return ignored === '' ? facts : { ...facts, ignoredColumns: shorten(ignored) };
    }
  }
}

function nameOf({ profile, version }: Profile): string {
  return `${profile} v${version}`;
}

type Task = {
  readonly file: IncomingFile;
  readonly survey: Survey;
  readonly terms: Terms;
  readonly known: KnownBefore | undefined;
};

async function* readAs(found: Readable, task: Task): AsyncGenerator<Reading> {
  const { file, survey, terms } = task;
  const { currency } = terms;
  if (found.format === 'sie') {
    yield* readSieVouchers(file.open(), { system: SYSTEM, account: 'sie', currency });
    return;
  }
  const text = decodeText(file.open(), found.encoding);
  const csv = { lines: readLines(text), isDamaged: isDamaged(survey, found.encoding) };
  switch (found.format) {
    case 'credit-csv':
      return yield* readCreditCsv(csv, terms, (await task.known?.invoiceModes()) ?? new Map());
    case 'customers-csv':
      return yield* readCustomersCsv(csv, terms);
    case 'invoice-csv':
      return yield* readInvoiceCsv(csv, terms);
    case 'tidy-csv':
      return yield* settleReports(readTidyCsv(csv, terms), currency);
    case 'profile-csv':
      return yield* settleReports(readProfileCsv(csv, found, terms), currency);
    case 'saft-cash':
      return yield* settleReports(readAuditFile(text, terms), 'NOK');
    case 'skvfs-2021-16':
      return yield* settleReports(readTillJournal(text, terms), 'SEK');
    case 'tidy-xml':
      return yield* settleReports(readTidyXml(text, terms), currency);
    case 'profile-xml':
      return yield* settleReports(readProfileXml(text, found.profile, terms), currency);
  }
}
