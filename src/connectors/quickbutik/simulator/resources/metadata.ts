import { found, notFound, type Answer } from '../api/answer.ts';
import { objectIn, type Call, type Method, type Route } from '../api/call.ts';
import { isFields, textOf } from '../wire/fields.ts';

type Kind = 'order' | 'product';

/**
 * `/v1/metadata/order/{id}` and `/v1/metadata/product/{id}`: flat texts by name. POST and PUT are
 * not told apart in what is known: both set the names that are sent and leave the others.
 */
export const METADATA_ROUTES: readonly Route[] = (['order', 'product'] as const).flatMap((kind) => [
  route('GET', kind, (call) => readAll(call, kind)),
  route('POST', kind, (call) => write(call, kind)),
  route('PUT', kind, (call) => write(call, kind)),
]);

function route(method: Method, kind: Kind, act: Route['act']): Route {
  return { method, path: `/v1/metadata/${kind}/{id}`, act };
}

function readAll(call: Call, kind: Kind): Answer {
  const metadata = metadataOf(call, kind);
  if (metadata.size > 0) return found(Object.fromEntries(metadata));
  if (call.choices.noMetadata === 'not-found') throw notFound();
  return found(call.choices.noMetadata === 'list' ? [] : {});
}

function write(call: Call, kind: Kind): Answer {
  const metadata = metadataOf(call, kind);
  const fields = objectIn(call);
  const nested = Object.entries(fields).filter(
    ([, value]) => isFields(value) || Array.isArray(value),
  );
  if (nested.length > 0) {
    return found({ success: false, errors: nested.map(([name]) => `${name} is not a text`) });
  }
  for (const name of Object.keys(fields)) metadata.set(name, textOf(fields, name));
  return found({ success: true, errors: [] });
}

function metadataOf({ desk, params }: Call, kind: Kind): Map<string, string> {
  const { orders, products } = desk.shop;
  const owner = (kind === 'order' ? orders : products).get(Number(params[0]));
  if (!owner) throw notFound();
  return owner.metadata;
}
