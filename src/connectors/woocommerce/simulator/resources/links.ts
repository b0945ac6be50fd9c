import type { Json } from '../../../../lib/json.ts';
import type { Fields } from '../api/fields.ts';

/** What may be done with an object, as its link to itself says. */
export const CHANGEABLE = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;
export const LASTING = ['GET', 'POST', 'PUT', 'PATCH'] as const;
export const DELETABLE = ['GET', 'DELETE'] as const;

type Linked = {
  /** Address of the API. */
  readonly api: string;
  readonly collection: string;
  readonly id: number | string;
  readonly allow: readonly string[];
  readonly up?: string;
};

/** `_links` of an object, with what may be done with it. */
export function linksOf({ api, collection, id, allow, up }: Linked): Fields {
  const to = (path: string): Json => [{ href: `${api}/${path}` }];
  return {
    self: [{ href: `${api}/${collection}/${id}`, targetHints: { allow: [...allow] } }],
    collection: to(collection),
    ...(up === undefined ? {} : { up: to(up) }),
  };
}
