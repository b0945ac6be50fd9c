import type { ShopSeed } from './seed.ts';

/**
 * A Swedish shop that sells food, for demonstrations: food at 6 % (from 1 April 2026), a cook book
 * at 6 %, a kitchen thing at 25 %, and a gift card that is not taxed until it is used.
 */
export const FOOD_SHOP: ShopSeed = {
  name: 'Kryddboden',
  products: [
    food({
      sku: 'KNACKE-500',
      name: 'Surdegsknäcke 500 g',
      regularPrice: '54.00',
      stockQuantity: 120,
    }),
    food({ sku: 'LINGON-400', name: 'Lingonsylt 400 g', regularPrice: '49.00', stockQuantity: 80 }),
    food({
      sku: 'SENAP-200',
      name: 'Skånsk senap 200 g',
      regularPrice: '39.90',
      stockQuantity: 64,
    }),
    food({ sku: 'OST-VBO', name: 'Lagrad ost i bit', regularPrice: '129.00', stockQuantity: 25 }),
    food({ sku: 'KAFFE-450', name: 'Kokkaffe 450 g', regularPrice: '89.50', stockQuantity: 200 }),
    {
      sku: 'BOK-HUSMAN',
      name: 'Husmanskost & annat gott',
      regularPrice: '249.00',
      taxClass: 'moms-6',
      stockQuantity: 12,
    },
    {
      sku: 'OSTHYVEL',
      name: 'Osthyvel i rostfritt stål',
      regularPrice: '119.00',
      salePrice: '99.00',
      stockQuantity: 40,
    },
    {
      sku: 'PRESENT-500',
      name: 'Presentkort 500 kr',
      regularPrice: '500.00',
      taxStatus: 'none',
      isVirtual: true,
    },
  ],
  coupons: [
    { code: 'tio', type: 'percent', amount: '10' },
    { code: 'hundra', type: 'fixed_cart', amount: '100' },
  ],
  customers: [
    {
      email: 'kund@example.test',
      firstName: 'Örjan',
      lastName: 'Åkerblom',
      username: 'orjan',
      billing: {
        first_name: 'Örjan',
        last_name: 'Åkerblom',
        address_1: 'Ängsvägen 5',
        city: 'Malmö',
        postcode: '211 20',
        country: 'SE',
        email: 'kund@example.test',
      },
    },
  ],
};

type Product = NonNullable<ShopSeed['products']>[number];

function food(product: Product): Product {
  return { ...product, taxClass: 'moms-6' };
}
