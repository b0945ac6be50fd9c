import { present } from '../../../../lib/assert.ts';
import { entitiesOf, type Company } from './company.ts';
import type { Entity } from './shelf.ts';

export function vatSettings(company: Company): Entity {
  return present(entitiesOf(company, 'VatSettings')[0], 'the VAT settings');
}

/** A company that is not registered for VAT may use none but code 6 on its sales. */
export function isRegistered(company: Company): boolean {
  return vatSettings(company).fields['vatRegistrationStatus'] === 'VAT_REGISTERED';
}
