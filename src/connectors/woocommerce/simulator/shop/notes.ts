import type { Note, Order } from './order.ts';
import { nextId, type Scene } from './shop.ts';

/** Writes a note on an order. It changes nothing else: no date, and nobody is told. */
export function addNote(
  scene: Scene,
  order: Order,
  text:
    | string
    | { readonly text: string; readonly author: string; readonly isForCustomer: boolean },
): Note {
  const said =
    typeof text === 'string' ? { text, author: 'WooCommerce', isForCustomer: false } : text;
  const note: Note = { id: nextId(scene.shop, 'note'), atMs: scene.nowMs, ...said };
  order.notes.push(note);
  return note;
}
