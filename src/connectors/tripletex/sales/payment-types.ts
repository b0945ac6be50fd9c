import { objectOf, textOf } from '../../../lib/json-object.ts';
import type { Session } from '../session.ts';

/**
 * The company's own way of being paid on an account, which a payment names by its id. They are set
 * up in Tripletex, each with the account that the money comes to.
 *
 * @returns null when there is none on the account
 */
export async function paymentType({ client }: Session, account: string): Promise<string | null> {
  const path = '/invoice/paymentType?fields=id,debitAccount(number)';
  const listed = await client.list(path);
  const own = listed.find((one) => textOf(objectOf(one, 'debitAccount'), 'number') === account);
  return own === undefined ? null : textOf(own, 'id');
}
