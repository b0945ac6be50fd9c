import type { CustomerField } from '../domain/document/customer.ts';
import { numbersMissing } from '../domain/document/report-numbers.ts';
import type { Language } from '../domain/posting/words.ts';
import type { LeftOutWhy } from '../domain/document/attached-file.ts';
import type { Notice } from '../domain/refusal.ts';
import { showAmount, showRate } from './amounts.ts';

type NoticeTexts = {
  readonly [Code in Notice['code']]: (notice: Extract<Notice, { readonly code: Code }>) => string;
};

type FieldNames = Readonly<Record<CustomerField, string>>;

const FIELDS_SV: FieldNames = {
  name: 'namn',
  orgNumber: 'organisationsnummer',
  address: 'adress',
  email: 'e-post',
  gln: 'GLN',
  terms: 'betalningsvillkor',
};

const FIELDS_NB: FieldNames = {
  name: 'navn',
  orgNumber: 'organisasjonsnummer',
  address: 'adresse',
  email: 'e-post',
  gln: 'GLN',
  terms: 'betalingsbetingelser',
};

const FIELDS_EN: FieldNames = {
  name: 'name',
  orgNumber: 'organisation number',
  address: 'address',
  email: 'e-mail',
  gln: 'GLN',
  terms: 'terms of payment',
};

const LEFT_OUT: Readonly<Record<Language, Readonly<Record<LeftOutWhy, string>>>> = {
  sv: {
    external: 'den ligger någon annanstans',
    type: 'den är av ett slag som inte tas emot',
    size: 'den är för stor',
    damaged: 'den går inte att läsa',
  },
  nb: {
    external: 'den ligger et annet sted',
    type: 'den er av et slag som ikke tas imot',
    size: 'den er for stor',
    damaged: 'den kan ikke leses',
  },
  en: {
    external: 'it stands elsewhere',
    type: 'it is of a kind that is not taken',
    size: 'it is too large',
    damaged: 'it cannot be decoded',
  },
};

const sv: NoticeTexts = {
  'food-at-other-rate': (n) =>
    `”${n.line}” ser ut som livsmedel men har ${showRate(n.rate, 'sv')}; livsmedel har ` +
    `${showRate(n.foodRate, 'sv')} den dagen.`,
  'entries-pending': (n) =>
    `Kontoutdraget för ${n.account} har ${n.count} post(er) på ${showAmount(n.total, 'sv')} som ` +
    'inte är bokförda av banken än. De kommer på ett senare utdrag.',
  'debits-left-out': (n) =>
    `Bankens avisering för ${n.account} har ${n.count} betalning(ar) ut på ` +
    `${showAmount(n.total, 'sv')}: de bokförs med kontoutdraget.`,
  'reverse-charge-computed': (n) =>
    `Omvänd betalningsskyldighet: ${showRate(n.rate, 'sv')} av ${showAmount(n.base, 'sv')} är ` +
    `${showAmount(n.vat, 'sv')}, både ingående och utgående moms.`,
  'attachment-left-out': (n) =>
    `Den bifogade filen ”${n.name}” följer inte med: ${LEFT_OUT.sv[n.why]}.`,
  'products-left': (n) =>
    n.said === undefined
      ? `Momssatsen är okänd för ${n.products.join(', ')}: inget pris skrivs i butiken. Sätt ` +
        'momsen på artikeln, och satserna i butikens inställningar.'
      : `Butiken tog inte emot ${n.products.join(', ')}: ${n.said}`,
  'refund-not-told': (n) =>
    `Order ${n.order} har återbetalningen ${n.refund}, som inte finns i filen: den bokförs inte.`,
  'payout-orders-unknown': (n) =>
    `${n.count} rad(er) på ${showAmount(n.total, 'sv')} i utbetalningen ${n.payout} hör till ` +
    `ingen känd order: ${n.rows.join(', ')}. De står kvar på avräkningskontot tills ordern ` +
    'bokförs.',
  'invoiced-before-delivery': (n) =>
    `${showAmount(n.total, 'sv')} av offert ${n.quote} faktureras före den sista delen ` +
    `(${n.parts.join(', ')}). I Norge får faktura med moms bara i vissa fall ställas ut före ` +
    'leverans (bokføringsforskriften § 5-2, mval. § 15-11): fråga redovisaren först.',
  'invoiced-in-advance': (n) =>
    `${showAmount(n.total, 'sv')} av order ${n.order} faktureras i förskott. I Norge får faktura ` +
    'med moms bara i vissa fall ställas ut före leverans (bokføringsforskriften § 5-2, mval. ' +
    '§ 15-11): fråga redovisaren först.',
  'payout-rows-pending': (n) =>
    `${n.account}: ${n.count} rad(er) på ${showAmount(n.total, 'sv')} är inte utbetalda än. De ` +
    'kommer med sin utbetalning.',
  'order-settled-otherwise': (n) =>
    `Order ${n.order} är på ${showAmount(n.claim, 'sv')}, utbetalt är ` +
    `${showAmount(n.paid, 'sv')}, skillnaden ${showAmount(n.difference, 'sv')} står på ` +
    'avräkningskontot. Jämför ordern med betaltjänsten.',
  'text-shortened': (n) => `Texten ”${n.from}” kortas till ”${n.to}”.`,
  'report-number-gap': (n) =>
    `Butik ${n.store}, kassa ${n.register}: ${n.missing} rapport(er) saknas mellan ${n.after} ` +
    `och ${n.before}: ${numbersMissing(n)}.`,
  'customer-field-kept': (n) =>
    `Kund ${n.customer}: ${n.fields.map((field) => FIELDS_SV[field]).join(', ')} står annorlunda ` +
    'i bokföringen och skrivs inte över.',
  'invoice-not-sent': (n) =>
    `Faktura ${n.invoice} finns i bokföringen men är inte skickad: ”${n.said}”. Skicka den där.`,
  'rounded-by-ledger': (n) =>
    `Bokföringen har avrundat faktura ${n.invoice} med ${showAmount(n.amount, 'sv')}.`,
  'terms-unknown': (n) =>
    `Kund ${n.customer}: betalningsvillkor ${n.terms} finns inte i bokföringen. Lägg upp det ` +
    'där; kundens villkor är som förut.',
};

