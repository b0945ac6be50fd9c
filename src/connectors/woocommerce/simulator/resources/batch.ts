import { json, type Answer } from '../api/answer.ts';
import { created } from '../api/answer.ts';
import { idAt, type Call, type Route } from '../api/call.ts';
import { isFields, numberOf, textOf, type Fields } from '../api/fields.ts';
import { answerOne, chosenFields } from '../api/listing.ts';
import { checkBody, type Shapes } from '../api/read-body.ts';
import { bodyOf, refuse, Refused } from '../api/refusal.ts';

/** How many objects one call may make, change and delete. */
const BATCH_MAX = 100;

/** What can be done with the objects of a collection, each by itself. */
export type Collection = {
  /** Behind `/wc/v3/`, with parts in braces where it belongs to something. */
  readonly path: string;
  readonly shapes: Shapes;
  readonly list?: (call: Call) => Answer;
  readonly read: (call: Call, id: number) => Fields;
  readonly create?: (call: Call, body: Fields) => Fields;
  readonly update?: (call: Call, id: number, body: Fields) => Fields;
  /** Answers with what was deleted, as it was. */
  readonly remove?: (call: Call, id: number, isForced: boolean) => Fields;
  readonly hasBatch?: boolean;
};

/** The operations of a collection. */
export function routesOf(collection: Collection): Route[] {
  const { path, list, read, shapes } = collection;
  const at = path.split('{').length - 1;
  const routes: Route[] = [
    {
      method: 'GET',
      path: `/${path}/{id}`,
      act: (call) => answerOne(call, read(call, idAt(call, at))),
    },
  ];
  if (list) routes.push({ method: 'GET', path: `/${path}`, act: list });
  const { create, update, remove } = collection;
  if (create) {
    routes.push({
      method: 'POST',
      path: `/${path}`,
      act: (call) => {
        checkBody(call.body, shapes);
        const fields = create(call, call.body);
        const url = `${call.api}${call.path}/${textOf(fields, 'id')}`;
        return created(chosenFields(call.query, fields), url);
      },
    });
  }
  if (update) {
    routes.push({
      method: 'PUT',
      path: `/${path}/{id}`,
      act: (call) => {
        checkBody(call.body, shapes);
        return answerOne(call, update(call, idAt(call, at), call.body));
      },
    });
  }
  if (remove) {
    routes.push({
      method: 'DELETE',
      path: `/${path}/{id}`,
      act: (call) => answerOne(call, remove(call, idAt(call, at), isForced(call))),
    });
  }
  if (collection.hasBatch) {
    routes.push({ method: 'POST', path: `/${path}/batch`, act: (call) => batch(call, collection) });
  }
  return routes;
}

function isForced(call: Call): boolean {
  const asked = call.body['force'] ?? call.query.get('force');
  return asked === true || asked === 'true' || asked === '1' || asked === 1;
}

/**
 * Makes, changes and deletes, in this order. What goes wrong with one object is told in its place,
 * in an answer that says 200. Bodies are not held against the schema here, as elsewhere they are.
 */
function batch(call: Call, { create, update, remove }: Collection): Answer {
  const asked = (name: string): readonly unknown[] => {
    const value = call.body[name];
    return Array.isArray(value) ? value : [];
  };
  const [made, changed, deleted] = [asked('create'), asked('update'), asked('delete')];
  if (made.length + changed.length + deleted.length > BATCH_MAX) {
    const text = `Unable to accept more than ${BATCH_MAX} items for this request.`;
    refuse(413, 'woocommerce_rest_request_entity_too_large', text);
  }
  const answer: Fields = {};
  if (made.length > 0 && create) {
    answer['create'] = made.map((one) => attempt(0, () => create(call, fieldsOf(one))));
  }
  if (changed.length > 0 && update) {
    answer['update'] = changed.map((one) => {
      const body = fieldsOf(one);
      const id = numberOf(body, 'id');
      return attempt(id, () => update(call, id, body));
    });
  }
  if (deleted.length > 0 && remove) {
    answer['delete'] = deleted.map((one) => {
      const id = Number(one);
      return attempt(id, () => remove(call, id, true));
    });
  }
  return json(answer);
}

function attempt(id: number, act: () => Fields): Fields {
  try {
    return act();
  } catch (error) {
    if (error instanceof Refused) return { id, error: bodyOf(error) };
    throw error;
  }
}

function fieldsOf(value: unknown): Fields {
  return isFields(value) ? value : {};
}
