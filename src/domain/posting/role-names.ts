import type { Language } from '../language.ts';

/**
 * What the roles of accounts are called by those who keep books. Where a role ends with what is
 * sold or taxed, the first part and the last have names of their own.
 */
type RoleWords = {
  readonly whole: Readonly<Record<string, string>>;
  readonly heads: Readonly<Record<string, string>>;
  readonly kinds: Readonly<Record<string, string>>;
};

const sv: RoleWords = {
  whole: {
    payment: 'Betalning i butiken',
    'tender.card': 'Betalkort',
    'tender.swish': 'Swish',
    'tender.cash': 'Kontanter',
    'tender.gift-card': 'Betalt med presentkort',
    'tender.chain-gift-card': 'Betalt med kedjans presentkort',
    'tender.bonus': 'Betalt med bonus',
    'tender.credit': 'Sålt på kredit',
    'tender.other': 'Betalt på annat sätt',
    'agency.gaming': 'Spel för annans räkning',
    'agency.other': 'Försäljning för annans räkning',
    'deposit.sold': 'Pant såld',
    'deposit.returned': 'Pant återlämnad',
    'gift-card.sold': 'Presentkort sålda',
    'gift-card.single-sold': 'Enfunktionsvouchrar sålda',
    'gift-card.single-used': 'Enfunktionsvouchrar använda',
    rounding: 'Öresavrundning',
    purchases: 'Inköp',
    'supplier-prepayments': 'Förskott till leverantörer',
    'vat.input': 'Ingående moms',
    'vat.margin': 'Moms på vinstmarginal',
    'vat.reverse': 'Moms på inköp med omvänd betalningsskyldighet',
    'vat.reverse-input.domestic': 'Ingående moms på inköp i Sverige, omvänd',
    'vat.reverse-input.foreign': 'Ingående moms på inköp från utlandet, omvänd',
    suppliers: 'Leverantörsskulder',
    customers: 'Kundfordringar',
    cash: 'Kassa',
    'cash.shortage': 'Kassabrist',
    'cash.surplus': 'Kassaöverskott',
    bank: 'Bank',
    statement: 'Konto enligt utdrag',
    'statement-entry': 'Händelse på utdrag',
    transfer: 'Pengar på väg mellan egna konton',
    'bank.fee': 'Bankavgifter',
    payout: 'Utbetalning från betalväxeln',
    'payout.fee': 'Avgifter till betalväxeln',
    'payout.dispute': 'Omtvistade betalningar',
    'payout.reserve': 'Innehållet av betalväxeln',
    'payout.adjustment': 'Justering av betalväxeln',
    'payout.conversion': 'Växling hos betalväxeln',
    'fx.gain': 'Valutakursvinst',
    'fx.loss': 'Valutakursförlust',
    'interest.earned': 'Ränteintäkter',
    'interest.paid': 'Räntekostnader',
    'paid-in': 'Insatt i kassan',
    'paid-out': 'Uttaget ur kassan',
    difference: 'Beslutat av en person',
  },
  heads: {
    sales: 'Försäljning',
    shipping: 'Frakt',
    fee: 'Avgifter till kund',
    vat: 'Moms',
    'vat.reverse': 'Moms på inköp, omvänd',
    redeemed: 'Sålt mot presentkort',
    'purchases.domestic-goods': 'Inköp av varor i Sverige, omvänd moms',
    'purchases.domestic-services': 'Inköp av tjänster i Sverige, omvänd moms',
    'purchases.eu-goods': 'Inköp av varor från EU',
    'purchases.eu-services': 'Inköp av tjänster från EU',
    'purchases.foreign-services': 'Inköp av tjänster utanför EU',
  },
  kinds: {
    oss: 'till andra EU-länder (OSS)',
    'eu-goods': 'av varor till företag i EU',
    'eu-services': 'av tjänster till företag i EU',
    'export-goods': 'av varor utanför EU',
    'export-services': 'av tjänster utanför EU',
    construction: 'av byggtjänster med omvänd moms',
    margin: 'med vinstmarginalbeskattning',
    'margin-loss': 'med vinstmarginal, förlust',
    'outside-act': 'utanför momslagen',
  },
};

