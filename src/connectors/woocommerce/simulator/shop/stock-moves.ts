import { addNote } from './notes.ts';
import { optionOf } from './options.ts';
import { linesOf, type LineItem, type Order } from './order.ts';
import { changeStock, stockHolder } from './products.ts';
import type { Product } from './product.ts';
import { metaOf } from './meta.ts';
import { nextId, type Scene, type Shop } from './shop.ts';

/** The line's own memory of what was taken from the shelf for it. */
const TAKEN = '_reduced_stock';

/** Takes an order's goods from the shelf, once. */
export function takeStock(scene: Scene, order: Order): void {
  const { shop } = scene;
  if (order.hasReducedStock || optionOf(shop, 'woocommerce_manage_stock') !== 'yes') return;
  order.hasReducedStock = true;
  const moved: string[] = [];
  for (const line of linesOf(order)) {
    const holder = holderOf(shop, line);
    if (!holder || metaOf(line.meta, TAKEN) !== undefined) continue;
    const before = holder.stockQuantity ?? 0;
    changeStock(scene, holder, before - line.quantity);
    line.meta.push({ id: nextId(shop, 'meta'), key: TAKEN, value: String(line.quantity) });
    moved.push(`${line.name} (${before}&rarr;${before - line.quantity})`);
  }
  if (moved.length > 0) addNote(scene, order, `Stock levels reduced: ${moved.join(', ')}`);
}

/** Puts an order's goods back: it was cancelled, or waits for its payment again. */
export function returnStock(scene: Scene, order: Order): void {
  if (!order.hasReducedStock) return;
  order.hasReducedStock = false;
  const moved: string[] = [];
  for (const line of linesOf(order)) {
    const taken = takenFor(line);
    const holder = holderOf(scene.shop, line);
    if (!holder || taken === 0) continue;
    const before = holder.stockQuantity ?? 0;
    changeStock(scene, holder, before + taken);
    forget(line);
    moved.push(`${line.name} (${before}&rarr;${before + taken})`);
  }
  if (moved.length > 0) addNote(scene, order, `Stock levels increased: ${moved.join(', ')}`);
}

/** Puts back the pieces of a line that were refunded, as far as they had been taken. */
export function restock(scene: Scene, order: Order, back: { line: LineItem; count: number }): void {
  const { line, count } = back;
  const holder = holderOf(scene.shop, line);
  const taken = takenFor(line);
  if (!holder || taken === 0 || count <= 0) return;
  const before = holder.stockQuantity ?? 0;
  changeStock(scene, holder, before + count);
  const at = line.meta.findIndex(({ key }) => key === TAKEN);
  const known = line.meta[at];
  if (known) line.meta[at] = { ...known, value: String(taken - count) };
  const text = `Item #${line.productId} stock increased from ${before} to ${before + count}.`;
  addNote(scene, order, text);
}

function holderOf(shop: Shop, line: LineItem): Product | null {
  const product = shop.products.get(line.variationId || line.productId);
  const holder = product ? stockHolder(shop, product) : null;
  return holder?.managesStock ? holder : null;
}

function takenFor(line: LineItem): number {
  return Number(metaOf(line.meta, TAKEN) ?? 0);
}

function forget(line: LineItem): void {
  const at = line.meta.findIndex(({ key }) => key === TAKEN);
  if (at >= 0) line.meta.splice(at, 1);
}
