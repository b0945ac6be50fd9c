import type { Language } from '../domain/posting/words.ts';
import type { StockTrouble } from '../ports/stock-trouble.ts';

type Texts = {
  readonly [Code in StockTrouble['code']]: (
    trouble: Extract<StockTrouble, { readonly code: Code }>,
  ) => string;
};

const AS = 'invoicing.as=booked-invoice';

const TEXTS: Readonly<Record<Language, Texts>> = {
  sv: {
    'sales-move-nothing': ({ shop, ledger }) =>
      `Ordrar från ${shop} bokförs utan artiklar i ${ledger}, så saldot där minskar aldrig: ` +
      `butiken skulle sälja samma vara igen. Låt dem bli ordrar eller fakturor med artiklar: ` +
      `bokbro flow set ${shop} ${ledger} --set ${AS}`,
    drafts: ({ shop, ledger }) =>
      `Fakturor från ${shop} lämnas obokförda i ${ledger}, och ingen säger om saldot minskar av ` +
      `dem. Låt dem bokföras: bokbro flow set ${shop} ${ledger} --set ${AS}`,
    review: ({ shop, ledger }) =>
      `Flödet mellan ${ledger} och ${shop} väntar på granskning, och ett saldo som har väntat ` +
      'stämmer inte längre: välj --automatic, eller stäng av saldot med ' +
      '--set stock.follows=false.',
    'both-ways': ({ shop, ledger }) =>
      `Saldot går både från ${ledger} till ${shop} och tillbaka: välj det ena, och stäng av det ` +
      'andra med --set stock.follows=false.',
    'orders-not-fetched': ({ shop }) =>
      `Ordrar hämtas inte från ${shop}, så det vet ingen vad som redan är sålt: bokbro connect.`,
    'warehouse-module': ({ ledger }) =>
      `Lagermodulen är påslagen i ${ledger} och tar inte emot saldon: räkna där, och låt ` +
      'butiken följa.',
    'cannot-tell': ({ system }) => `${system} säger inte vad som finns i lager.`,
    'orders-behind': ({ shop, why }) =>
      `Det går inte att fråga ${shop} om de senaste ordrarna: ${why} Inget saldo skrivs tills ` +
      'dess.',
    'not-asked': ({ why }) => `Det gick inte att fråga: ${why}`,
  },
  nb: {
    'sales-move-nothing': ({ shop, ledger }) =>
      `Ordrer fra ${shop} bokføres uten varer i ${ledger}, så beholdningen der synker aldri: ` +
      `butikken ville solgt den samme varen igjen. La dem bli ordrer eller fakturaer med varer: ` +
      `bokbro flow set ${shop} ${ledger} --set ${AS}`,
    drafts: ({ shop, ledger }) =>
      `Fakturaer fra ${shop} blir ikke bokført i ${ledger}, og ingen sier om beholdningen synker ` +
      `av dem. La dem bli bokført: bokbro flow set ${shop} ${ledger} --set ${AS}`,
    review: ({ shop, ledger }) =>
      `Flyten mellom ${ledger} og ${shop} venter på gjennomgang, og en beholdning som har ventet ` +
      'stemmer ikke lenger: velg --automatic, eller slå av beholdningen med ' +
      '--set stock.follows=false.',
    'both-ways': ({ shop, ledger }) =>
      `Beholdningen går både fra ${ledger} til ${shop} og tilbake: velg det ene, og slå av det ` +
      'andre med --set stock.follows=false.',
    'orders-not-fetched': ({ shop }) =>
      `Ordrer hentes ikke fra ${shop}, så ingen vet hva som alt er solgt: bokbro connect.`,
    'warehouse-module': ({ ledger }) =>
      `Lagermodulen er slått på i ${ledger} og tar ikke imot beholdninger: tell der, og la ` +
      'butikken følge.',
    'cannot-tell': ({ system }) => `${system} sier ikke hva som er på lager.`,
    'orders-behind': ({ shop, why }) =>
      `${shop} kan ikke spørres om de siste ordrene: ${why} Ingen beholdning skrives før det ` +
      'går.',
    'not-asked': ({ why }) => `Det gikk ikke å spørre: ${why}`,
  },
  en: {
    'sales-move-nothing': ({ shop, ledger }) =>
      `Orders of ${shop} are booked without articles in ${ledger}, so its count never falls: ` +
      `the shop would sell the same goods again. Let them become orders or invoices with ` +
      `articles: bokbro flow set ${shop} ${ledger} --set ${AS}`,
    drafts: ({ shop, ledger }) =>
      `Invoices of ${shop} are left as drafts in ${ledger}, and nobody says whether these move ` +
      `its count. Let them be booked: bokbro flow set ${shop} ${ledger} --set ${AS}`,
    review: ({ shop, ledger }) =>
      `The flow between ${ledger} and ${shop} waits to be looked at, and a quantity that has ` +
      'waited is no longer true: choose --automatic, or switch stock off with ' +
      '--set stock.follows=false.',
    'both-ways': ({ shop, ledger }) =>
      `Stock goes from ${ledger} to ${shop} and back as well: choose one, and switch the other ` +
      'off with --set stock.follows=false.',
    'orders-not-fetched': ({ shop }) =>
      `Orders are not fetched from ${shop}, so that nobody knows what is sold already: bokbro ` +
      'connect.',
    'warehouse-module': ({ ledger }) =>
      `The warehouse module of ${ledger} is switched on and takes no quantities: count there, ` +
      'and let the shop follow.',
    'cannot-tell': ({ system }) => `${system} does not say what it has in stock.`,
    'orders-behind': ({ shop, why }) =>
      `${shop} cannot be asked for its latest orders: ${why} No stock is written until it can.`,
    'not-asked': ({ why }) => `It could not be asked: ${why}`,
  },
};

/** Why the stock of a flow is not written, in the reader's language. */
export function describeStockTrouble(trouble: StockTrouble, language: Language): string {
  // The table has a function for each code; the compiler cannot pair the two by itself.
  const texts = TEXTS[language] as Readonly<Record<StockTrouble['code'], (t: object) => string>>;
  return texts[trouble.code](trouble);
}
