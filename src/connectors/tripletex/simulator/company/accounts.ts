import { present } from '../../../../lib/assert.ts';
import type { Fields } from '../wire/record.ts';
import { accountType, type ChartAccount } from './chart.ts';
import { entitiesOf, type Company } from './company.ts';
import type { Entity } from './shelf.ts';
import { NO_VAT, VAT_CODES } from './vat-types.ts';

export { CHART } from './chart.ts';

export function accountFields(
  account: ChartAccount,
  { bankAccountNumber = '15032080119' }: { readonly bankAccountNumber?: string | null },
): Fields {
  const { number, name, ledger, vat = NO_VAT, isLocked = false, isBank = false } = account;
  const isInvoiceAccount = number === 1920;
  return {
    number,
    name,
    type: accountType(number),
    ledgerType: ledger ?? 'GENERAL',
    vatType: vat,
    vatLocked: isLocked,
    currency: 1,
    isCloseable: ledger !== undefined,
    isApplicableForSupplierInvoice: number >= 4000 && number < 8000,
    requireReconciliation: isBank,
    isInactive: false,
    isBankAccount: isBank,
    isInvoiceAccount,
    bankAccountNumber: isInvoiceAccount ? bankAccountNumber : null,
    saftCode: String(number),
    requiresDepartment: false,
    requiresProject: false,
    legalVatTypes: legalCodes(number),
  };
}

/**
 * The VAT codes an account can be posted with. That an account has such a list is documented; what
 * stands in it is a guess: sales take outgoing codes, purchases and assets incoming ones.
 */
export function legalCodes(number: number): number[] {
  const digit = Math.floor(number / 1000);
  const isSale = digit === 3;
  const isPurchase = (digit >= 4 && digit <= 7) || (number >= 1000 && number < 1500);
  return VAT_CODES.filter(
    ({ direction }) =>
      direction === 'none' ||
      (direction === 'outgoing' && isSale) ||
      (direction === 'incoming' && isPurchase),
  ).map((code) => code.number);
}

/** @returns null when the chart has no such account */
export function findAccount(company: Company, number: number): Entity | null {
  return entitiesOf(company, 'Account').find(({ fields }) => fields['number'] === number) ?? null;
}

/** An account that every company has. @throws InvariantError when it is gone */
export function ownAccount(company: Company, number: number): Entity {
  return present(findAccount(company, number), `the account ${number}`);
}
