import { formatMoney, money } from '../../../domain/money.ts';
import { writeElements, type Written } from '../xml/escape.ts';
import type { Receipt } from './receipt.ts';
import type { ZReport } from './z-report.ts';

/** The namespaces of the journal: of its root, and of everything in it. */
export const JOURNAL_NAMESPACE =
  'http://xmls.skatteverket.se/se/skatteverket/td/instans/utredningsstod/1.0';
export const JOURNAL_PARTS_NAMESPACE =
  'http://xmls.skatteverket.se/se/skatteverket/td/komponent/utredningsstod/1.0';

export const JOURNAL_ROOT = 'ExportAvDataFranJournalminneEnligtSKVFS2021-16';

/** Where and when something was registered. */
export type Registered = { readonly register: string; readonly time: string };

/** What comes before the events of a journal. */
export function journalStart(company: {
  readonly organisation: string;
  readonly address: string;
}): string {
  const told = writeElements([
    [
      'InformationOmForetaget',
      [
        ['OrganisationsnummerEllerPersonnummer', company.organisation],
        ['DenAdressDarForsaljningSker', company.address],
      ],
    ],
  ]);
  return (
    '<?xml version="1.0" encoding="UTF-8"?>\n' +
    `<i:${JOURNAL_ROOT} xmlns:i="${JOURNAL_NAMESPACE}" xmlns="${JOURNAL_PARTS_NAMESPACE}">\n` +
    `${told}\n<RegistreringLISTA>\n`
  );
}

export const JOURNAL_END = `</RegistreringLISTA>\n</i:${JOURNAL_ROOT}>\n`;

/** What a receipt adds to its day, without its articles: one line for each rate. */
export function writeReceipt(receipt: Receipt, registered: Registered): string {
  const { kind, number, zNumber, sales, vat, tenders } = receipt;
  const articles = [...sales].map(([rate, minor]): Written => [
    'SaldArtikel',
    [
      ['PrisPaSaldArtikel', amountText(minor)],
      ['MervardesskattesatsForSaldArtikel', rateText(rate)],
    ],
  ]);
  const payments = [...tenders].map(([word, minor]): Written => [
    'TotalForsaljningssummaPerBetalningsmedel',
    [
      ['Betalningsmedel', word],
      ['ForsaljningssummaPerBetalningsmedel', amountText(minor)],
    ],
  ]);
  return writeEvent(registered, kind === 'return' ? 'Returkvitto' : 'Kassakvitto', [
    ['LopnummerForKassakvitto', number],
    ['SaldaArtiklarLISTA', articles],
    ['TotalaForsaljningssummorPerBetalningsmedelLISTA', payments],
    ['MervardesskattPaOlikaSkattesatserLISTA', [...vat].map((one) => writeVat(one))],
    ['LopnummerForZDagrapportPaKvitto', zNumber],
  ]);
}

/** The Z report's own totals. Its VAT is written as one amount, at no rate of its own. */
export function writeZReport(report: ZReport, registered: Registered): string {
  const { number, organisation, gross, vat, receipts } = report;
  return writeEvent(registered, 'ZDagrapport', [
    ['OrganisationsnummerEllerPersonnummer', organisation],
    ['LopnummerForZDagrapport', number],
    ...(gross === null ? [] : [['TotalForsaljningssumma', amountText(gross)] as const]),
    ...(vat === null
      ? []
      : [['MervardesskattPaOlikaSkattesatserLISTA', [writeVat([0, vat])]] as const]),
    ...(receipts === null ? [] : [['AntalKassakvitton', String(receipts)] as const]),
  ]);
}

function writeVat([rate, minor]: readonly [rate: number, minor: bigint]): Written {
  return [
    'MervardesskattPerSkattesats',
    [
      ['Mervardesskattesats', rateText(rate)],
      ['TotaltMervardesskattebeloppPerSkattesats', amountText(minor)],
    ],
  ];
}

function writeEvent(
  { register, time }: Registered,
  name: string,
  content: readonly Written[],
): string {
  const around: readonly Written[] = [
    ['Kassabeteckning', register],
    ['Registreringstidpunkt', time],
    [name, content],
  ];
  return `${writeElements([['Handelse', around]])}\n`;
}

function amountText(minor: bigint): string {
  return formatMoney(money(minor, 'SEK'));
}

function rateText(rate: number): string {
  return formatMoney(money(BigInt(rate), 'SEK'));
}
