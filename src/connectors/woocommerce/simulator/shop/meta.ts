import type { Json } from '../../../../lib/json.ts';

/** A key and value that plugins keep with an object. */
export type Meta = { readonly id: number; readonly key: string; readonly value: MetaValue };

export type MetaValue = Json;

export function metaOf(metas: readonly Meta[], key: string): MetaValue | undefined {
  return metas.find((meta) => meta.key === key)?.value;
}
