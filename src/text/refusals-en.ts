import { roleName } from '../domain/posting/role-names.ts';
import type { Money } from '../domain/money.ts';
import { showAmount, showRate } from './amounts.ts';
import { describeNeed } from './ledger-needs.ts';
import type { NotInvoiceableTexts, RefusalTexts } from './refusal-texts.ts';
import { saleReasonsEn } from './sale-reasons-en.ts';
import { settingText } from './source-settings.ts';
import { twoRatesOf, waysOf } from './tax-ways.ts';
import { either } from './surface.ts';

const kr = (amount: Money): string => showAmount(amount, 'en');
const rate = (basisPoints: number): string => showRate(basisPoints, 'en');

const TOTALS = { net: 'net', vat: 'VAT', gross: 'gross', payable: 'payable' } as const;

const NOT_INVOICEABLE: NotInvoiceableTexts = {
  'foreign-vat':
    "it has another country's VAT, and invoices in the ledger have ours alone. Let the flow book " +
    'such orders as vouchers: invoicing.otherwise=voucher.',
  'one-customer':
    'it goes abroad without VAT, where the customer must be named, and all orders are of one ' +
    'customer. Know customers by e-mail, or set invoicing.otherwise=voucher.',
  'cash-method':
    'the company books income when it is paid, and this order is paid in parts. Set ' +
    'invoicing.otherwise=voucher, or book it by hand.',
  scheme:
    'it is sold under a scheme of VAT (margin, reverse charge of building), or paid with a gift ' +
    'card whose VAT was paid before. Set invoicing.otherwise=voucher, or book it by hand.',
  'refund-alone':
    'it is the refund of an order that is not in the ledger. Bring the order in, or set ' +
    'invoicing.otherwise=voucher.',
  'refund-of-order':
    'it is a refund, and the flow keeps orders that nobody has invoiced. Take it off the order ' +
    'by hand, and skip it here.',
};

