import { entitiesOf } from '../company/company.ts';
import type { Entity } from '../company/shelf.ts';
import { isSet, textOf, type Fields } from '../wire/record.ts';
import { invalid, type Problem } from '../wire/refusals.ts';
import type { Draft } from './register.ts';

/** A problem for each of the fields that is not filled in. */
export function required(fields: Fields, names: readonly string[]): Problem[] {
  return names
    .filter((name) => !isSet(fields, name))
    .map((field) => ({ field, sentence: 'required' }));
}

/** Whether another object of the same kind has the same value in a field. */
export function isTaken({ call, fields, kept }: Draft, model: string, name: string): boolean {
  if (!isSet(fields, name)) return false;
  const wanted = textOf(fields, name).toLowerCase();
  return entitiesOf(call.company, model).some(
    (one) => one !== kept && textOf(one.fields, name).toLowerCase() === wanted,
  );
}

/** Refuses with the list in HTML that Tripletex answers: what still refers to the object. */
export function refuseUsed(uses: readonly (readonly [isUsed: boolean, text: string])[]): void {
  const texts = uses.filter(([isUsed]) => isUsed).map(([, text]) => `<li>${text}</li>`);
  if (texts.length > 0) invalid('@id', 'in-use', `<ul>${texts.join('\n')}</ul>`);
}

/** Whether any object of a kind points at another by a field. */
export function isReferred(
  among: readonly Entity[],
  { by, to }: { readonly by: string; readonly to: Entity },
): boolean {
  return among.some(({ fields }) => fields[by] === to.id);
}
