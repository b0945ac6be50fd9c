import { registersIn, type LedgerHealthTexts } from './ledger-health-texts.ts';
import { either } from './surface.ts';

const REGISTERS = {
  'cost-centres': 'cost centres',
  projects: 'projects',
  departments: 'departments',
};

export const ledgerHealthEn: LedgerHealthTexts = {
  connection: (f) => f('why'),
  company: (f) =>
    `connected to ${f('name')}` +
    (f('others') === '' ? '' : `. The login reaches these too, by clientCompany: ${f('others')}`),
  'company-untold': (f) => `${f('system')} does not say which company it is.`,
  'company-missing': (f) => `${f('system')} has no company ${f('company')} for this login.`,
  year: (f) => `there is a financial year for ${f('day')}`,
  'year-missing': (f) => `${f('system')} has no financial year for ${f('day')}. Create it there.`,
  'next-year': (f) => `financial years up to ${f('upTo')}`,
  'next-year-missing': (f) =>
    `There are financial years up to ${f('upTo')}: nothing can be booked on a later day. Create ` +
    `the next one in ${f('system')}.`,
  'lock-none': () => 'nothing is locked',
  lock: (f) => `locked up to ${f('upTo')}`,
  'lock-stops': (f) =>
    `Locked up to ${f('upTo')}: nothing can be booked on ${f('day')}. Open the period in ` +
    `${f('system')}.`,
  series: (f) => `series ${f('series')} takes vouchers`,
  'series-missing': (f) =>
    `There is no voucher series ${f('series')}. Create it in ${f('system')}, or choose another.`,
  'series-not-manual': (f) =>
    `Series ${f('series')} is not manual. Tick “Manuell kontering” for it in ${f('system')}.`,
  'voucher-kind': (f) => `${f('kind')} takes vouchers`,
  'voucher-kind-none': () => 'vouchers are posted without a kind',
  'voucher-kind-missing': (f) => `There is no kind of voucher ${f('kind')}. Choose another.`,
  'voucher-kind-own': (f) =>
    `${f('kind')} is a kind that ${f('system')} makes itself. Choose another.`,
  registers: (f) => `${registersIn(REGISTERS, f('registers'))} can be read`,
  'registers-unread': (f) =>
    `The login may not read ${registersIn(REGISTERS, f('registers'))}: rows with them are not ` +
    'checked before they are sent. Give it that right, if rows have any.',
  chart: (f) => `${f('accounts')} accounts`,
  'chart-empty': (f) => `The chart of accounts is empty for this year. Fill it in ${f('system')}.`,
  'account-missing': (f) =>
    `${f('account')} for ${f('roles')} is not in the chart: open it in ${f('system')}, or choose ` +
    'another.',
  'account-inactive': (f) =>
    `${f('account')} for ${f('roles')} is inactive: open it in ${f('system')}, or choose another.`,
  'vat-registered': () => 'registered for VAT, with every VAT code that is needed',
  'vat-not-registered': (f) =>
    `The company is not registered for VAT (${f('status')}): ${f('system')} refuses vouchers ` +
    'with VAT.',
  'vat-codes-differ': (f) =>
    `VAT codes with another rate or none: ${f('wrong')}. Needed are ${f('needed')}.`,
  right: (f) => f('right'),
  'right-refused': (f) =>
    `${f('right')}: ${f('why')} Buy its module in ${f('system')} and connect again, or leave the ` +
    'right out of the settings: scopes.',
  'cash-method': (f) =>
    `The company keeps its books by the cash method: ${f('system')} does not book invoices ` +
    'before they are paid, and refuses it (2003007). Let vouchers be booked, or change the ' +
    'method there.',
  predefined: (f) => `${f('accounts')} accounts that ${f('system')} books on by itself`,
  'predefined-unusable': (f) =>
    `Missing or inactive, and ${f('system')} books on them by itself: ${f('accounts')}. Open the ` +
    'account, or choose another: Inställningar › Bokföring › Förvalda konton.',
  'bank-details': () => 'bank details stand on invoices',
  'bank-details-missing': (f) =>
    `There is no bankgiro, plusgiro or IBAN: ${f('system')} mails and prints no invoice without ` +
    '(“Bankuppgifter saknas”). Inställningar › Företagsuppgifter.',
  'invoice-account': () => 'there is a bank account number for invoices',
  'invoice-account-missing': (f) =>
    `${f('system')} makes no invoices before the bank account of the chart has a number and is ` +
    'marked as that of invoices. Enter it there.',
  'invoice-account-unread': (f) =>
    `The login may not read whether ${f('system')} has a bank account for invoices. Give it the ` +
    'right to the ledger.',
  'payment-types': (f) => `invoices can be paid on ${f('accounts')}`,
  'payment-types-none': (f) =>
    `${f('system')} has no way of being paid with an account: payments of invoices are held. Add ` +
    'payment types there.',
  'project-leader': (f) => `projects that are made are led by ${f('who')}`,
  'project-leader-unknown': (f) =>
    `${f('system')} has no employee ${f('who')} to lead projects that are made. Choose another: ` +
    'projectManager.',
  'collective-customer': (f) => `customer ${f('number')} takes what names nobody`,
  'collective-customer-unknown': (f) =>
    `There is no customer ${f('number')} in ${f('system')} for what names nobody. Make it there, ` +
    'or choose another: collectiveCustomer.',
  'collective-supplier': (f) => `supplier ${f('number')} takes what names nobody`,
  'collective-supplier-unknown': (f) =>
    `There is no supplier ${f('number')} in ${f('system')} for what names nobody. Make it there, ` +
    'or choose another: collectiveSupplier.',
  currencies: (f) => f('currencies'),
  'currency-only': (f) =>
    `Only ${f('currencies')} can be used: an invoice in another currency is refused (2000427). ` +
    'Add what the shop sells in: Inställningar › Fakturering › Valutor.',
  'warehouse-off': () => 'the warehouse module is not switched on',
  'warehouse-on': () =>
    'The warehouse module is on: goods that are not in stock are delivered as 0, and an invoice ' +
    'is booked only once it is marked as ready (2003498). Keep the stock there, or switch it off.',
  'sales-vat-codes': (f) => `accounts of sales fit the VAT of ${f('countries')}`,
  'sales-vat-code-differs': (f) =>
    `${f('account')} for ${f('roles')} (${f('sold')}) has VAT code ${f('code')}: the sale comes ` +
    `into the wrong box of the VAT return. Change the code in ${f('system')}, or choose another ` +
    `account${either(': bokbro flow set … --account', ' in the flow')}`,
  'oss-accounts-shared': (f) =>
    `VAT of ${f('countries')} comes on the same account ${f('account')}: the return of the ` +
    'one-stop shop asks for each country. Give each its own: ' +
    `${either('--account ', 'Accounts in the flow: ')}vat.oss/${f('first')}=2671`,
  articles: (f) => `${f('count')} article numbers of the latest orders can be used as they are`,
  'articles-renamed': (f) =>
    `${f('renamed')} of ${f('count')} article numbers have signs that ${f('system')} refuses ` +
    `(A–Z, 0–9, - + / _ . and at most 50) and are changed: ${f('articles')}. Change them in the ` +
    'shop if they are to be alike.',
  'rows-too-many': (f) =>
    `Order ${f('order')} has ${f('rows')} rows, and an invoice takes ${f('most')}: it would be ` +
    'refused. Let such orders be vouchers, or split them in the shop.',
  buyers: (f) => `the customers of ${f('count')} orders can be found again`,
  'buyers-unknown': (f) =>
    `${f('some')} of ${f('count')} orders tell nothing to know the customer by (${f('orders')}): ` +
    'each becomes a customer of its own. Make e-mail mandatory in the shop, or let all orders be ' +
    'of one customer: invoicing.customers=one.',
  'buyer-numbers-refused': (f) =>
    `${f('some')} of ${f('count')} orders have an organisation or VAT number that ${f('system')} ` +
    `refuses (${f('orders')}): the customer’s card is made without it. Have the shop check it.`,
  'buyer-cards': (f) => `the cards of ${f('count')} customers of the latest orders can be used`,
  'buyer-card-way-gone': (f) =>
    `On customers’ cards stands a way of delivery that ${f('system')} has no longer ` +
    `(${f('customers')}): every order and invoice of theirs is refused (2001412). Choose another ` +
    'on each card (Kunder › Leveranssätt), or make it again: Inställningar › Leveranssätt. ' +
    `${f('count')} cards were looked at.`,
  'payment-mode-unknown': (f) =>
    `${f('system')} has no mode of payment ${f('mode')}, which is chosen for ${f('method')}: ` +
    `it has ${f('known')}. Make it there with account ${f('account')}, or choose one of these.`,
  'payment-mode-differs': (f) =>
    `Mode of payment ${f('mode')} books on ${f('theirs')} in ${f('system')}, and ${f('method')} ` +
    `is booked on ${f('account')}. Change one: ` +
    `${either('--account ', 'Accounts in the flow: ')}payment/${f('method')}=${f('theirs')}`,
  'shop-not-asked': (f) =>
    `${f('shop')} could not be asked what it sells: ${f('why')} Look again later.`,
  rehearsed: (f) => `the latest ${f('count')} orders of ${f('shop')} could all be booked`,
  'rehearsal-held': (f) =>
    `${f('some')} of the latest ${f('count')} orders of ${f('shop')} would be held ` +
    `(${f('orders')}): ${f('why')}`,
};
