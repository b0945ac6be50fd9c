import type { Address, Party } from '../../../domain/document/party.ts';
import { short } from '../ubl/line.ts';
import { nodeAt, nodesAt, textAt, type UblNode } from '../ubl/node.ts';

/** The seller or the buyer. @param holder - null when the document names none */
export function partyOf(holder: UblNode | null): Party {
  const party = holder === null ? null : nodeAt(holder, 'cac:Party');
  const legal = party === null ? null : nodeAt(party, 'cac:PartyLegalEntity');
  return {
    name: short(textAt(legal, 'cbc:RegistrationName')),
    orgNumber: orgNumberOf(textAt(legal, 'cbc:CompanyID')),
    vatNumber: party === null ? null : vatNumberOf(party),
    endpoint: party === null ? null : endpointOf(party),
    address: party === null ? null : addressOf(party),
    email: textOrNull(short(textAt(party, 'cac:Contact', 'cbc:ElectronicMail'))),
  };
}

/** What tells a party from others: its number, else its VAT number, its address, its name. */
export function identityOf({ orgNumber, vatNumber, endpoint, name }: Party): string {
  return orgNumber ?? vatNumber ?? endpoint ?? name;
}

/** `556036-0793` and `NO 987 654 325 MVA` are numbers; `GB983294` is a register of its own. */
function orgNumberOf(text: string): string | null {
  const digits = text.replaceAll(/[\s.-]/g, '').replace(/^NO(?=\d{9})|MVA$/g, '');
  return /^\d+$/.test(digits) ? digits : null;
}

/** The number under the scheme `VAT`; under others stands such as `Godkänd för F-skatt`. */
function vatNumberOf(party: UblNode): string | null {
  const schemes = nodesAt(party, 'cac:PartyTaxScheme');
  const vat = schemes.find((scheme) => textAt(scheme, 'cac:TaxScheme', 'cbc:ID') === 'VAT');
  const number = textAt(vat ?? null, 'cbc:CompanyID');
  return textOrNull(number.replaceAll(/[\s.-]/g, '').toUpperCase());
}

function endpointOf(party: UblNode): string | null {
  const endpoint = nodeAt(party, 'cbc:EndpointID');
  const number = endpoint?.text.trim() ?? '';
  const scheme = endpoint?.attributes.get('schemeID') ?? '';
  if (number === '') return null;
  return scheme === '' ? number : `${scheme}:${number}`;
}

function addressOf(party: UblNode): Address | null {
  const address = nodeAt(party, 'cac:PostalAddress');
  if (address === null) return null;
  const street = [
    textAt(address, 'cbc:StreetName'),
    textAt(address, 'cbc:AdditionalStreetName'),
    textAt(address, 'cac:AddressLine', 'cbc:Line'),
  ];
  return {
    street: short(street.filter((line) => line !== '').join(', ')),
    postcode: short(textAt(address, 'cbc:PostalZone')),
    city: short(textAt(address, 'cbc:CityName')),
    country: short(textAt(address, 'cac:Country', 'cbc:IdentificationCode')),
  };
}

/** Null for what stands empty: it was not said. */
export function textOrNull(text: string): string | null {
  return text === '' ? null : text;
}