const nb: NoticeTexts = {
  'food-at-other-rate': (n) =>
    `«${n.line}» ser ut som matvarer, men har ${showRate(n.rate, 'nb')}; matvarer har ` +
    `${showRate(n.foodRate, 'nb')} den dagen.`,
  'entries-pending': (n) =>
    `Kontoutskriften for ${n.account} har ${n.count} post(er) på ` +
    `${showAmount(n.total, 'nb')} som ` +
    'banken ikke har bokført ennå. De kommer på en senere utskrift.',
  'debits-left-out': (n) =>
    `Bankens varsel for ${n.account} har ${n.count} betaling(er) ut på ` +
    `${showAmount(n.total, 'nb')}: de bokføres med kontoutskriften.`,
  'reverse-charge-computed': (n) =>
    `Omvendt avgiftsplikt: ${showRate(n.rate, 'nb')} av ${showAmount(n.base, 'nb')} er ` +
    `${showAmount(n.vat, 'nb')}, både inngående og utgående mva.`,
  'attachment-left-out': (n) => `Vedlegget «${n.name}» følger ikke med: ${LEFT_OUT.nb[n.why]}.`,
  'products-left': (n) =>
    n.said === undefined
      ? `Mva-satsen er ukjent for ${n.products.join(', ')}: ingen pris skrives i butikken. Sett ` +
        'mva på varen, og satsene i butikkens innstillinger.'
      : `Butikken tok ikke imot ${n.products.join(', ')}: ${n.said}`,
  'refund-not-told': (n) =>
    `Ordre ${n.order} har tilbakebetalingen ${n.refund}, som ikke er i filen: den føres ikke.`,
  'payout-orders-unknown': (n) =>
    `${n.count} rad(er) på ${showAmount(n.total, 'nb')} i utbetalingen ${n.payout} hører til ` +
    `ingen kjent ordre: ${n.rows.join(', ')}. De blir stående på avregningskontoen til ordren ` +
    'bokføres.',
  'invoiced-before-delivery': (n) =>
    `${showAmount(n.total, 'nb')} av tilbud ${n.quote} faktureres før den siste delen ` +
    `(${n.parts.join(', ')}). Salgsdokument med mva kan bare i visse tilfeller utstedes før ` +
    'levering (bokføringsforskriften § 5-2, mval. § 15-11): spør regnskapsfører først.',
  'invoiced-in-advance': (n) =>
    `${showAmount(n.total, 'nb')} av ordre ${n.order} faktureres på forskudd. Salgsdokument med ` +
    'mva kan bare i visse tilfeller utstedes før levering (bokføringsforskriften § 5-2, mval. ' +
    '§ 15-11): spør regnskapsfører først.',
  'payout-rows-pending': (n) =>
    `${n.account}: ${n.count} rad(er) på ${showAmount(n.total, 'nb')} er ikke utbetalt ennå. De ` +
    'kommer med utbetalingen sin.',
  'order-settled-otherwise': (n) =>
    `Ordre ${n.order} er på ${showAmount(n.claim, 'nb')}, utbetalt er ` +
    `${showAmount(n.paid, 'nb')}, forskjellen ${showAmount(n.difference, 'nb')} står på ` +
    'avregningskontoen. Sammenlign ordren med betalingstjenesten.',
  'text-shortened': (n) => `Teksten «${n.from}» kortes til «${n.to}».`,
  'report-number-gap': (n) =>
    `Butikk ${n.store}, kasse ${n.register}: ${n.missing} rapport(er) mangler mellom ` +
    `${n.after} og ${n.before}: ${numbersMissing(n)}.`,
  'customer-field-kept': (n) =>
    `Kunde ${n.customer}: ${n.fields.map((f) => FIELDS_NB[f]).join(', ')} står annerledes i ` +
    'regnskapet og skrives ikke over.',
  'invoice-not-sent': (n) =>
    `Faktura ${n.invoice} står i regnskapet, men er ikke sendt: «${n.said}». Send den der.`,
  'rounded-by-ledger': (n) =>
    `Regnskapet har avrundet faktura ${n.invoice} med ${showAmount(n.amount, 'nb')}.`,
  'terms-unknown': (n) =>
    `Kunde ${n.customer}: betalingsbetingelse ${n.terms} finnes ikke i regnskapet. Legg den inn ` +
    'der; kundens betingelser er som før.',
};

