import { readFileSync } from 'node:fs';
import { sharedPath } from '../src/testing/shared.ts';

/** Orders of a wholesaler of groceries, beside the repository. */
export const NORTHWIND = sharedPath('data', 'orders', 'northwind.json');

type Sample = {
  readonly orders: readonly {
    readonly OrderID: number;
    readonly CustomerID: string;
    readonly Freight: number;
    readonly lines: readonly {
      readonly ProductID: number;
      readonly UnitPrice: number;
      readonly Quantity: number;
      readonly Discount: number;
    }[];
  }[];
  readonly customers: readonly { readonly CustomerID: string; readonly CompanyName: string }[];
  readonly products: readonly { readonly ProductID: number; readonly ProductName: string }[];
};

const RATE_PERCENT = 25;

/** The sample as a shop of WooCommerce would give it: in Swedish kronor, with VAT at 25 %. */
export function shopOrders(most: number): string {
  const sample = JSON.parse(readFileSync(NORTHWIND, 'utf8')) as Sample; // As its source describes.
  const names = new Map(sample.customers.map((one) => [one.CustomerID, one.CompanyName]));
  const goods = new Map(sample.products.map((one) => [one.ProductID, one.ProductName]));
  const orders = sample.orders.slice(0, most).map((order, at) => {
    const items = order.lines.map((line, i) => ({
      id: i + 1,
      name: goods.get(line.ProductID) ?? '',
      sku: `NW-${line.ProductID}`,
      quantity: line.Quantity,
      ...taxed(Math.round(line.UnitPrice * line.Quantity * (1 - line.Discount) * 100)),
    }));
    const freight = { id: 99, method_title: 'Frakt', ...taxed(Math.round(order.Freight * 100)) };
    const ore = [...items, freight].reduce((sum, one) => sum + one.ore, 0);
    const day = `2026-06-${String(1 + (at % 28)).padStart(2, '0')}T12:00:00`;
    return {
      id: order.OrderID,
      number: String(order.OrderID),
      status: 'processing',
      currency: 'SEK',
      date_created: day,
      date_paid: day,
      total: kronor(ore),
      payment_method: 'card',
      payment_method_title: 'Kort',
      billing: {
        company: names.get(order.CustomerID) ?? order.CustomerID,
        address_1: 'Storgatan 1',
        postcode: '11122',
        city: 'Stockholm',
        country: 'SE',
        email: `${order.CustomerID.toLowerCase()}@example.test`,
      },
      line_items: items,
      shipping_lines: [freight],
      tax_lines: [{ rate_id: 1, rate_code: 'SE-MOMS-1', rate_percent: RATE_PERCENT }],
      _links: {
        self: [{ href: `https://shop.example.test/wp-json/wc/v3/orders/${order.OrderID}` }],
      },
    };
  });
  return JSON.stringify(orders);
}

/** Net and VAT of a line, each to the öre. */
function taxed(netOre: number) {
  const vatOre = Math.round((netOre * RATE_PERCENT) / 100);
  const total_tax = kronor(vatOre);
  const taxes = [{ id: 1, total: total_tax }];
  return { total: kronor(netOre), total_tax, taxes, ore: netOre + vatOre };
}

function kronor(ore: number): string {
  return (ore / 100).toFixed(2);
}
