import { amountOf, type Amount } from '../arithmetic/amount.ts';
import type { Fields } from '../api/fields.ts';
import type { Meta } from './meta.ts';

/** A product, or a variation of one: variations have a parent. */
export type Product = {
  readonly id: number;
  readonly parentId: number;
  readonly type: 'simple' | 'variable' | 'variation' | 'grouped' | 'external';
  name: string;
  slug: string;
  status: string;
  sku: string;
  globalUniqueId: string;
  /** As text, with as many decimals as were entered; empty for no price. */
  regularPrice: string;
  salePrice: string;
  taxStatus: 'taxable' | 'shipping' | 'none';
  /** Slug; empty for the standard class. A variation may have `parent`. */
  taxClass: string;
  isVirtual: boolean;
  isDownloadable: boolean;
  managesStock: boolean;
  stockQuantity: number | null;
  stockStatus: 'instock' | 'outofstock' | 'onbackorder';
  backorders: 'no' | 'notify' | 'yes';
  totalSales: number;
  attributes: readonly Fields[];
  readonly createdMs: number;
  modifiedMs: number;
  readonly meta: Meta[];
  /** Fields that are kept and shown as they came, and mean nothing to this shop. */
  other: Fields;
};

export type NewProduct = {
  readonly id?: number;
  readonly type?: Product['type'];
  readonly parentId?: number;
  readonly name: string;
  readonly sku?: string;
  readonly regularPrice?: string;
  readonly salePrice?: string;
  readonly status?: string;
  readonly taxStatus?: Product['taxStatus'];
  readonly taxClass?: string;
  readonly isVirtual?: boolean;
  readonly isDownloadable?: boolean;
  /** Given: the product's stock is managed. */
  readonly stockQuantity?: number;
  readonly backorders?: Product['backorders'];
  readonly attributes?: readonly Fields[];
};

/** An ampersand is written as an entity, as WordPress keeps titles. */
export function titleOf(name: string): string {
  return name.replaceAll(/&(?!#?\w+;)/g, '&amp;');
}

/** What one piece costs now, as it was entered: with or without tax as the shop has set. */
export function priceOf(product: Product): Amount {
  return amountOf(product.salePrice === '' ? product.regularPrice : product.salePrice);
}

/** `Bordslampa Åsa – mässing` is `bordslampa-asa-massing`. */
export function slugOf(name: string): string {
  const plain = name.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
  return plain.replaceAll(/[^a-z0-9]+/g, '-').replaceAll(/^-|-$/g, '');
}
