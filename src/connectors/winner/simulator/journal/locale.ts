/** The languages of Windows that a journal is written in. */
export type LocaleName = 'nb' | 'sv' | 'en';

/** How one Windows writes numbers and dates, and what Winner calls the columns there. */
export type Locale = {
  readonly separator: ';' | ',';
  readonly decimal: ',' | '.';
  /** What stands between thousands unless another is chosen. */
  readonly thousands: ' ' | ',';
  /** From `2026-05-15`. */
  readonly date: (iso: string) => string;
  readonly columns: Columns;
  readonly words: { readonly invoice: string; readonly credit: string };
};

/** Headers of the four files, in the order of their columns. */
export type Columns = {
  readonly headers: readonly string[];
  readonly calendars: readonly string[];
  readonly payments: readonly string[];
  readonly lines: readonly string[];
};

/** Only the Norwegian headers of the first file are those of a fixture; all others are guessed. */
export const LOCALES: Readonly<Record<LocaleName, Locale>> = {
  nb: {
    separator: ';',
    decimal: ',',
    thousands: ' ',
    date: (iso) => iso.split('-').reverse().join('.'),
    words: { invoice: 'Faktura', credit: 'Kreditnota' },
    columns: {
      headers: [
        ...words('Fakturanr Fakturadato Forfallsdato Prosjekt Alternativ Kontraktnr'),
        ...words('Kundenr Kundenavn Netto MVA Brutto Type'),
      ],
      calendars: words('Prosjekt Alternativ Linje Type Tekst Prosent Beløp Forfallsdato Fakturanr'),
      payments: words('Betalingsnr Betalingsdato Fakturanr Kundenr Beløp Betalingsmåte Reverserer'),
      lines: words('Fakturanr Linje Varegruppe Tekst MVA-sats Netto MVA Brutto'),
    },
  },
  sv: {
    separator: ';',
    decimal: ',',
    thousands: ' ',
    date: (iso) => iso,
    words: { invoice: 'Faktura', credit: 'Kreditfaktura' },
    columns: {
      headers: [
        ...words('Fakturanr Fakturadatum Förfallodatum Projekt Alternativ Kontraktsnr'),
        ...words('Kundnr Kundnamn Netto Moms Brutto Typ'),
      ],
      calendars: words('Projekt Alternativ Rad Typ Text Procent Belopp Förfallodatum Fakturanr'),
      payments: words('Betalningsnr Betalningsdatum Fakturanr Kundnr Belopp Betalsätt Reverserar'),
      lines: words('Fakturanr Rad Varugrupp Text Momssats Netto Moms Brutto'),
    },
  },
  en: {
    separator: ',',
    decimal: '.',
    thousands: ',',
    date: (iso) => iso.split('-').reverse().join('/'),
    words: { invoice: 'Invoice', credit: 'Credit note' },
    columns: {
      headers: [
        ...['Invoice no.', 'Invoice date', 'Due date', 'Project', 'Alternative', 'Contract no.'],
        ...['Customer no.', 'Customer name', 'Net', 'VAT', 'Gross', 'Type'],
      ],
      calendars: [
        ...['Project', 'Alternative', 'Line', 'Type', 'Text', 'Percent', 'Amount', 'Due date'],
        'Invoice no.',
      ],
      payments: [
        ...['Payment no.', 'Payment date', 'Invoice no.', 'Customer no.', 'Amount', 'Method'],
        'Reverses',
      ],
      lines: ['Invoice no.', 'Line', 'Group', 'Text', 'VAT rate', 'Net', 'VAT', 'Gross'],
    },
  },
};

function words(text: string): string[] {
  return text.split(' ');
}