const en: NoticeTexts = {
  'food-at-other-rate': (n) =>
    `“${n.line}” looks like food but has ${showRate(n.rate, 'en')}; food has ` +
    `${showRate(n.foodRate, 'en')} on that day.`,
  'entries-pending': (n) =>
    `The statement of ${n.account} has ${n.count} entries of ${showAmount(n.total, 'en')} ` +
    'that the bank has not booked yet. They come on a later one.',
  'debits-left-out': (n) =>
    `The bank’s notification of ${n.account} has ${n.count} payments out of ` +
    `${showAmount(n.total, 'en')}: they are booked with the statement.`,
  'reverse-charge-computed': (n) =>
    `Reverse charge: ${showRate(n.rate, 'en')} of ${showAmount(n.base, 'en')} is ` +
    `${showAmount(n.vat, 'en')}, both input and output VAT.`,
  'attachment-left-out': (n) => `The attached file “${n.name}” is left out: ${LEFT_OUT.en[n.why]}.`,
  'products-left': (n) =>
    n.said === undefined
      ? `The VAT rate of ${n.products.join(', ')} is not known: no price is written in the shop. ` +
        'Set the VAT of the article, and the rates in the settings of the shop.'
      : `The shop did not take ${n.products.join(', ')}: ${n.said}`,
  'refund-not-told': (n) =>
    `Order ${n.order} has the refund ${n.refund}, which is not in the file: it is not booked.`,
  'payout-orders-unknown': (n) =>
    `${n.count} row(s) of ${showAmount(n.total, 'en')} in payout ${n.payout} belong to no known ` +
    `order: ${n.rows.join(', ')}. They stay on the clearing account until the order is booked.`,
  'invoiced-before-delivery': (n) =>
    `${showAmount(n.total, 'en')} of quote ${n.quote} is invoiced before the last part ` +
    `(${n.parts.join(', ')}). In Norway an invoice with VAT may be made before delivery only in ` +
    'some cases (bokføringsforskriften § 5-2, mval. § 15-11): ask the accountant first.',
  'invoiced-in-advance': (n) =>
    `${showAmount(n.total, 'en')} of order ${n.order} is invoiced in advance. In Norway an ` +
    'invoice with VAT may be made before delivery only in some cases (bokføringsforskriften ' +
    '§ 5-2, mval. § 15-11): ask the accountant first.',
  'payout-rows-pending': (n) =>
    `${n.account}: ${n.count} row(s) of ${showAmount(n.total, 'en')} are not paid out yet. They ` +
    'come with their payout.',
  'order-settled-otherwise': (n) =>
    `Order ${n.order} is for ${showAmount(n.claim, 'en')}, ${showAmount(n.paid, 'en')} is paid ` +
    `out, the difference ${showAmount(n.difference, 'en')} stands on the clearing account. ` +
    'Compare the order with the provider.',
  'text-shortened': (n) => `The text “${n.from}” is shortened to “${n.to}”.`,
  'report-number-gap': (n) =>
    `Store ${n.store}, till ${n.register}: ${n.missing} report(s) are missing between ${n.after} ` +
    `and ${n.before}: ${numbersMissing(n)}.`,
  'customer-field-kept': (n) =>
    `Customer ${n.customer}: ${n.fields.map((f) => FIELDS_EN[f]).join(', ')} stands otherwise in ` +
    'the ledger and is not overwritten.',
  'invoice-not-sent': (n) =>
    `Invoice ${n.invoice} stands in the ledger and is not sent: “${n.said}”. Send it there.`,
  'rounded-by-ledger': (n) =>
    `The ledger has rounded invoice ${n.invoice} by ${showAmount(n.amount, 'en')}.`,
  'terms-unknown': (n) =>
    `Customer ${n.customer}: the ledger has no terms of payment ${n.terms}. Add them there; the ` +
    'customer’s terms are as before.',
};

const TEXTS: Readonly<Record<Language, NoticeTexts>> = { sv, nb, en };

/** The notice in words, in the reader's language. */
export function describeNotice(notice: Notice, language: Language): string {
  // The table has a function for each code; the compiler cannot pair the two by itself.
  const texts = TEXTS[language] as Readonly<Record<Notice['code'], (n: Notice) => string>>;
  return texts[notice.code](notice);
}
