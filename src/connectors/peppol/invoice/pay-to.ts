import type { PayTo } from '../../../domain/document/supplier-invoice.ts';
import { short } from '../ubl/line.ts';
import { nodesAt, textAt, type UblNode } from '../ubl/node.ts';

/** The accounts that may be paid to, each once, in the order of the document. */
export function payToOf(root: UblNode): readonly PayTo[] {
  const accounts = nodesAt(root, 'cac:PaymentMeans', 'cac:PayeeFinancialAccount')
    .map((account) => accountOf(account))
    .filter(({ number }) => number !== '');
  return [...new Map(accounts.map((one) => [`${one.kind} ${one.number}`, one])).values()];
}

/**
 * Swedish giro numbers are told by their branch (SE-R-007 to SE-R-012), whatever the payment means
 * code: 30 is asked for, and older systems write 31, 50 or 56.
 */
function accountOf(account: UblNode): PayTo {
  const text = short(textAt(account, 'cbc:ID'));
  const compact = text.replaceAll(/[\s-]/g, '');
  const branch = textAt(account, 'cac:FinancialInstitutionBranch', 'cbc:ID').toUpperCase();
  if (branch === 'SE:BANKGIRO') return { kind: 'bankgiro', number: compact };
  if (branch === 'SE:PLUSGIRO') return { kind: 'plusgiro', number: compact };
  if (isIban(compact.toUpperCase())) return { kind: 'iban', number: compact.toUpperCase() };
  return { kind: 'account', number: text };
}

/** ISO 13616: letters count from 10, the first four characters last, the whole is 1 modulo 97. */
function isIban(text: string): boolean {
  if (!/^[A-Z]{2}\d{2}[A-Z\d]{11,30}$/.test(text)) return false;
  const turned = text.slice(4) + text.slice(0, 4);
  const digits = turned.replaceAll(/[A-Z]/g, (letter) => String(letter.charCodeAt(0) - 55));
  return BigInt(digits) % 97n === 1n;
}