const nb: RoleWords = {
  whole: {
    payment: 'Betaling i butikken',
    'tender.card': 'Betalingskort',
    'tender.swish': 'Swish',
    'tender.cash': 'Kontanter',
    'tender.gift-card': 'Betalt med gavekort',
    'tender.chain-gift-card': 'Betalt med kjedens gavekort',
    'tender.bonus': 'Betalt med bonus',
    'tender.credit': 'Solgt på kreditt',
    'tender.other': 'Betalt på annen måte',
    'agency.gaming': 'Spill for andres regning',
    'agency.other': 'Salg for andres regning',
    'deposit.sold': 'Pant solgt',
    'deposit.returned': 'Pant returnert',
    'gift-card.sold': 'Gavekort solgt',
    'gift-card.single-sold': 'Gavekort til ett formål solgt',
    'gift-card.single-used': 'Gavekort til ett formål brukt',
    rounding: 'Øreavrunding',
    purchases: 'Innkjøp',
    'supplier-prepayments': 'Forskudd til leverandører',
    'vat.input': 'Inngående mva',
    'vat.margin': 'Mva på avanse',
    'vat.reverse': 'Mva på innkjøp med omvendt avgiftsplikt',
    'vat.reverse-input.domestic': 'Inngående mva på innkjøp innenlands, omvendt',
    'vat.reverse-input.foreign': 'Inngående mva på innkjøp fra utlandet, omvendt',
    suppliers: 'Leverandørgjeld',
    customers: 'Kundefordringer',
    cash: 'Kasse',
    'cash.shortage': 'Kassemanko',
    'cash.surplus': 'Kasseoverskudd',
    bank: 'Bank',
    statement: 'Konto ifølge utskrift',
    'statement-entry': 'Hendelse på utskrift',
    transfer: 'Penger på vei mellom egne kontoer',
    'bank.fee': 'Bankgebyrer',
    payout: 'Utbetaling fra betalingsformidleren',
    'payout.fee': 'Gebyrer til betalingsformidleren',
    'payout.dispute': 'Omstridte betalinger',
    'payout.reserve': 'Holdt tilbake av betalingsformidleren',
    'payout.adjustment': 'Justering fra betalingsformidleren',
    'payout.conversion': 'Veksling hos betalingsformidleren',
    'fx.gain': 'Valutagevinst',
    'fx.loss': 'Valutatap',
    'interest.earned': 'Renteinntekter',
    'interest.paid': 'Rentekostnader',
    'paid-in': 'Lagt i kassen',
    'paid-out': 'Tatt ut av kassen',
    difference: 'Besluttet av en person',
  },
  heads: {
    sales: 'Salg',
    shipping: 'Frakt',
    fee: 'Gebyrer til kunden',
    vat: 'Mva',
    'vat.reverse': 'Mva på innkjøp, omvendt',
    redeemed: 'Solgt mot gavekort',
    'purchases.domestic-goods': 'Innkjøp av varer innenlands, omvendt mva',
    'purchases.domestic-services': 'Innkjøp av tjenester innenlands, omvendt mva',
    'purchases.eu-goods': 'Innkjøp av varer fra EU',
    'purchases.eu-services': 'Innkjøp av tjenester fra EU',
    'purchases.foreign-services': 'Innkjøp av tjenester fra utlandet',
  },
  kinds: {
    oss: 'til andre EU-land (OSS)',
    'eu-goods': 'av varer til bedrifter i EU',
    'eu-services': 'av tjenester til bedrifter i EU',
    'export-goods': 'av varer til utlandet',
    'export-services': 'av tjenester til utlandet',
    construction: 'av byggetjenester med omvendt mva',
    margin: 'med avansebeskatning',
    'margin-loss': 'med avansebeskatning, tap',
    'outside-act': 'utenfor merverdiavgiftsloven',
  },
};

