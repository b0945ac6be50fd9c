import type { Language } from '../domain/posting/words.ts';
import type { LedgerNeed } from '../domain/ledger-need.ts';
import type { Refusal } from '../domain/refusal.ts';

type Need = Extract<Refusal, { readonly code: 'ledger-needs' }>;

const TEXTS: Readonly<Record<Language, Readonly<Record<LedgerNeed, (need: Need) => string>>>> = {
  en: {
    customer: ({ system, account }) =>
      `${system} asks whose claim each row on account ${account} is, and the document names no ` +
      'customer. Choose a collective customer for the connection, or another account.',
    supplier: ({ system, account }) =>
      `${system} asks whose debt each row on account ${account} is, and the document names no ` +
      'supplier. Choose a collective supplier for the connection, or another account.',
    'vat-code': ({ system, account, about }) =>
      `${system} takes no VAT code ${about} on account ${account}. See there that the company is ` +
      'registered for VAT and has the code, or choose another account.',
    'locked-vat-code': ({ system, account, about }) =>
      `Account ${account} is locked to another VAT code than ${about} in ${system}. Unlock it ` +
      'there, or choose another account.',
    'open-statement': ({ system, account, about }) =>
      `The statement of account ${account} is reconciled in ${system} for ${about}. Open it ` +
      'there, or choose another booking day.',
    'free-number': ({ system, about }) =>
      `The number ${about} is in use in ${system} for something else. Change one of them.`,
    'known-customer': ({ system, about }) =>
      `There is no customer ${about} in ${system}. Make it there, or choose another number.`,
    'payment-mode': ({ system, account, about }) =>
      `There is no mode of payment ${about} in ${system}. Make it there with account ` +
      `${account}, or choose another: invoicing.methods.`,
    'article-rate': ({ system, about }) =>
      `The article ${about} has another VAT rate in ${system}, and an order with a project takes ` +
      "the article's own. Change it there, or use another article.",
    'article-account': ({ system, about, account }) =>
      `The article ${about} is sold on another account than ${account} in ${system}, and ` +
      "invoices are booked on the article's own. Change it there, or choose that account.",
    'project-manager': ({ system, about }) =>
      `${system} asks who leads a project, and ${about || 'the employee of the token'} may not, ` +
      'or is not known. Give them that right there, or choose another for the connection.',
    'open-order': ({ system, about }) =>
      `Order ${about} in ${system} is closed, invoiced or gone: it cannot be changed. Look at it ` +
      'there, and try again.',
    'known-invoice': ({ system, about }) =>
      `There is no invoice ${about} in ${system}. Look at it there, and try again.`,
    'payment-type': ({ system, account }) =>
      `${system} has no way of being paid on account ${account}. Add one there (payment types ` +
      'of invoices) with that account, or choose another account.',
    'invoice-account': ({ system }) =>
      `${system} makes no invoices before the company has a bank account number for them. Enter ` +
      'it there, on the bank account of the chart.',
  },
  sv: {
    customer: ({ system, account }) =>
      `${system} frågar vems fordran varje rad på konto ${account} är, och dokumentet nämner ` +
      'ingen kund. Välj en samlingskund för anslutningen, eller ett annat konto.',
    supplier: ({ system, account }) =>
      `${system} frågar vems skuld varje rad på konto ${account} är, och dokumentet nämner ingen ` +
      'leverantör. Välj en samlingsleverantör för anslutningen, eller ett annat konto.',
    'vat-code': ({ system, account, about }) =>
      `${system} tar inte momskod ${about} på konto ${account}. Se efter där att företaget är ` +
      'momsregistrerat och har koden, eller välj ett annat konto.',
    'locked-vat-code': ({ system, account, about }) =>
      `Konto ${account} är låst till en annan momskod än ${about} i ${system}. Lås upp det där, ` +
      'eller välj ett annat konto.',
    'open-statement': ({ system, account, about }) =>
      `Kontoutdraget för konto ${account} är avstämt i ${system} för ${about}. Öppna det där, ` +
      'eller välj en annan bokföringsdag.',
    'free-number': ({ system, about }) =>
      `Numret ${about} används redan för något annat i ${system}. Ändra ett av dem.`,
    'known-customer': ({ system, about }) =>
      `Det finns ingen kund ${about} i ${system}. Lägg upp den där, eller välj ett annat nummer.`,
    'payment-mode': ({ system, account, about }) =>
      `Det finns inget betalningssätt ${about} i ${system}. Lägg upp det där med konto ` +
      `${account}, eller välj ett annat: invoicing.methods.`,
    'article-rate': ({ system, about }) =>
      `Artikeln ${about} har en annan momssats i ${system}, och en order med projekt tar ` +
      'artikelns egen. Ändra den där, eller använd en annan artikel.',
    'article-account': ({ system, about, account }) =>
      `Artikeln ${about} säljs på ett annat konto än ${account} i ${system}, och fakturor ` +
      'bokförs på artikelns eget. Ändra det där, eller välj det kontot.',
    'project-manager': ({ system, about }) =>
      `${system} frågar vem som leder ett projekt, och ${about || 'den vars nyckel det är'} får ` +
      'inte det eller är okänd. Ge rätten där, eller välj någon annan för anslutningen.',
    'open-order': ({ system, about }) =>
      `Order ${about} i ${system} är stängd, fakturerad eller borta: den kan inte ändras. ` +
      'Se på den där, och försök igen.',
    'known-invoice': ({ system, about }) =>
      `Det finns ingen faktura ${about} i ${system}. Se på den där, och försök igen.`,
    'payment-type': ({ system, account }) =>
      `${system} har inget betalningssätt för konto ${account}. Lägg upp ett där ` +
      '(betalningstyper för fakturor) med det kontot, eller välj ett annat konto.',
    'invoice-account': ({ system }) =>
      `${system} gör inga fakturor förrän företaget har ett bankkontonummer för dem. Ange det ` +
      'där, på kontoplanens bankkonto.',
  },
  nb: {
    customer: ({ system, account }) =>
      `${system} spør hvem hver rad på konto ${account} er et krav på, og dokumentet nevner ` +
      'ingen kunde. Velg en samlekunde for tilkoblingen, eller en annen konto.',
    supplier: ({ system, account }) =>
      `${system} spør hvem hver rad på konto ${account} skyldes, og dokumentet nevner ingen ` +
      'leverandør. Velg en samleleverandør for tilkoblingen, eller en annen konto.',
    'vat-code': ({ system, account, about }) =>
      `${system} tar ikke mva-kode ${about} på konto ${account}. Se etter der at selskapet er ` +
      'mva-registrert og har koden, eller velg en annen konto.',
    'locked-vat-code': ({ system, account, about }) =>
      `Konto ${account} er låst til en annen mva-kode enn ${about} i ${system}. Lås den opp der, ` +
      'eller velg en annen konto.',
    'open-statement': ({ system, account, about }) =>
      `Kontoutskriften for konto ${account} er avstemt i ${system} for ${about}. Åpne den der, ` +
      'eller velg en annen bokføringsdag.',
    'free-number': ({ system, about }) =>
      `Nummeret ${about} er i bruk til noe annet i ${system}. Endre ett av dem.`,
    'known-customer': ({ system, about }) =>
      `Det finnes ingen kunde ${about} i ${system}. Opprett den der, eller velg et annet nummer.`,
    'payment-mode': ({ system, account, about }) =>
      `Det finnes ingen betalingsmåte ${about} i ${system}. Opprett den der med konto ` +
      `${account}, eller velg en annen: invoicing.methods.`,
    'article-rate': ({ system, about }) =>
      `Produktet ${about} har en annen mva-sats i ${system}, og en ordre med prosjekt tar ` +
      'produktets egen. Endre den der, eller bruk et annet produkt.',
    'article-account': ({ system, about, account }) =>
      `Produktet ${about} selges på en annen konto enn ${account} i ${system}, og fakturaer ` +
      'bokføres på produktets egen. Endre den der, eller velg den kontoen.',
    'project-manager': ({ system, about }) =>
      `${system} spør hvem som leder et prosjekt, og ${about || 'den som har nøkkelen'} får ikke ` +
      'det eller er ukjent. Gi retten der, eller velg en annen for tilkoblingen.',
    'open-order': ({ system, about }) =>
      `Ordre ${about} i ${system} er lukket, fakturert eller borte: den kan ikke endres. ` +
      'Se på den der, og prøv igjen.',
    'known-invoice': ({ system, about }) =>
      `Det finnes ingen faktura ${about} i ${system}. Se på den der, og prøv igjen.`,
    'payment-type': ({ system, account }) =>
      `${system} har ingen betalingstype for konto ${account}. Opprett en der (betalingstyper ` +
      'for faktura) med den kontoen, eller velg en annen konto.',
    'invoice-account': ({ system }) =>
      `${system} lager ingen fakturaer før selskapet har et bankkontonummer for dem. Registrer ` +
      'det der, på kontoplanens bankkonto.',
  },
};

/** What a ledger asks for and does not get, in the reader's language. */
export function describeNeed(need: Need, language: Language): string {
  return TEXTS[language][need.need](need);
}
