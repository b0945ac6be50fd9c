import { found, type Answer } from '../api/answer.ts';
import { eachItem, type Call, type Route } from '../api/call.ts';
import { ShopRefusal } from '../shop/shop.ts';
import { amountText } from '../wire/amounts.ts';
import { textOf, type Fields } from '../wire/fields.ts';

/** Small lists that settings are built from. Their rows stand in `results`. */
export const REGISTER_ROUTES: readonly Route[] = [
  { method: 'GET', path: '/v1/paymentmethods', act: listPaymentMethods },
  { method: 'GET', path: '/v1/shippingmethods', act: listShippingMethods },
  { method: 'GET', path: '/v1/categories', act: listCategories },
  {
    method: 'POST',
    path: '/v1/categories',
    act: (call) => eachItem(call, (item) => addCategory(call, item)),
  },
];

function listPaymentMethods({ desk }: Call): Answer {
  const results = desk.shop.paymentMethods.map(({ methodId, customerType }) => ({
    method_id: methodId,
    customer_type: customerType,
  }));
  return found({ results });
}

function listShippingMethods({ desk }: Call): Answer {
  const results = desk.shop.shippingMethods.map((method) => ({
    id: method.id,
    title: method.title,
    description: method.description,
    active: method.active,
    price: amountText(method.priceOre),
    price_basedon: method.priceBasedon,
    countries: method.countries,
  }));
  return found({ results });
}

/** Fields of a category are not documented where it could be read: its number and its name. */
function listCategories({ desk }: Call): Answer {
  return found([...desk.shop.categories].map(([id, name]) => ({ id: String(id), name })));
}

function addCategory({ desk: { shop } }: Call, item: Fields): Fields {
  const name = textOf(item, 'name');
  if (name === '') throw new ShopRefusal('name is missing');
  const id = shop.next.category;
  shop.next.category += 1;
  shop.categories.set(id, name);
  return { category_id: String(id) };
}
