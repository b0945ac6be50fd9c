import type { Language } from '../domain/posting/words.ts';
import type { Problem, ProblemCode } from '../ports/source.ts';

/** A sentence for each problem, made of its facts. */
type ProblemTexts = Readonly<Record<ProblemCode, (facts: Facts) => string>>;

/** Facts of a problem; a missing one reads as empty. */
type Facts = (name: string) => string;

const en: ProblemTexts = {
  'file-empty': () => 'The file is empty.',
  'format-unknown': (f) => `This is no format the hub knows. Expected ${f('expected')}.`,
  'not-text': (f) => `This is no text: ${f('found')}.`,
  'header-missing': (f) => `The header line is missing. Expected ${f('expected')}.`,
  'column-missing': (f) => `The column ${f('field')}${f('column')} is missing.`,
  'column-twice': (f) => `The column ${f('field')}${f('column')} stands twice in the header.`,
  'quote-open': () => 'A quote is opened and never closed: the file is damaged or cut off.',
  'record-too-long': (f) => `The line is longer than ${f('limit')} characters.`,
  'too-few-fields': (f) => `The row has ${f('found')} fields, the header ${f('expected')}.`,
  'too-many-fields': (f) => `The row has ${f('found')} fields, the header ${f('expected')}.`,
  'field-empty': (f) => `${f('field')} is empty.`,
  'not-a-number': (f) => `${f('field')}: “${f('found')}” is not an amount.`,
  'not-a-date': (f) => `${f('field')}: “${f('found')}” is not a day.`,
  'not-a-rate': (f) => `${f('field')}: “${f('found')}” is not a VAT rate.`,
  'unknown-value': (f) => `${f('field')}: “${f('found')}” is not known. Expected ${f('expected')}.`,
  'identity-differs': (f) =>
    `${f('field')}: “${f('found')}” here and “${f('expected')}” elsewhere in the same report.`,
  'rule-broken': (f) =>
    f('found') === ''
      ? `The rule ${f('rule')} is broken: ${f('expected')} is missing.`
      : `The rule ${f('rule')} is broken: “${f('found')}” stands here, ${f('expected')} was ` +
        `expected${after(', a difference of ', f('difference'))}.`,
  markup: (f) => `The XML is not well formed: ${f('found')}.`,
  'file-truncated': (f) => `The file ends in the middle: ${f('found')}.`,
  'checksum-differs': (f) => `The checksum is ${f('found')}, the file says ${f('expected')}.`,
  'over-limit': (f) => `There are too many ${f('what')}: more than ${f('limit')}.`,
  'too-many-problems': (f) => `… and ${f('more')} more.`,
  'profile-invalid': (f) => `The profile cannot be used: ${f('path')} ${f('found')}.`,
};

const sv: ProblemTexts = {
  'file-empty': () => 'Filen är tom.',
  'format-unknown': (f) => `Formatet är okänt för hubben. Väntat ${f('expected')}.`,
  'not-text': (f) => `Det är ingen text: ${f('found')}.`,
  'header-missing': (f) => `Rubrikraden saknas. Väntat ${f('expected')}.`,
  'column-missing': (f) => `Kolumnen ${f('field')}${f('column')} saknas.`,
  'column-twice': (f) => `Kolumnen ${f('field')}${f('column')} står två gånger i rubriken.`,
  'quote-open': () => 'Ett citattecken öppnas och stängs aldrig: filen är skadad eller avbruten.',
  'record-too-long': (f) => `Raden är längre än ${f('limit')} tecken.`,
  'too-few-fields': (f) => `Raden har ${f('found')} fält, rubriken ${f('expected')}.`,
  'too-many-fields': (f) => `Raden har ${f('found')} fält, rubriken ${f('expected')}.`,
  'field-empty': (f) => `${f('field')} är tomt.`,
  'not-a-number': (f) => `${f('field')}: ”${f('found')}” är inget belopp.`,
  'not-a-date': (f) => `${f('field')}: ”${f('found')}” är ingen dag.`,
  'not-a-rate': (f) => `${f('field')}: ”${f('found')}” är ingen momssats.`,
  'unknown-value': (f) => `${f('field')}: ”${f('found')}” är okänt. Väntat ${f('expected')}.`,
  'identity-differs': (f) =>
    `${f('field')}: ”${f('found')}” här och ”${f('expected')}” på annat ställe i samma rapport.`,
  'rule-broken': (f) =>
    f('found') === ''
      ? `Regeln ${f('rule')} är bruten: ${f('expected')} saknas.`
      : `Regeln ${f('rule')} är bruten: här står ”${f('found')}”, väntat var ` +
        `${f('expected')}${after(', skillnaden är ', f('difference'))}.`,
  markup: (f) => `XML-filen är felaktig: ${f('found')}.`,
  'file-truncated': (f) => `Filen slutar mitt i: ${f('found')}.`,
  'checksum-differs': (f) => `Kontrollsumman är ${f('found')}, filen säger ${f('expected')}.`,
  'over-limit': (f) => `Det är för många ${f('what')}: fler än ${f('limit')}.`,
  'too-many-problems': (f) => `… och ${f('more')} till.`,
  'profile-invalid': (f) => `Profilen går inte att använda: ${f('path')} ${f('found')}.`,
};

