/**
 * Every way in which the simulator says no: HTTP status, code, Swedish message. `{}` stands for
 * what the refusal is about.
 *
 * Known texts are Fortnox's own: they stand in recorded answers. The others are worded here.
 *
 * | Uncertain                                  | Chosen                                          |
 * |--------------------------------------------|-------------------------------------------------|
 * | Status of codes that were never recorded   | 404 not found, 403 rights, 500 system, else 400 |
 * | Code of a refusal known only by its text,  | A number from 2009001 up. Fortnox gives none of |
 * | or that must exist and was never seen      | these, so no client can come to rest on one     |
 */
const REFUSALS = {
  'system-error': [500, 1000003, 'Ett systemfel har uppstått.'],
  'response-type': [400, 1000030, 'Ogiltig responstyp.'],
  'content-type': [400, 1000031, 'Ogiltig innehållstyp.'],

  'json-syntax': [400, 2002115, 'Felaktig JSON-syntax.'],
  'wrong-wrapper': [400, 2001392, 'Felaktigt anrop: {} saknas.'],
  'unknown-field': [400, 2001399, 'Ogiltigt fältnamn. ({})'],
  'not-alphanumeric': [400, 2000106, 'Värdet måste vara alfanumeriskt. ({})'],
  'not-numeric': [400, 2000108, 'Värdet måste vara numeriskt. ({})'],
  'not-boolean': [400, 2000134, 'Värdet måste vara av typen boolean. ({})'],
  'too-long': [400, 2000107, 'Värdet är för långt. ({})'],
  'bad-characters': [400, 2000359, 'Värdet innehåller ogiltiga tecken. ({})'],
  'bad-filter': [400, 2000587, 'Ett ogiltigt filter har använts.'],
  'bad-parameter': [400, 2000588, 'Ogiltig parameter i anropet. ({})'],

  'no-scope': [403, 2000663, 'Har inte behörighet för scope.'],
  'no-licence-for-scope': [403, 2001101, 'Ingen aktiv licens för angivet scope.'],
  'no-api-licence': [403, 2001103, 'Api-licens saknas.'],
  'no-invoice-scope': [403, 2001393, 'Saknar behörighet för kundfaktura.'],
  'no-voucher-scope': [403, 2002455, 'Saknar behörighet för verifikationer.'],
  'no-register-right': [403, 2003275, 'Saknar behörighet för leverantörsregister.'],

  'account-not-found': [404, 2000423, 'Kan inte hitta kontot.'],
  'currency-not-found': [404, 2000427, 'Kan inte hitta valutan.'],
  'article-not-found': [404, 2000428, 'Kan inte hitta artikeln.'],
  'terms-of-payment-not-found': [404, 2000429, 'Kan inte hitta betalningsvillkoret.'],
  'price-not-found': [404, 2000430, 'Kan inte hitta priset.'],
  'price-list-not-found': [404, 2000431, 'Kan inte hitta prislistan.'],
  'unit-not-found': [404, 2000432, 'Kan inte hitta enheten.'],
  'customer-not-found': [404, 2000433, 'Kan inte hitta kunden.'],
  'invoice-not-found': [404, 2000434, 'Kan inte hitta fakturan.'],
  'terms-of-delivery-not-found': [404, 2000435, 'Kan inte hitta leveransvillkoret.'],
  'order-not-found': [404, 2000439, 'Kan inte hitta ordern.'],
  'project-not-found': [404, 2001161, 'Kan inte hitta projektet.'],
  'predefined-account-not-found': [404, 2001403, 'Kan inte hitta det förvalda kontot.'],

  'article-taken': [400, 2000013, 'Artikelnumret används redan.'],
  'customer-taken': [400, 2000637, 'Kundnumret används redan.'],
  'order-taken': [400, 2000861, 'Ordernumret finns redan.'],
  'price-taken': [400, 2000762, 'Priset finns redan.'],
  'vat-number': [400, 2004194, 'Ogiltigt VAT-nummer.'],

  'period-locked': [400, 2000401, '{} har låst perioden t.o.m. {}.'],
  'account-inactive': [400, 2000550, 'Konto {} är inte aktivt.'],
  'cost-center-inactive': [400, 2000947, 'Kostnadsställe {} är inte aktivt.'],
  'row-article-unknown': [400, 2001302, 'Artikel {} finns inte.'],
  'row-account-unknown': [400, 2001303, 'Konto {} finns inte.'],
  'voucher-account-unknown': [400, 2001304, 'Konto {} finns inte.'],
  'terms-of-delivery-unknown': [400, 2001411, 'Leveransvillkor {} finns inte.'],
  'way-of-delivery-unknown': [400, 2001412, 'Kunde inte hämta/hitta leveranssätt'],
  'terms-of-payment-unknown': [400, 2001700, 'Betalningsvillkor {} finns inte.'],
  'article-number-missing': [400, 2001846, 'Artikelnummer saknas.'],
  'row-without-text': [400, 2003977, 'Rad med antal måste ha benämning eller artikel.'],

  'order-invoiced': [400, 2000496, 'Ordern är redan fakturerad.'],
  'order-locked': [400, 2001242, 'Ordern har en faktura och kan inte ändras.'],
  'invoice-paid': [400, 2003055, 'Fakturan är redan betald.'],
  'invoice-not-bookable': [400, 2003007, 'Fakturan kan inte bokföras.'],
  'invoice-not-ready': [400, 2003498, 'Faktura som bokförs måste vara klarmarkerad'],
  'order-not-delivered': [400, 2003124, 'Endast levererade ordrar kan klarmarkeras.'],
  'document-ready': [400, 2003125, 'Klarmarkerat dokument kan inte ändras.'],
  'outbound-date-late': [400, 2003126, 'Utleveransdatum får inte vara senare än idag.'],
  'supplier-invoice-unbalanced': [400, 2000755, 'Leverantörsfakturan balanserar inte.'],
  'reverse-charge-account': [400, 2003095, 'Förvalt konto för omvänd betalning saknas.'],

  'predefined-account-missing': [400, 2000729, 'Förvalt konto måste anges.'],
  'predefined-account-invalid': [400, 2001265, 'Ogiltigt förvalt konto.'],
  'account-not-4-digits': [400, 2002462, 'Kontot måste bestå av fyra siffror.'],

  'house-work-other-costs': [
    400,
    2002980,
    'Kan inte sätta typen övrig kostnad på en rad markerad som husarbete.',
  ],
  'house-work-ended': [
    400,
    2003157,
    'Skattereduktion för den valda typen av husarbete har upphört.',
  ],
  'house-work-wrong-type': [
    400,
    2004021,
    "Dokument med skattereduktionstypen '{}' får inte innehålla rader med husarbetestypen '{}'.",
  ],
  'tax-reduction-person-twice': [400, 2000600, 'Personnumret används redan på dokumentet.'],
  'tax-reduction-work-type': [400, 2004209, 'Ogiltig typ av arbete för grön teknik.'],
  'tax-reduction-amount': [400, 2004217, 'Ogiltigt belopp för skattereduktion.'],
  'tax-reduction-work-type-twice': [400, 2004262, 'Flera belopp för samma typ av arbete.'],
  'tax-reduction-no-amounts': [400, 2004263, 'Belopp för grön teknik saknas.'],

  // Known by their text alone.
  'series-not-manual': [400, 2009001, 'Verifikationsserien är inte manuell'],
  'series-unknown': [400, 2009002, 'Ogiltig verifikationsserie angiven'],
  'fee-account-missing': [
    400,
    2009003,
    'Kunde inte bokföra fakturanummer. Förvalt konto för {} saknas',
  ],
  'project-required': [400, 2009004, 'Projekt är obligatoriskt på konto {}'],
  'project-closed': [400, 2009005, 'Projektredovisningsperioden är inte aktiv för projekt {}'],
  'cost-center-required': [400, 2009006, 'Kostnadsställe måste anges för konto {}'],
  'payment-date-outside-year': [
    400,
    2009007,
    'Angivet betaldatum måste vara inom fakturans räkenskapsår',
  ],
  'vat-rate-unknown': [400, 2009008, 'Kunde inte hämta/hitta moms'],
  'purchase-account-unknown': [
    400,
    2009009,
    'Inköpskonto inte uppdaterat. Kontot "{}" existerar inte. (PurchaseAccount)',
  ],
  'bank-details-missing': [400, 2009010, 'Bankuppgifter saknas'],
  'company-not-registered': [
    400,
    2009011,
    'Kan inte skicka dokument om inte företaget är registrerat',
  ],
  'vat-code-unknown': [400, 2009012, 'Ogiltig Momskod'],
  'feature-missing': [400, 2009013, 'Feature inte tillgänglig'],
  'read-as-null': [400, 2009014, 'Värdet tolkas som null'],

  // Must exist; never seen.
  'no-such-path': [404, 2009101, 'Resursen finns inte.'],
  'no-such-method': [405, 2009102, 'Metoden stöds inte.'],
  'not-found': [404, 2009103, 'Kan inte hitta {}.'],
  taken: [400, 2009104, '{} används redan.'],
  'in-use': [400, 2009105, '{} används och kan inte tas bort.'],
  'required-field': [400, 2009106, 'Obligatoriskt fält saknas. ({})'],
  'read-only-field': [400, 2009107, 'Fältet kan inte skrivas. ({})'],
  'bad-value': [400, 2009108, 'Ogiltigt värde. ({})'],
  'bad-date': [400, 2009109, 'Ogiltigt datum. ({})'],
  'too-short': [400, 2009110, 'Värdet är för kort. ({})'],
  'out-of-range': [400, 2009111, 'Värdet ligger utanför tillåtet intervall. ({})'],
  'no-financial-year': [400, 2009112, 'Räkenskapsår saknas för datumet {}.'],
  'date-outside-year': [400, 2009113, 'Datumet {} ligger utanför räkenskapsåret.'],
  'year-overlaps': [400, 2009114, 'Räkenskapsåret överlappar ett annat.'],
  'voucher-unbalanced': [400, 2009115, 'Verifikationen balanserar inte. Differens: {}'],
  'voucher-without-rows': [400, 2009116, 'Verifikationen saknar rader.'],
  'voucher-row-amount': [400, 2009117, 'Ogiltigt belopp på verifikationsrad {}.'],
  'voucher-not-last': [400, 2009118, 'Endast seriens sista verifikation kan tas bort.'],
  'cost-center-unknown': [400, 2009119, 'Kostnadsställe {} finns inte.'],
  'project-unknown': [400, 2009120, 'Projekt {} finns inte.'],
  'dimension-not-allowed': [400, 2009121, '{} får inte anges på konto {}.'],
  'customer-unknown': [400, 2009122, 'Kund {} finns inte.'],
  'supplier-unknown': [400, 2009123, 'Leverantör {} finns inte.'],
  'mode-of-payment-unknown': [400, 2009124, 'Betalningssätt {} finns inte.'],
  'price-list-unknown': [400, 2009125, 'Prislista {} finns inte.'],
  'unit-unknown': [400, 2009126, 'Enhet {} finns inte.'],
  'invoice-unknown': [400, 2009127, 'Faktura {} finns inte.'],
  'organisation-number': [400, 2009128, 'Ogiltigt organisationsnummer.'],
  email: [400, 2009129, 'Ogiltig e-postadress. ({})'],
  'row-id-unknown': [400, 2009130, 'Rad {} finns inte.'],
  'too-many-rows': [400, 2009131, 'För många rader. ({})'],
  'file-missing': [400, 2009132, 'Fil saknas i anropet.'],
  'body-too-large': [413, 2009133, 'Anropet är för stort.'],

  // States in which a document cannot do what it is asked.
  'document-booked': [400, 2009201, 'Dokumentet är bokfört och kan inte ändras.'],
  'document-cancelled': [400, 2009202, 'Dokumentet är makulerat.'],
  'already-booked': [400, 2009203, 'Dokumentet är redan bokfört.'],
  'not-booked': [400, 2009204, 'Fakturan måste vara bokförd.'],
  'already-credited': [400, 2009205, 'Fakturan är redan krediterad.'],
  'document-sent': [400, 2009206, 'Fakturan är skickad eller betald och kan inte ändras.'],
  'way-of-payment-missing': [400, 2009207, 'Betalsätt måste anges på kontantfaktura.'],
  'payment-before-invoice': [400, 2009208, 'Betaldatum får inte vara före fakturadatum.'],
  'payment-sign': [400, 2009209, 'Beloppet har fel tecken för fakturan.'],
  'offer-used': [400, 2009210, 'Offerten har redan blivit order eller faktura.'],
  'contract-finished': [400, 2009211, 'Avtalet är avslutat.'],
  'approval-pending': [400, 2009212, 'Leverantörsfakturan väntar på attest.'],
  'predefined-account-absent': [400, 2009213, 'Förvalt konto {} saknas.'],
} as const satisfies Record<string, readonly [status: number, code: number, message: string]>;

