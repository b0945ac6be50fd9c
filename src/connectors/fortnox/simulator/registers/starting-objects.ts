import { put } from '../tenant/shelf.ts';
import type { Objects } from '../tenant/seed.ts';
import type { Tenant } from '../tenant/tenant.ts';
import { textOf } from '../wire/record.ts';
import { REGISTERS } from './all.ts';
import { keepPrice } from './prices.ts';

/** What every company has from the start. */
const STARTING_OBJECTS: Objects = {
  termsofpayments: [
    { Code: '0', Description: 'Kontant' },
    { Code: '10', Description: '10 dagar netto' },
    { Code: '15', Description: '15 dagar netto' },
    { Code: '20', Description: '20 dagar netto' },
    { Code: '30', Description: '30 dagar netto' },
    { Code: 'AG', Description: 'Autogiro' },
    { Code: 'K', Description: 'Kontant' },
    { Code: 'PF', Description: 'Postförskott' },
  ],
  termsofdeliveries: [{ Code: 'FVL', Description: 'Fritt vårt lager', DescriptionEnglish: 'EXW' }],
  wayofdeliveries: [
    { Code: 'B', Description: 'Brev', DescriptionEnglish: 'Letter' },
    { Code: 'P', Description: 'Posten', DescriptionEnglish: 'Mail' },
  ],
  modesofpayments: [
    { Code: 'BG', Description: 'Bankgiro', AccountNumber: '1930' },
    { Code: 'KK', Description: 'Kontokort', AccountNumber: '1580' },
    { Code: 'K', Description: 'Kontant', AccountNumber: '1910' },
    { Code: 'PG', Description: 'Plusgiro', AccountNumber: '1920' },
  ],
  units: [
    { Code: 'förp', Description: 'Förpackning', CodeEnglish: 'pkg' },
    { Code: 'h', Description: 'Timmar', CodeEnglish: 'h' },
    { Code: 'km', Description: 'Kilometer', CodeEnglish: 'km' },
    { Code: 'st', Description: 'Styck', CodeEnglish: 'pcs' },
    { Code: 'utl', Description: 'Utlägg', CodeEnglish: 'exp' },
  ],
  pricelists: [{ Code: 'A', Description: 'Prislista A', Comments: null, PreSelected: true }],
  printtemplates: [
    { Template: 'st', Name: 'Standard' },
    { Template: 'oc', Name: 'Orderbekräftelse' },
    { Template: 'off', Name: 'Offert' },
  ],
  currencies: [
    { Code: 'SEK', Description: 'Svensk krona' },
    { Code: 'EUR', Description: 'Euro', BuyRate: 11.25, SellRate: 11.25, IsAutomatic: true },
  ],
};

export function keepStartingObjects(tenant: Tenant, atMs: number): void {
  keepObjects(tenant, STARTING_OBJECTS, atMs);
}

/** Puts objects into registers unchecked: a seed is trusted to be right. */
export function keepObjects(tenant: Tenant, objects: Objects, atMs: number): void {
  for (const { shelf, key, defaults } of REGISTERS) {
    for (const given of objects[shelf] ?? []) {
      put(tenant.shelves[shelf], textOf(given, key), { fields: { ...defaults, ...given }, atMs });
    }
  }
  for (const fields of objects.prices ?? []) keepPrice(tenant, fields, atMs);
}
