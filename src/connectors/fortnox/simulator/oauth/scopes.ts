/** Every scope that an app can ask for. */
export const SCOPES: readonly string[] = [
  'archive',
  'article',
  'assets',
  'bookkeeping',
  'companyinformation',
  'companylogo',
  'connectfile',
  'costcenter',
  'currency',
  'customer',
  'deletevoucher',
  'inbox',
  'invoice',
  'noxfinansinvoice',
  'offer',
  'order',
  'payment',
  'price',
  'print',
  'profile',
  'project',
  'salary',
  'settings',
  'supplier',
  'supplierinvoice',
  'timereporting',
  'warehouse',
  'warehousecustomdocument',
];

export function readScopes(text: string): string[] {
  return text.split(' ').filter((scope) => scope !== '');
}
