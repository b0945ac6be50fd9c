import type { FortnoxSimulator } from '../../src/connectors/fortnox/simulator/simulator.ts';

type Kind = {
  readonly path: string;
  readonly list: string;
  /** What tells one from another, but for numbers that follow the order of arrival. */
  readonly fields: readonly string[];
};

const KINDS: readonly Kind[] = [
  { path: 'customers', list: 'Customers', fields: ['CustomerNumber', 'Name'] },
  { path: 'suppliers', list: 'Suppliers', fields: ['SupplierNumber', 'Name'] },
  {
    path: 'invoices',
    list: 'Invoices',
    fields: ['CustomerNumber', 'InvoiceDate', 'Total', 'Balance', 'Booked', 'Cancelled'],
  },
  { path: 'orders', list: 'Orders', fields: ['CustomerNumber', 'Project', 'Total', 'Cancelled'] },
  { path: 'projects', list: 'Projects', fields: ['ProjectNumber', 'Description'] },
  { path: 'costcenters', list: 'CostCenters', fields: ['Code'] },
  { path: 'invoicepayments', list: 'InvoicePayments', fields: ['Amount', 'PaymentDate', 'Booked'] },
  { path: 'articles', list: 'Articles', fields: ['ArticleNumber', 'Description'] },
  {
    path: 'supplierinvoices',
    list: 'SupplierInvoices',
    fields: ['SupplierNumber', 'InvoiceNumber', 'Total', 'Balance', 'Booked', 'Cancelled'],
  },
  {
    path: 'supplierinvoicepayments',
    list: 'SupplierInvoicePayments',
    fields: ['Amount', 'PaymentDate', 'Booked'],
  },
  { path: 'voucherfileconnections', list: 'VoucherFileConnections', fields: ['VoucherSeries'] },
  {
    path: 'supplierinvoicefileconnections',
    list: 'SupplierInvoiceFileConnections',
    fields: ['Name'],
  },
];

/**
 * What stands in a simulated ledger beside its vouchers, a line each: read as a person would, when
 * all is over.
 */
export async function readObjects(
  simulator: FortnoxSimulator,
  tenantId: number,
): Promise<readonly string[]> {
  const { accessToken } = simulator.tenants.get(tenantId).grant();
  simulator.faults.clear();
  simulator.setRate(null);
  const lines: string[] = [];
  for (const { path, list, fields } of KINDS) {
    const response = await fetch(`${simulator.apiUrl}/3/${path}?limit=500`, {
      headers: { authorization: `Bearer ${accessToken}`, accept: 'application/json' },
    });
    if (!response.ok) throw new Error(`${path} answered ${response.status}`);
    const body = (await response.json()) as Record<string, Record<string, unknown>[]>;
    for (const object of body[list] ?? []) {
      lines.push([path, ...fields.map((field) => String(object[field]))].join(' '));
    }
  }
  return lines.sort();
}
