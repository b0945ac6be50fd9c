import { shelfOf, type Company } from './company.ts';

/** Does several things as one: what was done is undone when a later one is refused. */
export function allOrNone<T>(company: Company, act: () => T): T {
  const before = [...company.shelves].map(([model, shelf]) => ({
    model,
    entities: [...shelf.values()].map((entity) => ({
      entity,
      version: entity.version,
      fields: entity.fields,
      changes: entity.changes.length,
    })),
  }));
  const series = [...company.series];
  const [sent, told] = [company.outbox.length, company.happenings.length];
  try {
    return act();
  } catch (error) {
    for (const shelf of company.shelves.values()) shelf.clear();
    for (const { model, entities } of before) {
      for (const { entity, version, fields, changes } of entities) {
        entity.version = version;
        entity.fields = fields;
        entity.changes.length = changes;
        shelfOf(company, model).set(entity.id, entity);
      }
    }
    company.series.clear();
    for (const [name, next] of series) company.series.set(name, next);
    company.outbox.length = sent;
    company.happenings.length = told;
    throw error;
  }
}