const en: RoleWords = {
  whole: {
    payment: 'Payment in the shop',
    'tender.card': 'Card',
    'tender.swish': 'Swish',
    'tender.cash': 'Cash',
    'tender.gift-card': 'Paid by gift card',
    'tender.chain-gift-card': 'Paid by gift card of the chain',
    'tender.bonus': 'Paid by bonus',
    'tender.credit': 'Sold on account',
    'tender.other': 'Paid in another way',
    'agency.gaming': 'Gaming for others',
    'agency.other': 'Sales for others',
    'deposit.sold': 'Deposits sold',
    'deposit.returned': 'Deposits returned',
    'gift-card.sold': 'Gift cards sold',
    'gift-card.single-sold': 'Single-purpose vouchers sold',
    'gift-card.single-used': 'Single-purpose vouchers used',
    rounding: 'Rounding',
    purchases: 'Purchases',
    'supplier-prepayments': 'Prepayments to suppliers',
    'vat.input': 'Input VAT',
    'vat.margin': 'VAT on margins',
    'vat.reverse': 'VAT on purchases under reverse charge',
    'vat.reverse-input.domestic': 'Input VAT on domestic purchases, reverse charge',
    'vat.reverse-input.foreign': 'Input VAT on purchases abroad, reverse charge',
    suppliers: 'Suppliers',
    customers: 'Customers',
    cash: 'Cash in the till',
    'cash.shortage': 'Cash shortage',
    'cash.surplus': 'Cash surplus',
    bank: 'Bank',
    statement: 'Account of a statement',
    'statement-entry': 'Entry of a statement',
    transfer: 'Money between own accounts',
    'bank.fee': 'Bank fees',
    payout: 'Payout of a provider',
    'payout.fee': 'Fees of a provider',
    'payout.dispute': 'Disputed payments',
    'payout.reserve': 'Held back by a provider',
    'payout.adjustment': 'Adjustment of a provider',
    'payout.conversion': 'Conversion by a provider',
    'fx.gain': 'Exchange gain',
    'fx.loss': 'Exchange loss',
    'interest.earned': 'Interest earned',
    'interest.paid': 'Interest paid',
    'paid-in': 'Put in the till',
    'paid-out': 'Taken from the till',
    difference: 'Decided by a person',
  },
  heads: {
    sales: 'Sales',
    shipping: 'Shipping',
    fee: 'Fees to customers',
    vat: 'VAT',
    'vat.reverse': 'VAT on purchases, reverse charge',
    redeemed: 'Sold for gift cards',
    'purchases.domestic-goods': 'Domestic goods, reverse charge',
    'purchases.domestic-services': 'Domestic services, reverse charge',
    'purchases.eu-goods': 'Goods from the EU',
    'purchases.eu-services': 'Services from the EU',
    'purchases.foreign-services': 'Services from outside the EU',
  },
  kinds: {
    oss: 'to other EU countries (OSS)',
    'eu-goods': 'of goods to companies in the EU',
    'eu-services': 'of services to companies in the EU',
    'export-goods': 'of goods outside the EU',
    'export-services': 'of services outside the EU',
    construction: 'of construction under reverse charge',
    margin: 'under the margin scheme',
    'margin-loss': 'under the margin scheme, at a loss',
    'outside-act': 'outside the VAT act',
  },
};

const WORDS: Readonly<Record<Language, RoleWords>> = { sv, nb, en };

/**
 * A role as a bookkeeper says it: `vat.25` as `Moms 25 %`, `tender.card/AMEX` as `Betalkort AMEX`.
 *
 * @param key - a role, or `role/code`
 * @returns the key itself when it is no role: an account's number, a name
 */
export function roleName(key: string, language: Language): string {
  const slash = key.indexOf('/');
  const role = slash < 0 ? key : key.slice(0, slash);
  const code = slash < 0 ? '' : ` ${key.slice(slash + 1)}`;
  const { whole, heads, kinds } = WORDS[language];
  const name = whole[role];
  if (name !== undefined) return name + code;
  // The longest head that fits: what is behind it is a rate or a kind.
  const parts = role.split('.');
  for (let n = parts.length - 1; n > 0; n -= 1) {
    const head = heads[parts.slice(0, n).join('.')];
    if (head === undefined) continue;
    const kind = parts.slice(n).join('.');
    // The number and its sign stay on one line.
    const rate = language === 'en' ? kind : kind.replace('.', ',');
    if (/^\d/.test(kind)) return `${head} ${rate}\u00a0%${code}`;
    const of = kinds[kind];
    if (of !== undefined) return `${head} ${of}${code}`;
  }
  return heads[role] === undefined ? key : heads[role] + code;
}
