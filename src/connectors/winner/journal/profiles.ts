/** What Winner's invoice journal is made of: four files, of which three are booked. */
export type JournalKind = 'headers' | 'payments' | 'calendars' | 'lines';

/** How one language of Windows writes the journal. Names of columns are in small letters. */
export type JournalProfile = {
  readonly name: 'nb' | 'sv' | 'en';
  readonly decimal: ',' | '.';
  readonly columns: Readonly<Record<JournalKind, readonly string[]>>;
  /** What a credit note is called in the column of types. */
  readonly credit: string;
  /** What the rate of an item line is called, where it is told. */
  readonly rate: string;
};

/**
 * Columns in the order that the readers name them:
 * headers: number date due project alternative contract customer name net vat gross type;
 * payments: number date invoice customer amount method reverses;
 * lines: invoice line group net gross.
 *
 * The Norwegian headers were seen; the others follow the words of Winner's own pages.
 */
export const PROFILES: readonly JournalProfile[] = [
  {
    name: 'nb',
    decimal: ',',
    credit: 'kreditnota',
    rate: 'mva-sats',
    columns: {
      headers: [
        ...['fakturanr', 'fakturadato', 'forfallsdato', 'prosjekt', 'alternativ', 'kontraktnr'],
        ...['kundenr', 'kundenavn', 'netto', 'mva', 'brutto', 'type'],
      ],
      payments: [
        ...['betalingsnr', 'betalingsdato', 'fakturanr', 'kundenr', 'beløp', 'betalingsmåte'],
        'reverserer',
      ],
      calendars: ['prosjekt', 'alternativ', 'linje', 'prosent', 'beløp', 'forfallsdato'],
      lines: ['fakturanr', 'linje', 'varegruppe', 'netto', 'brutto'],
    },
  },
  {
    name: 'sv',
    decimal: ',',
    credit: 'kreditfaktura',
    rate: 'momssats',
    columns: {
      headers: [
        ...['fakturanr', 'fakturadatum', 'förfallodatum', 'projekt', 'alternativ', 'kontraktsnr'],
        ...['kundnr', 'kundnamn', 'netto', 'moms', 'brutto', 'typ'],
      ],
      payments: [
        ...['betalningsnr', 'betalningsdatum', 'fakturanr', 'kundnr', 'belopp', 'betalsätt'],
        'reverserar',
      ],
      calendars: ['projekt', 'alternativ', 'rad', 'procent', 'belopp', 'förfallodatum'],
      lines: ['fakturanr', 'rad', 'varugrupp', 'netto', 'brutto'],
    },
  },
  {
    name: 'en',
    decimal: '.',
    credit: 'credit note',
    rate: 'vat rate',
    columns: {
      headers: [
        ...['invoice no.', 'invoice date', 'due date', 'project', 'alternative', 'contract no.'],
        ...['customer no.', 'customer name', 'net', 'vat', 'gross', 'type'],
      ],
      payments: [
        ...['payment no.', 'payment date', 'invoice no.', 'customer no.', 'amount', 'method'],
        'reverses',
      ],
      calendars: ['project', 'alternative', 'line', 'percent', 'amount', 'due date'],
      lines: ['invoice no.', 'line', 'group', 'net', 'gross'],
    },
  },
];
