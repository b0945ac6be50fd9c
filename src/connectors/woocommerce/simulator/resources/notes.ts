import { json, type Answer } from '../api/answer.ts';
import { idAt, type Call, type Route } from '../api/call.ts';
import { flagOf, textOf, type Fields } from '../api/fields.ts';
import { badChoice } from '../api/listing.ts';
import { invalidParameters, missingParameters, refuse } from '../api/refusal.ts';
import { addNote } from '../shop/notes.ts';
import type { Note, Order } from '../shop/order.ts';
import { routesOf } from './batch.ts';
import { noteFields, styleOf } from './order-wire.ts';

export const NOTE_ROUTES: readonly Route[] = routesOf({
  path: 'orders/{order}/notes',
  shapes: { note: 'string', customer_note: 'boolean', added_by_user: 'boolean' },
  list: listNotes,
  read: (call, id) => write(call, noteAt(call, id)),
  create: createNote,
  remove: removeNote,
});

function parentOf(call: Call): Order {
  const order = call.shop.orders.get(idAt(call));
  return order ?? refuse(404, 'woocommerce_rest_order_invalid_id', 'Invalid order ID.');
}

function noteAt(call: Call, id: number): Note {
  const note = parentOf(call).notes.find((one) => one.id === id);
  return note ?? refuse(404, 'woocommerce_rest_invalid_id', 'Invalid resource ID.');
}

function write(call: Call, note: Note): Fields {
  return noteFields(note, parentOf(call), styleOf(call));
}

/** All of them, newest first: notes are not paged. */
function listNotes(call: Call): Answer {
  const type = call.query.get('type') ?? 'any';
  const bad = badChoice('type', type, ['any', 'customer', 'internal']);
  if (bad) throw invalidParameters([bad]);
  const notes = parentOf(call).notes.filter(
    ({ isForCustomer }) => type === 'any' || isForCustomer === (type === 'customer'),
  );
  return json([...notes].reverse().map((note) => write(call, note)));
}

/** Nothing else of the order changes, and no hook is called. */
function createNote(call: Call, body: Fields): Fields {
  const order = parentOf(call);
  if (textOf(body, 'note') === '') throw missingParameters(['note']);
  const note = addNote(call, order, {
    text: textOf(body, 'note'),
    author: flagOf(body, 'added_by_user') ? 'admin' : 'WooCommerce',
    isForCustomer: flagOf(body, 'customer_note'),
  });
  return write(call, note);
}

function removeNote(call: Call, id: number, isForced: boolean): Fields {
  const note = noteAt(call, id);
  if (!isForced) {
    // It says webhooks of notes too.
    const text = 'Webhooks do not support trashing.';
    refuse(501, 'woocommerce_rest_trash_not_supported', text);
  }
  const fields = write(call, note);
  const { notes } = parentOf(call);
  notes.splice(notes.indexOf(note), 1);
  return fields;
}