const nb: ProblemTexts = {
  'file-empty': () => 'Filen er tom.',
  'format-unknown': (f) => `Formatet er ukjent for huben. Ventet ${f('expected')}.`,
  'not-text': (f) => `Dette er ikke tekst: ${f('found')}.`,
  'header-missing': (f) => `Overskriftsraden mangler. Ventet ${f('expected')}.`,
  'column-missing': (f) => `Kolonnen ${f('field')}${f('column')} mangler.`,
  'column-twice': (f) => `Kolonnen ${f('field')}${f('column')} står to ganger i overskriften.`,
  'quote-open': () => 'Et anførselstegn åpnes og lukkes aldri: filen er skadet eller avbrutt.',
  'record-too-long': (f) => `Linjen er lengre enn ${f('limit')} tegn.`,
  'too-few-fields': (f) => `Raden har ${f('found')} felt, overskriften ${f('expected')}.`,
  'too-many-fields': (f) => `Raden har ${f('found')} felt, overskriften ${f('expected')}.`,
  'field-empty': (f) => `${f('field')} er tomt.`,
  'not-a-number': (f) => `${f('field')}: «${f('found')}» er ikke et beløp.`,
  'not-a-date': (f) => `${f('field')}: «${f('found')}» er ikke en dag.`,
  'not-a-rate': (f) => `${f('field')}: «${f('found')}» er ikke en mva-sats.`,
  'unknown-value': (f) => `${f('field')}: «${f('found')}» er ukjent. Ventet ${f('expected')}.`,
  'identity-differs': (f) =>
    `${f('field')}: «${f('found')}» her og «${f('expected')}» et annet sted i samme rapport.`,
  'rule-broken': (f) =>
    f('found') === ''
      ? `Regelen ${f('rule')} er brutt: ${f('expected')} mangler.`
      : `Regelen ${f('rule')} er brutt: her står «${f('found')}», ventet var ` +
        `${f('expected')}${after(', forskjellen er ', f('difference'))}.`,
  markup: (f) => `XML-filen er feil: ${f('found')}.`,
  'file-truncated': (f) => `Filen slutter midt i: ${f('found')}.`,
  'checksum-differs': (f) => `Kontrollsummen er ${f('found')}, filen sier ${f('expected')}.`,
  'over-limit': (f) => `Det er for mange ${f('what')}: flere enn ${f('limit')}.`,
  'too-many-problems': (f) => `… og ${f('more')} til.`,
  'profile-invalid': (f) => `Profilen kan ikke brukes: ${f('path')} ${f('found')}.`,
};

const TEXTS: Readonly<Record<Language, ProblemTexts>> = { sv, nb, en };

const PLACE: Readonly<Record<Language, (line: number, column: number | null) => string>> = {
  sv: (line, column) => `rad ${line}${column === null ? '' : `, tecken ${column}`}: `,
  nb: (line, column) => `linje ${line}${column === null ? '' : `, tegn ${column}`}: `,
  en: (line, column) => `line ${line}${column === null ? '' : `, column ${column}`}: `,
};

/** A fact that is not always there, with the words before it. */
function after(words: string, fact: string): string {
  return fact === '' ? '' : words + fact;
}

/** The problem in words, with its place, in the reader's language. */
export function describeProblem(problem: Problem, language: Language): string {
  const { line, column, code, facts } = problem;
  const { entry } = facts;
  const file = entry === undefined ? '' : `${entry}: `;
  const place = line === null ? '' : PLACE[language](line, column);
  return file + place + TEXTS[language][code]((name) => facts[name] ?? '');
}