/** What a refusal is called in this code; faults and tests use the same names. */
export type RefusalName = keyof typeof REFUSALS;

/** The first code that is the simulator's own: what lies below is Fortnox's. */
export const OWN_CODES_FROM = 2009001;

export const REFUSAL_NAMES: readonly RefusalName[] = Object.keys(REFUSALS).filter(isRefusalName);

function isRefusalName(text: string): text is RefusalName {
  return Object.hasOwn(REFUSALS, text);
}

/** An answer other than 2xx with an `ErrorInformation`. Thrown where it is found, told once. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly status: number;
  readonly code: number;

  constructor(refusal: RefusalName, about: readonly (string | number)[] = []) {
    const [status, code, message] = REFUSALS[refusal];
    const words = [...about];
    super(message.replaceAll('{}', () => String(words.shift() ?? '')));
    this.status = status;
    this.code = code;
  }
}

/** @throws Refused always. */
export function refuse(refusal: RefusalName, ...about: readonly (string | number)[]): never {
  throw new Refused(refusal, about);
}

/**
 * Validation answers in lower case; not found and missing rights answer in Pascal case. Both were
 * recorded, and a client must read both.
 */
export function errorBody(error: Refused): string {
  const { message, code, status } = error;
  const information =
    status === 404 || status === 403
      ? { Error: 1, Message: message, Code: code }
      : { error: 1, message, code };
  return JSON.stringify({ ErrorInformation: information });
}
