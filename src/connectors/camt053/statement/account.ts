import { problemAt, type Place } from '../../../ports/problem.ts';
import type { Problem } from '../../../ports/source.ts';
import { NAME_CHARS_MAX } from '../limits.ts';
import type { CamtSettings } from '../settings.ts';
import { textAt, type XmlNode } from '../xml/node.ts';

/** The number of an account, without blanks; empty when there is none. */
export function accountIn(account: XmlNode | null): string {
  if (account === null) return '';
  const stated = [textAt(account, 'Id', 'IBAN'), textAt(account, 'Id', 'Othr', 'Id')];
  return plain(stated.find((text) => text !== '') ?? '').slice(0, NAME_CHARS_MAX);
}

/** Why an account is not the company's; null when it is. */
export function foreignAccount(
  found: string,
  { accounts }: CamtSettings,
  place: Place,
): Problem | null {
  if (accounts.length === 0 || accounts.map(plain).includes(found)) return null;
  const facts = { field: 'Acct/Id', found, expected: accounts.join(', ') };
  return problemAt('unknown-value', place, facts);
}

/** Account numbers are written with and without blanks. */
function plain(text: string): string {
  return text.replace(/\s+/g, '').toUpperCase();
}
