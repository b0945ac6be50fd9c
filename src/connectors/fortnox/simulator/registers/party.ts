import { countryName, isVatNumber, parseOrganisationNumber } from '../wire/identifiers.ts';
import { textOf, type Fields } from '../wire/record.ts';
import { refuse } from '../wire/refusals.ts';

/** Identity numbers of a customer or supplier; the organisation number is kept with its hyphen. */
export function checkParty(fields: Fields, sent: Fields): void {
  const number = textOf(sent, 'OrganisationNumber');
  if (number !== '') {
    fields['OrganisationNumber'] = parseOrganisationNumber(number) ?? refuse('organisation-number');
  }
  const vatNumber = textOf(sent, 'VATNumber');
  if (vatNumber !== '' && !isVatNumber(vatNumber)) refuse('vat-number');
}

/** A country's name follows from its code: `Country` from `CountryCode`. It cannot be written. */
export function setCountry(fields: Fields, name: string): void {
  const code = textOf(fields, `${name}Code`);
  fields[name] = code === '' ? null : (countryName(code) ?? refuse('bad-value', `${name}Code`));
}
