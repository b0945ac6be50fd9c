import { decimal, kronor } from './amounts.ts';
import { seeded, type Chance } from './chance.ts';
import { DEMO_STORE } from './till.ts';

/** An invoice or credit note that the chain sends the store. Amounts in öre. */
export type ChainInvoice = {
  readonly number: string;
  readonly date: string;
  readonly dueDate: string;
  /** What the payment has to say: the number with its check digit. */
  readonly ocr: string;
  /** What kind of invoice the chain calls it. */
  readonly cost: 'VARUFAKTURA' | 'OMKOSTNADSFAKTURA' | 'TJANSTEFAKTURA';
  readonly note: string;
  readonly lines: readonly ChainLine[];
  /** The invoice that a credit note takes back a part of. */
  readonly credits: ChainInvoice | null;
};

type ChainLine = {
  readonly text: string;
  readonly cost: string;
  readonly rate: 600 | 2500;
  readonly net: bigint;
};

/** Who sends the store its goods and services. Made up. */
export const CHAIN = { name: 'Kedjegrossisten AB', orgNumber: '5599990032' } as const;
const STORE = { name: 'Ängens Livs AB', orgNumber: '5599990016' } as const;
/** The chain takes what it is owed from the store's account with it, soon. */
const DAYS_TO_PAY = 4;
const DAYS_TO_CREDIT = 2;
const FIRST_NUMBER = 7_004_512_881;

/**
 * The chain's invoices of some days in a row: goods each Monday and Thursday, one of them partly
 * credited, overheads on the 5th and services on the last day.
 */
export function chainInvoices(days: readonly string[]): readonly ChainInvoice[] {
  const chance = seeded(20_261_001);
  const invoices: ChainInvoice[] = [];
  const add = (date: string, rest: Rest): void => {
    invoices.push({ ...numbered(FIRST_NUMBER + invoices.length * 7), ...dated(date), ...rest });
  };
  for (const date of days) {
    const weekday = new Date(`${date}T12:00:00Z`).getUTCDay();
    if (weekday === 1 || weekday === 4) add(date, goods(chance));
    const first = invoices[0];
    if (date.endsWith('-06') && first !== undefined) {
      add(date, { ...complaint(first), dueDate: daysAfter(date, DAYS_TO_CREDIT) });
    }
    if (date.endsWith('-05')) add(date, overhead());
    if (date === days.at(-1)) add(date, services());
  }
  return invoices;
}

type Rest = Pick<ChainInvoice, 'cost' | 'note' | 'lines' | 'credits'> & {
  readonly dueDate?: string;
};

function goods(chance: Chance): Rest {
  const around = (kronor: number): bigint => BigInt(Math.round(kronor * (0.8 + 0.4 * chance())));
  const lines: ChainLine[] = [
    { text: 'Kolonial och färskvaror', cost: 'LIVS', rate: 600, net: around(9_100_000) },
    { text: 'Hygien och städ', cost: 'NEAR', rate: 2500, net: around(1_350_000) },
    { text: 'Tobak', cost: 'TOBAK', rate: 2500, net: around(2_100_000) },
    { text: 'Retur lastbärare', cost: 'LASTBAR', rate: 2500, net: -54_000n },
  ];
  return { cost: 'VARUFAKTURA', note: 'Varufaktura', lines, credits: null };
}

function complaint(invoice: ChainInvoice): Rest {
  const line = { text: 'Kreditering färskvaror', cost: 'LIVS', rate: 600, net: 85_000n } as const;
  return { cost: 'VARUFAKTURA', note: 'Reklamation färskvaror', lines: [line], credits: invoice };
}

function overhead(): Rest {
  const line = {
    text: 'Kassarullar och bärkassar',
    cost: 'EMB',
    rate: 2500,
    net: 642_050n,
  } as const;
  return { cost: 'OMKOSTNADSFAKTURA', note: 'Förbrukning', lines: [line], credits: null };
}

