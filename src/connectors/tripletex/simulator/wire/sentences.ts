/** Tripletex speaks the language of the employee whose token asks. */
export type Language = 'nb' | 'en';

const EMPTY_RANGE =
  "'From and including' value ({0}) is greater than or equal 'To and excluding' value ({1}) " +
  'in filter.';

/**
 * What validation says, in both languages. Those marked ○ were met in a real company, in March
 * 2026; of the others only that there is such a refusal is known, or not even that, and the
 * wording is the simulator's.
 */
const SENTENCES = {
  /** ○ */
  'validation-failed': ['Validering feilet.', 'Validation failed.'],
  /** ○ */
  'not-null': ['Kan ikke være null.', 'Cannot be null.'],
  /** ○ in Norwegian */
  required: ['Feltet må fylles ut.', 'The field must be filled in.'],
  /** ○ in Norwegian */
  'no-such-field': [
    'Feltet eksisterer ikke i objektet.',
    'The field does not exist in the object.',
  ],
  /** ○ in Norwegian */
  'wrong-type': [
    'Verdien er ikke av korrekt type for dette feltet.',
    'The value is not of the correct type for this field.',
  ],
  /** ○ */
  length: [
    'Feltet har ikke korrekt lengde. Det må være mellom {0} og {1}.',
    'Length of field must be between {0} and {1}.',
  ],
  /** ○ in Norwegian */
  'bad-date': [
    'Dato er ugyldig. Korrekt format er yyyy-mm-dd.',
    'The date is invalid. Correct format is yyyy-mm-dd.',
  ],
  /** ○ in Norwegian */
  'bad-id-list': [
    'Listen med ID-er må være en kommaseparert liste med positive heltall.',
    'The list of IDs must be a comma separated list of positive integers.',
  ],
  /** ○ in English, also to Norwegians */
  'empty-range': [EMPTY_RANGE, EMPTY_RANGE],
  /** ○ in Norwegian */
  'number-in-use': ['Nummeret er i bruk.', 'The number is in use.'],
  /** ○ in Norwegian */
  'product-number-in-use': ['Produktnummeret {0} er i bruk.', 'The product number {0} is in use.'],
  /** ○ */
  'name-in-use': ['Navnet er i bruk.', 'The name is in use.'],
  /** ○ */
  'vat-code': ['Ugyldig mva-kode.', 'Invalid VAT code.'],
  /** ○ in Norwegian. The first is empty, or `produktet 1 Opplæring og `. */
  'no-account-for-vat': [
    'Finner ikke en gyldig regnskapskonto for {0}mva-koden {1}: {2}.',
    'Finds no valid account for {0}the VAT code {1}: {2}.',
  ],
  /** ○ in Norwegian */
  'vat-locked': [
    'Kontoen {0} {1} er låst til mva-kode {2}: {3}.',
    'The account {0} {1} is locked to VAT code {2}: {3}.',
  ],
  /** ○ */
  'no-postings': [
    'Et bilag kan ikke registreres uten posteringer.',
    'A voucher cannot be registered without postings.',
  ],
  /** ○ */
  'row-zero': [
    'Posteringene på rad 0 (guiRow 0) er systemgenererte og kan ikke opprettes eller endres ' +
      'på utsiden av Tripletex.',
    'Postings on row 0 (guiRow 0) is system generated and cannot be created or changed ' +
      'outside of Tripletex.',
  ],
  /** ○ in Norwegian */
  'not-zero': [
    'Summen av posteringene for {0} er ikke lik 0.',
    'The sum of the postings for {0} is not equal to 0.',
  ],
  /** ○ in Norwegian */
  'currency-amount': [
    'Beløp (amountGross) må være det samme som valutabeløpet (amountGrossCurrency).',
    'Amount (amountGross) must be the same as the currency amount (amountGrossCurrency).',
  ],
  /** ○ in English */
  'customer-missing': ['Kunde mangler.', 'Customer missing.'],
  /** ○ */
  'supplier-missing': ['Leverandør mangler.', 'Supplier missing.'],
  /** ○ in English */
  reconciled: [
    'Det kan ikke posteres i en periode med avstemt kontoutskrift.',
    'An entry cannot be made in a period with a reconciled bank statement.',
  ],
  'period-closed': ['Perioden {0} er avsluttet.', 'The period {0} is closed.'],
  'no-period': ['Det finnes ingen regnskapsperiode for {0}.', 'There is no period for {0}.'],
  'account-inactive': ['Kontoen {0} er inaktiv.', 'The account {0} is inactive.'],
  /** ○ in Norwegian */
  'no-project-manager': [
    'Feltet "Prosjektleder" må fylles ut.',
    'The field "Project manager" must be filled in.',
  ],
  /** ○ in Norwegian */
  'not-project-manager': [
    'Oppgitt prosjektleder har ikke fått tilgang som prosjektleder i kontoen: {0}.',
    'The project manager has not been given access as project manager in the account: {0}.',
  ],
  /** ○ in Norwegian */
  'no-description': [
    'Det må registreres en beskrivelse eller et produkt.',
    'A description or a product must be registered.',
  ],
  /** In the vendor's FAQ, in English. */
  'price-basis-excluding': [
    'Enhetsprisen må være ekskl. mva siden enhetsprisen på ordren er ekskl. mva.',
    'The unit price must be exclusive VAT since the unit price on the order is exclusive VAT.',
  ],
  'price-basis-including': [
    'Enhetsprisen må være inkl. mva siden enhetsprisen på ordren er inkl. mva.',
    'The unit price must be inclusive VAT since the unit price on the order is inclusive VAT.',
  ],
  /** ○ in Norwegian */
  'no-bank-account': [
    'Faktura kan ikke opprettes før selskapet har registrert et bankkontonummer.',
    'An invoice cannot be created before the company has registered a bank account number.',
  ],
  'order-closed': ['Ordren er lukket.', 'The order is closed.'],
  'one-order': ['En faktura må ha nøyaktig én ordre.', 'An invoice must have exactly one order.'],
  'different-orders': [
    'Ordrene må ha samme kunde og valuta.',
    'The orders must have the same customer and currency.',
  ],
  'already-credited': ['Fakturaen er allerede kreditert.', 'The invoice is already credited.'],
  'credits-credit': ['En kreditnota kan ikke krediteres.', 'A credit note cannot be credited.'],
  'already-reversed': ['Bilaget er allerede reversert.', 'The voucher is already reversed.'],
  'is-posted': ['Bilaget er bokført.', 'The voucher is posted to the ledger.'],
  'is-invoice': ['Bilaget hører til en faktura.', 'The voucher belongs to an invoice.'],
  /** ○ in Norwegian */
  'email-in-use': [
    'Det finnes allerede en bruker med denne e-postadressen.',
    'There is already a user with this e-mail address.',
  ],
  /** ○ in Norwegian */
  'user-type': ['Brukertype kan ikke være "0" eller tom.', 'User type cannot be "0" or empty.'],
  /** ○ in Norwegian */
  'email-required': ['Må angis for Tripletex-brukere.', 'Must be given for Tripletex users.'],
  /** ○ in Norwegian: a list in HTML, of what there is */
  'in-use': ['{0}', '{0}'],
  'expiration-date': [
    'Utløpsdatoen må være senere enn i dag.',
    'The expiration date must be later than today.',
  ],
  'bad-token': ['Ugyldig token.', 'Invalid token.'],
  'document-format': [
    'Gyldige formater er PDF, PNG, JPEG og TIFF.',
    'Valid document formats are PDF, PNG, JPEG and TIFF.',
  ],
  'no-event': ['Hendelsen finnes ikke.', 'The event does not exist.'],
  'bad-target': ['Adressen må være absolutt og bruke HTTPS.', 'The URL must be absolute HTTPS.'],
  'dimensions-max': ['Det kan være høyst 3 dimensjoner.', 'There can be at most 3 dimensions.'],
  negative: ['Må være minimum {0}', 'Must be at least {0}'],
} satisfies Record<string, readonly [string, string]>;

export type SentenceName = keyof typeof SENTENCES;

export function told(
  name: SentenceName,
  language: Language,
  about: readonly (string | number)[],
): string {
  const [nb, en] = SENTENCES[name];
  return (language === 'nb' ? nb : en).replace(/\{(\d)\}/g, (_, at) => String(about[at] ?? ''));
}
