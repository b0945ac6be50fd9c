import type { Filter } from '../wire/fields-filter.ts';
import { EVERYTHING } from '../wire/fields-filter.ts';
import type { FieldRule, Model } from '../wire/model.ts';
import { modelOf, MODELS } from '../wire/models/all.ts';
import type { Fields, Value } from '../wire/record.ts';
import { entityOf, type Company } from './company.ts';
import { derivedOf } from './derived.ts';
import type { Entity } from './shelf.ts';

/** Where the real system's objects have their address, without a scheme as it writes them. */
const HOME = 'tripletex.no/v2';

/** An object as it goes over the wire. References are links unless the filter opens them. */
export function show(company: Company, entity: Entity, filter: Filter = EVERYTHING): Fields {
  const model = modelOf(entity.model);
  const whole: Fields = {
    ...entity.fields,
    ...derivedOf(company, entity),
    id: entity.id,
    version: entity.version,
    changes: entity.changes.map((one) => ({ ...one })),
    url: urlOf(model, entity.id),
  };
  const shown: Record<string, Value> = {};
  for (const [name, rule] of model.fields) {
    const asked = filter.named.get(name);
    if (asked === undefined && (!filter.all || rule.isOnDemand)) continue;
    shown[name] = showValue(company, whole[name] ?? null, { rule, inner: asked ?? null });
  }
  return shown;
}

/** Something that is made for one answer and never kept, such as a sum of the ledger. */
export function showLoose(
  company: Company,
  loose: { readonly model: string; readonly fields: Fields },
  filter: Filter = EVERYTHING,
): Fields {
  const { model, fields } = loose;
  return show(company, { id: 0, model, version: 0, fields, createdAtMs: 0, changes: [] }, filter);
}

type Way = { readonly rule: FieldRule; readonly inner: Filter | null };

function showValue(company: Company, value: Value, { rule, inner }: Way): Value {
  const { kind } = rule;
  if (kind.kind === 'one') return showReference(company, value, { model: kind.model, inner });
  if (kind.kind !== 'many') return value;
  const list: readonly Value[] = Array.isArray(value) ? value : [];
  return list.map((one) => showReference(company, one, { model: kind.model, inner }));
}

/** What is no id is shown as it is kept. */
function showReference(
  company: Company,
  value: Value,
  { model, inner }: { readonly model: string; readonly inner: Filter | null },
): Value {
  if (typeof value !== 'number') return value;
  const target = MODELS.get(model);
  const entity = entityOf(company, model, value);
  if (target === undefined || entity === null) return null;
  return inner === null ? { id: value, url: urlOf(target, value) } : show(company, entity, inner);
}

function urlOf(model: Model, id: number): string {
  return `${HOME}/${model.path}/${id}`;
}
