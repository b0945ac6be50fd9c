import { oreOf, vatOn } from '../wire/amounts.ts';
import { numberOf, textOf, type Fields } from '../wire/record.ts';
import { refuse } from '../wire/refusals.ts';

/** Kinds of house work, by the tax reduction they belong to. */
const TYPES: Readonly<Record<string, readonly string[]>> = {
  rot: [
    'CONSTRUCTION',
    'ELECTRICITY',
    'GLASSMETALWORK',
    'GROUNDDRAINAGEWORK',
    'MASONRY',
    'PAINTINGWALLPAPERING',
    'HVAC',
  ],
  rut: [
    'MAJORAPPLIANCEREPAIR',
    'MOVINGSERVICES',
    'ITSERVICES',
    'CLEANING',
    'TEXTILECLOTHING',
    'SNOWPLOWING',
    'GARDENING',
    'BABYSITTING',
    'OTHERCARE',
    'HOMEMAINTENANCE',
    'FURNISHING',
    'TRANSPORTATIONSERVICES',
    'WASHINGANDCAREOFCLOTHING',
  ],
  green: ['SOLARCELLS', 'STORAGESELFPRODUCEDELECTRICITY', 'CHARGINGSTATIONELECTRICVEHICLE'],
};

const ENDED = ['COOKING', 'TUTORING'];
const OTHER_COSTS = 'OTHERCOSTS';

export const HOUSE_WORK_TYPES = [...Object.values(TYPES).flat(), ...ENDED, OTHER_COSTS].join('|');

/** @throws Refused when a row's house work does not go with the document's tax reduction */
export function checkHouseWork(document: Fields, rows: readonly Fields[]): void {
  const reduction = textOf(document, 'TaxReductionType');
  for (const row of rows) {
    const type = textOf(row, 'HouseWorkType');
    if (type === '') continue;
    if (type === OTHER_COSTS) {
      if (row['HouseWork'] === true) refuse('house-work-other-costs');
      continue;
    }
    if (ENDED.includes(type)) refuse('house-work-ended');
    const allowed = TYPES[reduction];
    if (allowed && !allowed.includes(type)) refuse('house-work-wrong-type', reduction, type);
  }
}

/** What a tax reduction is reckoned on, in öre: house work rows with VAT. */
export function houseWorkBasisOre(rows: readonly Fields[], isVatIncluded: boolean): number {
  let basis = 0;
  for (const row of rows) {
    if (row['HouseWork'] !== true) continue;
    const ore = oreOf(numberOf(row, 'Total'));
    basis += isVatIncluded ? ore : ore + vatOn(ore, numberOf(row, 'VAT'));
  }
  return basis;
}
