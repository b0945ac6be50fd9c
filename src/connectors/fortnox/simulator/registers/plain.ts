import { fieldTable } from '../wire/field-table.ts';
import { pick, textOf } from '../wire/record.ts';
import { refuse } from '../wire/refusals.ts';
import { accountIn } from '../books/chart.ts';
import { currentYear, type Tenant } from '../tenant/tenant.ts';
import type { Draft, Register } from './register.ts';

/**
 * Registers of little more than a code and a description.
 *
 * | Uncertain                                      | Chosen                                     |
 * |------------------------------------------------|--------------------------------------------|
 * | Whether units, terms and cost centres in use   | Cost centres and projects not; the others  |
 * | can be deleted                                 | can: a removed way of delivery is known to |
 * |                                                | break the customers that have it           |
 * | Whether a deleted code can be used again       | Yes                                        |
 * | Rates of a new currency                        | 1 until they are written                   |
 */
const READ_WRITE = ['LIST', 'GET', 'POST', 'PUT', 'DELETE'] as const;
const CODE_AND_TEXT = { texts: {}, sorts: { code: 'Code' } };

const UNITS: Register = {
  shelf: 'units',
  scope: 'settings',
  single: 'Unit',
  list: 'Units',
  key: 'Code',
  table: fieldTable('Code:t20* CodeEnglish:t100 Description:t100*'),
  defaults: {},
  methods: READ_WRITE,
  numbering: 'sent',
  notFound: ['unit-not-found'],
  taken: ['taken', 'Enheten'],
  search: CODE_AND_TEXT,
};

const TERMS_OF_PAYMENTS: Register = {
  shelf: 'termsofpayments',
  scope: 'settings',
  single: 'TermsOfPayment',
  list: 'TermsOfPayments',
  key: 'Code',
  table: fieldTable('Code:t25* Description:t*'),
  defaults: {},
  methods: READ_WRITE,
  numbering: 'sent',
  notFound: ['terms-of-payment-not-found'],
  taken: ['taken', 'Betalningsvillkoret'],
  search: CODE_AND_TEXT,
};

const TERMS_OF_DELIVERIES: Register = {
  shelf: 'termsofdeliveries',
  scope: 'settings',
  single: 'TermsOfDelivery',
  list: 'TermsOfDeliveries',
  key: 'Code',
  table: fieldTable('Code:t20* Description:t200* DescriptionEnglish:t100'),
  defaults: {},
  methods: ['LIST', 'GET', 'POST', 'PUT'],
  numbering: 'sent',
  notFound: ['terms-of-delivery-not-found'],
  taken: ['taken', 'Leveransvillkoret'],
  search: CODE_AND_TEXT,
  isPaged: false,
};

const WAY_OF_DELIVERIES: Register = {
  shelf: 'wayofdeliveries',
  scope: 'settings',
  single: 'WayOfDelivery',
  list: 'WayOfDeliveries',
  key: 'Code',
  table: fieldTable('Code:t50* Description:t100 DescriptionEnglish:t100'),
  defaults: {},
  methods: READ_WRITE,
  numbering: 'sent',
  notFound: ['not-found', 'leveranssättet'],
  taken: ['taken', 'Leveranssättet'],
  search: CODE_AND_TEXT,
};

const MODES_OF_PAYMENTS: Register = {
  shelf: 'modesofpayments',
  scope: 'settings',
  single: 'ModeOfPayment',
  list: 'ModesOfPayments',
  key: 'Code',
  table: fieldTable('AccountNumber:t4=* Code:t* Description:t'),
  defaults: {},
  methods: READ_WRITE,
  numbering: 'sent',
  notFound: ['not-found', 'betalningssättet'],
  taken: ['taken', 'Betalningssättet'],
  search: CODE_AND_TEXT,
  check: ({ call, sent }: Draft) => {
    const account = textOf(sent, 'AccountNumber');
    const { chart } = currentYear(call.tenant, call.today);
    if (account !== '' && !accountIn(chart, Number(account)))
      refuse('row-account-unknown', account);
  },
};

const CURRENCIES: Register = {
  shelf: 'currencies',
  scope: 'currency',
  single: 'Currency',
  list: 'Currencies',
  key: 'Code',
  table: fieldTable('BuyRate:n Code:t3=* Date:d~ Description:t* IsAutomatic:b~ SellRate:n Unit:n'),
  defaults: { BuyRate: 1, SellRate: 1, Unit: 1, IsAutomatic: false },
  methods: READ_WRITE,
  numbering: 'sent',
  notFound: ['currency-not-found'],
  taken: ['taken', 'Valutan'],
  search: CODE_AND_TEXT,
  check: ({ call, fields }) => {
    fields['Date'] = call.today;
  },
  isUsed: (_tenant, code) => code === 'SEK',
};