export const refusalsEn: RefusalTexts = {
  ...saleReasonsEn,
  'does-not-balance': (r) =>
    `The report does not balance: taken in ${kr(r.taken)}, accounted for ${kr(r.accounted)}, ` +
    `difference ${kr(r.difference)}. Ask the store for a corrected report, or choose the account ` +
    'that the difference belongs on.',
  'control-total-differs': (r) =>
    `The till's own total of ${r.total === 'gross' ? 'takings' : 'VAT'} is ${kr(r.stated)}, its ` +
    `lines come to ${kr(r.summed)}, difference ${kr(r.difference)}. A line may be missing: ` +
    'compare with the report on paper.',
  'vat-rate-missing': (r) =>
    `“${r.line}” has no VAT rate. Add the rate in the file or in the profile.`,
  'vat-missing': (r) =>
    `“${r.line}” at ${rate(r.rate)} has no VAT amount. The hub does not calculate VAT that the ` +
    'till has not stated: ask for a report with VAT.',
  'vat-rate-not-in-force': (r) =>
    `“${r.line}” has VAT ${rate(r.rate)}, which is not a rate on ${r.date}. Correct the till or ` +
    'the profile.',
  'vat-differs': (r) =>
    `“${r.line}” states VAT ${kr(r.stated)}; ${rate(r.rate)} of it would be ${kr(r.expected)}, ` +
    `difference ${kr(r.difference)}, more than ${kr(r.tolerance)}. Check the rate; accept it if ` +
    'the till is right.',
  'vat-at-several-rates': (r) =>
    `Invoice ${r.invoice} has VAT ${kr(r.vat)} on ${kr(r.net)}, which is no one rate. It may be: ` +
    `${twoRatesOf(r, { kr, rate })}. Choose one (${either('held resolve --tax-as 1', 'below')}), ` +
    'or export the net and ' +
    'the VAT of each rate.',
  'vat-code-not-of-sale': (r) =>
    `The line “${r.line}” has the VAT code ${r.vatCode} and the rate ${rate(r.rate)}: nothing is ` +
    `sold with both on ${r.date}. Correct the line where the invoice was made.`,
  'account-not-chosen': (r) =>
    `No account is chosen for “${r.line}” (${roleNamed(r.role)}). Choose one in the flow.`,
  'amount-column-unmapped': (r) =>
    `The column “${r.column}” holds ${r.amount} (row ${r.row}) and is not in the profile. Add it ` +
    'to the profile, so that no money is left out.',
  'cash-difference-large': (r) =>
    `The cash differs by ${kr(r.difference)}, more than your limit of ${kr(r.limit)}. Count ` +
    'again, or accept the difference.',
  'cash-difference-disagrees': (r) =>
    `The report states a cash difference of ${kr(r.stated)}, the count gives ${kr(r.counted)}, ` +
    `${kr(r.difference)} apart. Accept the count, or ask for a corrected report.`,
  'cash-count-alone': (r) =>
    `${kr(r.counted)} in cash was counted, but the till states no cash at all. Ask for a ` +
    'complete report; accept if all of it is surplus.',
  'empty-document': () => 'There is nothing to book in it. Skip it if that is right.',
  'voucher-does-not-balance': (r) =>
    `The voucher does not balance: debit ${kr(r.debit)}, credit ${kr(r.credit)}, difference ` +
    `${kr(r.difference)}. Ask the source for a corrected file.`,
  'report-revised': (r) =>
    `The report is booked as ${r.bookedAs} with ${kr(r.before)}, and has come again with ` +
    `${kr(r.after)}, difference ${kr(r.difference)}. Correct it (reverse and book anew), or skip ` +
    'the new version.',
  'invoice-revised': (r) =>
    `The invoice is booked as ${r.bookedAs} with ${kr(r.before)}, and has come again with ` +
    `${kr(r.after)}, difference ${kr(r.difference)}. Correct it (credit and invoice anew), ` +
    'or skip the new version.',
  'invoice-not-coded': (r) =>
    `Nobody has coded ${r.lines.map((line) => `“${line}”`).join(', ')} from ${r.supplier}. ` +
    `Choose an account (${either('held resolve --code-as', 'below')}), and for good as ` +
    `purchases/${r.id} in the flow's choices.`,
  'invoice-total-differs': (r) =>
    `The invoice says ${TOTALS[r.total]} ${kr(r.stated)}, its parts come to ${kr(r.summed)}, ` +
    `difference ${kr(r.difference)}. Ask the supplier for a corrected one.`,
  'reverse-rate-not-chosen': (r) =>
    `The buyer accounts for the VAT on ${r.lines.map((line) => `“${line}”`).join(', ')} from ` +
    `${r.supplier}, and nobody has said which rate it has here: choose it (` +
    `${either('held resolve --vat-rate 25', 'below')}), ` +
    either('with --remember for good: ', 'and for good as ') +
    `reverseChargeRates of ${r.id} in the flow.`,
  'vat-category-not-booked': (r) =>
    `The invoice has ${kr(r.base)} in VAT category ${r.category}, where the buyer accounts for ` +
    'the VAT. Book it by hand, and skip it here.',
  'currency-not-booked': (r) =>
    `The invoice is in ${r.currency}, the books are kept in ${r.books}. Book it by hand, and ` +
    'skip it here.',
  'prepaid-not-booked': (r) =>
    `${kr(r.prepaid)} of the invoice is paid already, and nobody has said where the advance ` +
    'stands. Choose the account supplier-prepayments in the flow if it was booked without VAT; ' +
    'else book it by hand, and skip it here.',
  'statement-does-not-balance': (r) =>
    `The statement of ${r.account} does not add up: ${kr(r.opening)} and entries of ` +
    `${kr(r.moved)} ` +
    `are not ${kr(r.closing)}, difference ${kr(r.difference)}. An entry may be missing: ` +
    'fetch the statement again; accept to book the entries as they stand.',
  'statement-revised': (r) =>
    `The day is booked as ${r.bookedAs} with entries of ${kr(r.before)}, and has come again with ` +
    `others, of ${kr(r.after)}, difference ${kr(r.difference)}. Correct it in the ledger, ` +
    'and skip the new version.',
  'entry-not-coded': (r) =>
    `Nobody has coded these entries of ${r.account}: ` +
    `${r.entries.map(entryText).join('; ')}. ` +
    `Choose an account (${either('held resolve --code-as', 'below')}), and for good as ` +
    'statement-entry/CODE in the ' +
    "flow's choices.",
  'invoice-not-open': (r) =>
    `Entry ${r.entry} of ${kr(r.amount)} pays ${named(r.names)}, which is not an open invoice in ` +
    `the ledger${maybe(r.candidates)}. It is tried again when the invoice has been booked here; ` +
    'accept if the payment stands there already, or choose an account (' +
    `${either('--code-as', 'below')}).`,
  'payment-differs': (r) =>
    `Entry ${r.entry} pays ${kr(r.paid)} for ${r.invoices.join(', ')}, of which ${kr(r.open)} is ` +
    `open, difference ${kr(r.difference)}. Accept if it is a part, or choose the account of the ` +
    `difference (${either('--account', 'below')}).`,
  'payment-account-unknown': (r) =>
    `The ledger has no mode of payment for account ${r.account}. Add one there, then try again.`,
  'order-total-differs': (r) =>
    `The order is for ${kr(r.stated)}, its ${r.total} come to ${kr(r.summed)}, difference ` +
    `${kr(r.difference)}. Something in it is not read (gift card, tip, surcharge): book it by ` +
    'hand, or mend it in the shop.',
  'order-rounding-large': (r) =>
    `The shop has rounded the order by ${kr(r.rounding)}, more than ${kr(r.limit)}. Accept it if ` +
    'it is rounding.',
  'vat-not-proven': (r) =>
    `Order ${r.order} tells VAT ${kr(r.vat)} as one amount, and the rates of its articles are ` +
    `not known. It may be: ${waysOf(r, 'the discount is a gift card')}. Choose one (` +
    `${either('held resolve --tax-as 1', 'below')}), or say the articles’ rates in the connection.`,
  'order-paid-otherwise': (r) =>
    `Order ${r.order} comes to ${kr(r.total)}, and ${kr(r.toPay)} is to be paid, difference ` +
    `${kr(r.difference)}. Accept it if that was paid with a gift card; for good: the ` +
    "connection's lessToPay=gift-card.",
  'refund-exceeds-order': (r) =>
    `${kr(r.back)} was given back of order ${r.order}, which has ${kr(r.remaining)} left, ` +
    `difference ${kr(r.difference)}. The payment provider may have done it twice: skip one of ` +
    'them, or accept it.',
  'refund-vat-estimated': (r) =>
    `${kr(r.back)} was given back of order ${r.order}, and the shop does not say of what. It is ` +
    `spread over the VAT rates of what is left, ${kr(r.remaining)}: accept it, or mend it in ` +
    'the shop.',
  'vat-not-charged': (r) =>
    `No VAT is charged on ${r.lines.map((line) => `“${line}”`).join(', ')} (${kr(r.net)}), which ` +
    `goes to ${r.country || 'an unknown country'}, without the buyer's VAT number. Mend the VAT ` +
    'in the shop; accept it if the sale is exempt.',
  'calendar-not-whole': (r) =>
    `The payment calendar of quote ${r.quote} comes to ${kr(r.calendar)}, the quote to ` +
    `${kr(r.total)}, difference ${kr(r.difference)}. Mend the calendar, then send it again.`,
  'installation-unknown': (r) =>
    `The payment calendar of quote ${r.quote} sets the installation apart. That takes one line ` +
    'and a group that is installation: say which groups are (installationGroups), or mend the ' +
    'calendar.',
  'quote-revised': (r) =>
    `Quote ${r.quote} is in the ledger as ${r.bookedAs}, made of ${kr(r.before)}. It comes ` +
    `again with ${kr(r.after)}, difference ${kr(r.difference)}, or divided otherwise. Change the ` +
    'orders that are not invoiced there, then skip it here.',
  'quote-below-invoiced': (r) =>
    `Quote ${r.quote} comes to ${kr(r.total)} now, and ${kr(r.invoiced)} of it is invoiced. That ` +
    `leaves ${kr(r.difference)} for its last line. Credit what is too much, or add a line for ` +
    'what is left.',
  'quote-order-gone': (r) =>
    `${r.order} of quote ${r.quote} is cancelled or gone in the ledger, and the quote comes ` +
    'again changed. Accept to enter it anew, or skip the quote.',
  'quote-order-left': (r) =>
    `Quote ${r.quote} has nothing left for ${r.order} of ${kr(r.amount)}, which is not invoiced. ` +
    'Cancel it in the ledger, then accept.',
  'order-not-invoiceable': (r) =>
    `Order ${r.order} cannot be an invoice: ` + NOT_INVOICEABLE[r.why],
  'invoice-account-differs': (r) =>
    `The ledger books ${roleName(r.role, 'en')} of invoices on ` +
    `${r.ledger}, the flow says ${r.chosen}. Change ` +
    "the predefined account there, or the flow's: " +
    `${either(`--account ${r.role}=${r.ledger}`, `${r.ledger} (Accounts in the flow)`)}.`,
  'invoice-rounded': (r) =>
    `The order comes to ${kr(r.stated)}, invoice ${r.id} to ${kr(r.booked)}, difference ` +
    `${kr(r.difference)}: the ledger rounds invoices. It is not booked. Switch off rounding ` +
    'of invoices there, then try again.',
  'report-overlaps': (r) =>
    `The day is also in ${r.other}: a report per till and one for the whole store. Skip one of ` +
    'them.',
  'payout-total-differs': (r) =>
    `Payout ${r.payout} is to come to ${kr(r.stated)}, paid out and left, its rows come to ` +
    `${kr(r.summed)}, difference ${kr(r.difference)}. Fetch the whole settlement anew from the ` +
    'provider. Accept it to book it as it stands: the difference then stays on the clearing ' +
    'account.',
  'payout-row-twice': (r) =>
    `Row ${r.row} of payout ${r.payout}, ${kr(r.amount)}, is also in ${r.other}: it would be ` +
    'settled twice. Skip one of the payouts; accept it if the provider has done it twice.',
  'credit-differs': (r) =>
    `Store ${r.store}${till(r.register)} sold ${kr(r.reported)} on account on ${r.day} by its ` +
    `day report, the receipts of customers come to ${kr(r.receipts)}, difference ` +
    `${kr(r.difference)}. Ask the store for what is missing: when it comes, this is tried again ` +
    'by itself. Accept if the difference is to stay.',
  'receipt-twice': (r) =>
    `Receipt ${r.receipt} ${r.day} is also in ${r.other}: the customer would be invoiced twice. ` +
    'Skip one of them, or accept if the receipts are different ones.',
  'invoice-twice': (r) =>
    `The invoice has also come as ${r.other}: the same supplier and number. Skip this one; ` +
    'accept it only when they are two invoices.',
  'article-twice': (r) =>
    `The article number ${r.number} also belongs to ${r.other}: two products would write over ` +
    'each other in the register of articles. Give one of them another number in the shop, or ' +
    'skip this one.',
  'article-rate-missing': (r) =>
    `The price ${kr(r.price)} of article ${r.number} cannot be told with or without VAT as the ` +
    'price list has its prices: its VAT rate is not known. Say the rate of its tax class in the ' +
    'connection (taxRates), or leave prices out of articleFields.',
  'shop-setting-changed': (r) => {
    const [name, means] = settingText(r.setting, 'en');
    return (
      `${name} was changed in ${r.shop}, seen ${r.day}: ${r.was || '–'} → ${r.now || '–'}. ` +
      `${means} If that is right, say so on the overview${either(' (bokbro missing)', '')}, and ` +
      'its orders are ' +
      'booked. If not, change it back in the shop.'
    );
  },
  'before-start-date': (r) =>
    `The day ${r.date} is before the start of the flow, ${r.start}. Accept it if it is not ` +
    'booked by hand.',
  'account-unknown': (r) =>
    `Account ${r.account} is not in the ledger's chart${forRole(r.role)}. Add it there, or ` +
    'choose another.',
  'account-inactive': (r) =>
    `Account ${r.account} is not active in the ledger${forRole(r.role)}. Activate it there, or ` +
    'choose another.',
  'cost-centre-required': (r) =>
    `Account ${r.account} needs a cost centre. Choose one for the department.`,
  'cost-centre-unknown': (r) =>
    `Cost centre ${r.costCentre} is not active in the ledger. Create it there, or choose another.`,
  'project-required': (r) => `Account ${r.account} needs a project. Choose one.`,
  'project-unknown': (r) =>
    `Project ${r.project} is not open in the ledger. Create it there, or choose another.`,
  'cost-centre-too-long': (r) =>
    `Cost centre ${r.costCentre} is not in the ledger, and a code there has at most ` +
    `${r.longest} characters. Say what it is ` +
    `there${either(`: --department ${r.costCentre}=…`, ' under Departments in the flow.')}`,
  'project-too-long': (r) =>
    `Project ${r.project} is not in the ledger, and a number there has at most ` +
    `${r.longest} characters. Give it a shorter number in the source.`,
  'period-locked': (r) =>
    `The ledger is locked up to ${r.lockedTo}, and the document is of ${r.date}. Open the ` +
    'period, or choose another booking day.',
  'year-missing': (r) => `The ledger has no financial year for ${r.date}. Create it there.`,
  'series-unknown': (r) =>
    `The ledger has no voucher series ${r.series}. Create it there, or choose another.`,
  'series-not-manual': (r) =>
    `Voucher series ${r.series} does not take vouchers from outside. Make it manual in the ledger.`,
  'found-twice': (r) =>
    `${r.what}: it stands twice in the ledger (${r.ids.join(', ')}). ` +
    'Reverse one of them there, then accept.',
  'read-back-differs': (r) =>
    `${r.what}: sent ${r.sent || 'nothing more'}, but ${r.id} in the ledger has ` +
    `${r.booked || 'nothing more'}. Compare the two; accept if the ledger is right.`,
  'target-refused': (r) =>
    `${r.system} refused it: ${r.said}${r.theirCode === '' ? '' : ` (${r.theirCode})`}. Mend ` +
    'that there, then try again.',
  'target-cannot': (r) => `${r.system} cannot take ${r.what}.`,
  'ledger-needs': (r) => describeNeed(r, 'en'),
  'kind-not-taken': (r) =>
    `The ledger takes no documents of the kind ${r.kind}. Skip it, and see to it there by ` +
    'hand.',
  'attempts-exhausted': (r) =>
    `It was tried ${r.attempts} times: ${r.last}. Look in the ledger: if it is there, skip it; ` +
    'if not, accept to send it again.',
  'our-error': (r) => `This is an error of ours: ${r.message} Please report it.`,
};

function forRole(role: string): string {
  return role === '' ? '' : ` (for ${roleNamed(role)})`;
}

/** A role, and in the terminal what an option calls it. */
function roleNamed(role: string): string {
  return roleName(role, 'en') + either(`, ${role}`, '');
}

function named(names: readonly string[]): string {
  return names.length === 0 ? 'an invoice that it does not name' : names.join(', ');
}

function maybe(candidates: readonly string[]): string {
  return candidates.length === 0 ? '' : ` (perhaps ${candidates.join(', ')})`;
}

function entryText(entry: {
  readonly id: string;
  readonly code: string;
  readonly text: string;
  readonly amount: Money;
}): string {
  const { id, code, text, amount } = entry;
  return [id, code, text, kr(amount)].filter((part) => part !== '').join(' ');
}

function till(register: string): string {
  return register === 'ALL' ? '' : ` till ${register}`;
}
