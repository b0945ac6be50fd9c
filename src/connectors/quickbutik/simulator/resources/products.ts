import { found, notFound, type Answer } from '../api/answer.ts';
import { eachItem, isAsked, wholeIn, type Call, type Range, type Route } from '../api/call.ts';
import type { Product } from '../shop/product.ts';
import { productDetails, productStub } from '../wire/product.ts';
import { addProduct, deleteProduct, updateProduct } from './product-items.ts';

const LIMIT: Range = { min: 1, max: 500, usual: 100 };
const OFFSET: Range = { min: 0, max: Number.MAX_SAFE_INTEGER, usual: 0 };

/** `/products` in the old documentation: the latest, with few fields, whatever is asked for. */
const OLD_LIST = 50;

type Act = (call: Call, item: Parameters<typeof addProduct>[1]) => ReturnType<typeof addProduct>;

const itemwise =
  (act: Act) =>
  (call: Call): Answer =>
    eachItem(call, (item) => act(call, item));

export const PRODUCT_ROUTES: readonly Route[] = [
  {
    method: 'GET',
    path: '/v1/products/count',
    // The number is a text.
    act: ({ desk }) => found({ count: String(desk.shop.products.size) }),
  },
  { method: 'GET', path: '/v1/products', act: listProducts },
  { method: 'POST', path: '/v1/products', act: itemwise(addProduct) },
  { method: 'PUT', path: '/v1/products', act: itemwise(updateProduct) },
  { method: 'DELETE', path: '/v1/products', act: itemwise(deleteProduct) },
];

/** Of one `product_id` an object, of several or none a list. */
function listProducts(call: Call): Answer {
  const { query, choices, desk } = call;
  const ids = (query.get('product_id') ?? '').split(',').filter((id) => id !== '');
  const all = [...desk.shop.products.values()];
  const [only] = ids;
  if (only !== undefined && ids.length === 1) {
    const one = all.find(({ id }) => String(id) === only);
    if (!one) throw notFound();
    return found(productDetails(one));
  }
  if (ids.length === 0 && choices.productList === 'old') return found(latest(all).map(productStub));
  const asked = ids.length === 0 ? all : all.filter(({ id }) => ids.includes(String(id)));
  const offset = wholeIn(call, 'offset', OFFSET);
  const page = asked.slice(offset, offset + wholeIn(call, 'limit', LIMIT));
  if (page.length === 0 && choices.noProducts === 'not-found') throw notFound();
  const isDetailed = ids.length > 0 || isAsked(call, 'include_details');
  return found(page.map(isDetailed ? productDetails : productStub));
}

function latest(products: readonly Product[]): Product[] {
  return [...products].sort((a, b) => b.id - a.id).slice(0, OLD_LIST);
}
