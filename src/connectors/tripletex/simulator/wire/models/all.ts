import { present } from '../../../../../lib/assert.ts';
import type { Model } from '../model.ts';
import { COMPANY_MODELS } from './company.ts';
import { LEDGER_MODELS } from './ledger.ts';
import { REGISTERS_MODELS } from './registers.ts';
import { SALES_MODELS } from './sales.ts';

/** Every kind of object the simulator keeps or shows, by name. */
export const MODELS: ReadonlyMap<string, Model> = new Map(
  [...COMPANY_MODELS, ...LEDGER_MODELS, ...REGISTERS_MODELS, ...SALES_MODELS].map((one) => [
    one.name,
    one,
  ]),
);

/** @throws InvariantError for a name that no model has */
export function modelOf(name: string): Model {
  return present(MODELS.get(name), `the model ${name}`);
}