const PRICE_LISTS: Register = {
  shelf: 'pricelists',
  scope: 'price',
  single: 'PriceList',
  list: 'PriceLists',
  key: 'Code',
  table: fieldTable('Code:t100* Comments:t Description:t50* PreSelected:b~'),
  defaults: { PreSelected: false },
  methods: ['LIST', 'GET', 'POST', 'PUT'],
  numbering: 'sent',
  notFound: ['price-list-not-found'],
  taken: ['taken', 'Prislistan'],
  search: {
    texts: { code: 'Code', comments: 'Comments' },
    sorts: { code: 'Code', comments: 'Comments' },
  },
};

const LABELS: Register = {
  shelf: 'labels',
  scope: 'settings',
  single: 'Label',
  list: 'Labels',
  key: 'Id',
  table: fieldTable('Description:t25* Id:i~'),
  defaults: {},
  methods: ['LIST', 'POST', 'PUT', 'DELETE'],
  numbering: 'id',
  notFound: ['not-found', 'etiketten'],
  taken: ['taken', 'Etiketten'],
  search: { texts: {}, sorts: {} },
  isPaged: false,
};

const COST_CENTERS: Register = {
  shelf: 'costcenters',
  scope: 'costcenter',
  single: 'CostCenter',
  list: 'CostCenters',
  key: 'Code',
  table: fieldTable('Active:b Code:t6* Description:t* Note:t'),
  defaults: { Active: true },
  methods: READ_WRITE,
  numbering: 'sent',
  notFound: ['not-found', 'kostnadsstället'],
  taken: ['taken', 'Kostnadsstället'],
  search: CODE_AND_TEXT,
  isUsed: (tenant, code) => isInVouchers(tenant, 'costCenter', code),
};

const PROJECT_LISTED = [
  'Description',
  'EndDate',
  'ProjectLeader',
  'ProjectNumber',
  'StartDate',
  'Status',
];

const PROJECTS: Register = {
  shelf: 'projects',
  scope: 'project',
  single: 'Project',
  list: 'Projects',
  key: 'ProjectNumber',
  table: fieldTable(`
    Comments:t512 ContactPerson:t50 Description:t50* EndDate:d ProjectLeader:t50
    ProjectNumber:t20 StartDate:d Status:(NOTSTARTED|ONGOING|COMPLETED)`),
  defaults: { Comments: '', Status: 'ONGOING' },
  methods: READ_WRITE,
  numbering: 'series',
  notFound: ['project-not-found'],
  taken: ['taken', 'Projektnumret'],
  search: { texts: { description: 'Description' }, sorts: { projectnumber: 'ProjectNumber' } },
  isUsed: (tenant, number) => isInVouchers(tenant, 'project', number),
  showListed: (fields) => pick(fields, PROJECT_LISTED),
};

const PRINT_TEMPLATES: Register = {
  shelf: 'printtemplates',
  scope: 'print',
  single: 'PrintTemplate',
  list: 'PrintTemplates',
  key: 'Template',
  table: fieldTable('Name:t25 Template:t*'),
  defaults: {},
  methods: ['LIST'],
  numbering: 'sent',
  notFound: ['not-found', 'utskriftsmallen'],
  taken: ['taken', 'Utskriftsmallen'],
  search: { texts: { type: 'Template' }, sorts: {} },
};

export const PLAIN_REGISTERS: readonly Register[] = [
  UNITS,
  TERMS_OF_PAYMENTS,
  TERMS_OF_DELIVERIES,
  WAY_OF_DELIVERIES,
  MODES_OF_PAYMENTS,
  CURRENCIES,
  PRICE_LISTS,
  LABELS,
  COST_CENTERS,
  PROJECTS,
  PRINT_TEMPLATES,
];

function isInVouchers(tenant: Tenant, dimension: 'costCenter' | 'project', code: string): boolean {
  return tenant.years.some((year) =>
    [...year.series.values()].some((series) =>
      [...series.vouchers.values()].some((voucher) =>
        voucher.rows.some((row) => row[dimension] === code),
      ),
    ),
  );
}
