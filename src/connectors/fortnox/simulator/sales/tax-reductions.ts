import { fieldTable } from '../wire/field-table.ts';
import { kronorOf, oreOf } from '../wire/amounts.ts';
import { numberOf, pick, rowsOf, textOf, type Fields } from '../wire/record.ts';
import { refuse } from '../wire/refusals.ts';
import type { Call, Route } from '../api/call.ts';
import { routesOf, type Draft, type Register } from '../registers/register.ts';
import type { Entry } from '../tenant/shelf.ts';
import type { Tenant } from '../tenant/tenant.ts';
import { mark } from './copy.ts';

/**
 * Tax reductions of documents: who asks the Tax Agency for how much.
 *
 * | Uncertain                             | Chosen                                             |
 * |---------------------------------------|----------------------------------------------------|
 * | 2004217 or 2004218 for a bad amount   | 2004217                                            |
 * | A booked invoice                      | Its tax reductions are fixed                       |
 */
const SHELVES = { INVOICE: 'invoices', ORDER: 'orders', OFFER: 'offers' } as const;

const GREEN_WORK = new Set([
  'SOLARCELLS',
  'STORAGESELFPRODUCEDELECTRICITY',
  'CHARGINGSTATIONELECTRICVEHICLE',
]);

const TAX_REDUCTIONS: Register = {
  shelf: 'taxreductions',
  scope: 'invoice',
  single: 'TaxReduction',
  list: 'TaxReductions',
  key: 'Id',
  table: fieldTable(
    `ApprovedAmount:n~ AskedAmount:n* BilledAmount:n~ CustomerName:t* Id:i~ PropertyDesignation:t
    ReferenceDocumentType:(OFFER|ORDER|INVOICE)* ReferenceNumber:t* RequestSent:b~
    ResidenceAssociationOrganisationNumber:t SocialSecurityNumber:t10..13*
    TaxReductionAmounts:[Amount] VoucherNumber:i~ VoucherSeries:t~ VoucherYear:i~`,
    { Amount: fieldTable('AskedAmount:n* WorkType:t*') },
  ),
  defaults: { ApprovedAmount: 0, BilledAmount: 0, RequestSent: false, TaxReductionAmounts: [] },
  methods: ['LIST', 'GET', 'POST', 'PUT', 'DELETE'],
  numbering: 'id',
  notFound: ['not-found', 'skattereduktionen'],
  taken: ['taken', 'Skattereduktionen'],
  search: {
    texts: {},
    exact: { referencenumber: 'ReferenceNumber' },
    filters: {
      invoices: (fields) => fields['ReferenceDocumentType'] === 'INVOICE',
      offers: (fields) => fields['ReferenceDocumentType'] === 'OFFER',
      orders: (fields) => fields['ReferenceDocumentType'] === 'ORDER',
    },
    sorts: { customername: 'CustomerName', id: 'Id' },
  },
  check,
  isUsed: isOnlyOne,
  showListed: (fields) => ({
    ...pick(fields, [
      'ApprovedAmount',
      'CustomerName',
      'Id',
      'ReferenceDocumentType',
      'SocialSecurityNumber',
    ]),
    ReferenceNumber: numberOf(fields, 'ReferenceNumber'),
  }),
};

/** Every change is followed by the document's `TaxReduction` and what is left to pay. */
export const TAX_REDUCTION_ROUTES: readonly Route[] = routesOf(TAX_REDUCTIONS).map((route) => ({
  ...route,
  act: (call) => {
    const answer = route.act(call);
    if (route.method !== 'GET') recount(call);
    return answer;
  },
}));

function check({ call, fields, isNew }: Draft): void {
  const document = documentOf(call.tenant, fields) ?? refuse('not-found', 'dokumentet');
  if (document.fields['Booked'] === true) refuse('document-booked');
  const asked = numberOf(fields, 'AskedAmount');
  if (asked < 1 || !Number.isInteger(asked)) refuse('tax-reduction-amount');
  const person = textOf(fields, 'SocialSecurityNumber');
  const others = siblings(call.tenant, fields).filter(
    (other) => isNew || other['Id'] !== fields['Id'],
  );
  if (others.some((other) => textOf(other, 'SocialSecurityNumber') === person)) {
    refuse('tax-reduction-person-twice');
  }
  if (textOf(document.fields, 'TaxReductionType') === 'green') checkGreen(fields);
}

function checkGreen(fields: Fields): void {
  const amounts = rowsOf(fields, 'TaxReductionAmounts');
  if (amounts.length === 0) refuse('tax-reduction-no-amounts');
  const types = amounts.map((amount) => textOf(amount, 'WorkType'));
  if (types.some((type) => !GREEN_WORK.has(type))) refuse('tax-reduction-work-type');
  if (new Set(types).size < types.length) refuse('tax-reduction-work-type-twice');
}

/** The last tax reduction of a document cannot be deleted. */
function isOnlyOne(tenant: Tenant, id: string): boolean {
  const fields = tenant.shelves.taxreductions.entries.get(id)?.fields;
  return fields !== undefined && siblings(tenant, fields).length === 1;
}

function siblings(tenant: Tenant, of: Fields): Fields[] {
  return [...tenant.shelves.taxreductions.entries.values()]
    .map(({ fields }) => fields)
    .filter(
      (fields) =>
        fields['ReferenceDocumentType'] === of['ReferenceDocumentType'] &&
        textOf(fields, 'ReferenceNumber') === textOf(of, 'ReferenceNumber'),
    );
}

function documentOf(tenant: Tenant, fields: Fields): Entry | null {
  const type = textOf(fields, 'ReferenceDocumentType');
  const number = textOf(fields, 'ReferenceNumber');
  if (type !== 'INVOICE' && type !== 'ORDER' && type !== 'OFFER') return null;
  return tenant.shelves[SHELVES[type]].entries.get(number) ?? null;
}

function recount(call: Call): void {
  const asked = new Map<Entry, number>();
  for (const { fields } of call.tenant.shelves.taxreductions.entries.values()) {
    const document = documentOf(call.tenant, fields);
    if (!document || document.fields['Booked'] === true) continue;
    const ore = oreOf(numberOf(fields, 'AskedAmount'));
    asked.set(document, (asked.get(document) ?? 0) + ore);
  }
  for (const [document, ore] of asked) {
    const toPay = kronorOf(oreOf(numberOf(document.fields, 'Total')) - ore);
    const isInvoice = 'Balance' in document.fields;
    mark(call, document, {
      TaxReduction: kronorOf(ore),
      TotalToPay: toPay,
      ...(isInvoice ? { Balance: toPay } : {}),
    });
  }
}