function services(): Rest {
  const lines: ChainLine[] = [
    { text: 'Kassasystem, månadsavgift', cost: 'IT', rate: 2500, net: 985_000n },
    { text: 'Marknadsföring gemensam', cost: 'MARKNAD', rate: 2500, net: 850_000n },
  ];
  return { cost: 'TJANSTEFAKTURA', note: 'Tjänstefaktura', lines, credits: null };
}

function numbered(number: number) {
  return { number: String(number), ocr: `${number}${checkDigit(String(number))}` };
}

function dated(date: string) {
  return { date, dueDate: daysAfter(date, DAYS_TO_PAY) };
}

function daysAfter(date: string, days: number): string {
  return Temporal.PlainDate.from(date).add({ days }).toString();
}

/** The digit after Luhn that an OCR number ends with. */
function checkDigit(digits: string): number {
  const sum = [...digits].reverse().reduce((total, digit, i) => {
    const doubled = Number(digit) * (i % 2 === 0 ? 2 : 1);
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return (10 - (sum % 10)) % 10;
}

/** What is to be paid, or got back by a credit note; always positive. */
export function payableOf({ lines }: ChainInvoice): bigint {
  return totalsOf(lines).gross;
}

function totalsOf(lines: readonly ChainLine[]) {
  const rates = ([600, 2500] as const).flatMap((rate) => {
    const nets = lines.filter((line) => line.rate === rate).map((line) => line.net);
    const base = nets.reduce((total, net) => total + net, 0n);
    // To the nearest öre, halves up: the document's own VAT, which the hub only compares.
    return nets.length === 0 ? [] : [{ rate, base, vat: (base * BigInt(rate) + 5_000n) / 10_000n }];
  });
  const net = rates.reduce((total, one) => total + one.base, 0n);
  const vat = rates.reduce((total, one) => total + one.vat, 0n);
  return { rates, net, vat, gross: net + vat };
}

/** Invoices of overheads as the chain's own file has them, all at 25 %. */
export function invoicesCsv(invoices: readonly ChainInvoice[]): string {
  const head = 'invoice_no;date;due;class;net_25;vat_25;gross;ocr';
  const lines = invoices.map(({ number, date, dueDate, lines: sold, ocr }) => {
    const { net, vat, gross } = totalsOf(sold);
    const amounts = [net, vat, gross].map(kronor);
    return [number, date, dueDate, 'OMKOSTNAD', ...amounts, ocr].join(';');
  });
  return `${[head, ...lines].join('\n')}\n`;
}

/** The invoice as Peppol BIS Billing 3 writes it. */
export function invoiceXml(invoice: ChainInvoice): string {
  const kind = invoice.credits === null ? 'Invoice' : 'CreditNote';
  const oasis = 'urn:oasis:names:specification:ubl:schema:xsd';
  const spaces =
    `xmlns="${oasis}:${kind}-2" xmlns:cac="${oasis}:CommonAggregateComponents-2" ` +
    `xmlns:cbc="${oasis}:CommonBasicComponents-2"`;
  const inside = [headOf(invoice), partiesOf(), paymentOf(invoice), sumsOf(invoice)];
  const lines = invoice.lines.map((line, i) => lineXml(line, { kind, number: i + 1 }));
  const body = [...inside, ...lines].join('\n');
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${kind} ${spaces}>\n${body}\n</${kind}>\n`;
}

type Kind = 'Invoice' | 'CreditNote';

function headOf({ number, date, dueDate, note, cost, credits }: ChainInvoice): string {
  const type =
    credits === null
      ? [basic('DueDate', dueDate), basic('InvoiceTypeCode', '380')]
      : [basic('CreditNoteTypeCode', '381')];
  const corrected =
    credits === null
      ? ''
      : aggregate('BillingReference', [
          aggregate('InvoiceDocumentReference', [
            basic('ID', credits.number),
            basic('IssueDate', credits.date),
          ]),
        ]);
  const billing = 'urn:fdc:peppol.eu:2017:poacc:billing';
  return [
    basic('CustomizationID', `urn:cen.eu:en16931:2017#compliant#${billing}:3.0`),
    basic('ProfileID', `${billing}:01:1.0`),
    basic('ID', number),
    basic('IssueDate', date),
    ...type,
    basic('Note', note),
    basic('DocumentCurrencyCode', 'SEK'),
    basic('AccountingCost', cost),
    basic('BuyerReference', DEMO_STORE),
    corrected,
  ].join('');
}

function partiesOf(): string {
  return [
    aggregate('AccountingSupplierParty', [partyXml(CHAIN)]),
    aggregate('AccountingCustomerParty', [partyXml(STORE)]),
  ].join('\n');
}

function partyXml({ name, orgNumber }: typeof CHAIN | typeof STORE): string {
  const vat = aggregate('TaxScheme', [basic('ID', 'VAT')]);
  return aggregate('Party', [
    `<cbc:EndpointID schemeID="0007">${orgNumber}</cbc:EndpointID>`,
    aggregate('PartyName', [basic('Name', name)]),
    aggregate('PostalAddress', [
      basic('StreetName', 'Torget 1'),
      basic('CityName', 'Teststad'),
      basic('PostalZone', '12345'),
      aggregate('Country', [basic('IdentificationCode', 'SE')]),
    ]),
    aggregate('PartyTaxScheme', [basic('CompanyID', `SE${orgNumber}01`), vat]),
    aggregate('PartyLegalEntity', [
      basic('RegistrationName', name),
      `<cbc:CompanyID schemeID="0007">${orgNumber}</cbc:CompanyID>`,
    ]),
  ]);
}

/** Settled over the store's account with the chain. */
function paymentOf({ ocr }: ChainInvoice): string {
  return aggregate('PaymentMeans', [
    '<cbc:PaymentMeansCode name="Avräkningskonto">49</cbc:PaymentMeansCode>',
    basic('PaymentID', ocr),
    aggregate('PaymentMandate', [basic('ID', `KEDJEKONTO-${DEMO_STORE}`)]),
  ]);
}

function sumsOf({ lines }: ChainInvoice): string {
  const { rates, net, vat, gross } = totalsOf(lines);
  const subtotals = rates.map((one) =>
    aggregate('TaxSubtotal', [
      amount('TaxableAmount', one.base),
      amount('TaxAmount', one.vat),
      category('TaxCategory', one.rate),
    ]),
  );
  return [
    aggregate('TaxTotal', [amount('TaxAmount', vat), ...subtotals]),
    aggregate('LegalMonetaryTotal', [
      amount('LineExtensionAmount', net),
      amount('TaxExclusiveAmount', net),
      amount('TaxInclusiveAmount', gross),
      amount('PayableAmount', gross),
    ]),
  ].join('\n');
}

function lineXml(line: ChainLine, at: { readonly kind: Kind; readonly number: number }): string {
  const quantity = at.kind === 'Invoice' ? 'InvoicedQuantity' : 'CreditedQuantity';
  const price = line.net < 0n ? -line.net : line.net;
  return aggregate(`${at.kind}Line`, [
    basic('ID', String(at.number)),
    `<cbc:${quantity} unitCode="C62">${line.net < 0n ? -1 : 1}</cbc:${quantity}>`,
    amount('LineExtensionAmount', line.net),
    basic('AccountingCost', line.cost),
    aggregate('Item', [basic('Name', line.text), category('ClassifiedTaxCategory', line.rate)]),
    aggregate('Price', [amount('PriceAmount', price)]),
  ]);
}

function category(name: string, rate: number): string {
  const scheme = aggregate('TaxScheme', [basic('ID', 'VAT')]);
  return aggregate(name, [basic('ID', 'S'), basic('Percent', String(rate / 100)), scheme]);
}

function amount(name: string, öre: bigint): string {
  return `<cbc:${name} currencyID="SEK">${decimal(öre)}</cbc:${name}>`;
}

/** No text of the demo holds a sign that XML would have to be spared. */
function basic(name: string, text: string): string {
  return `<cbc:${name}>${text}</cbc:${name}>`;
}

function aggregate(name: string, inside: readonly string[]): string {
  return `<cac:${name}>${inside.join('')}</cac:${name}>`;
}
