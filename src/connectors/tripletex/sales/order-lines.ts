import type { BasisPoints } from '../../../domain/vat/rates.ts';
import type { Write } from '../../../ports/target.ts';
import type { OrderLine } from './orders.ts';
import { productWrite } from './products.ts';

/** A line as it is wanted: which product it is of is found out with all others of its order. */
export type WantedLine = Pick<OrderLine, 'text' | 'count' | 'price'> & {
  /** The number of its product; null: it has none of its own. */
  readonly article: string | null;
  readonly account: string;
  readonly rate: BasisPoints;
  /** The number of its VAT code. */
  readonly vat: string;
};

/**
 * The lines of an order, and one write for each product that they name.
 *
 * A line of Tripletex has no account: its sale is booked on that of its product. So a line of an
 * invoice that has no product of its own is of one that stands for its account and VAT code.
 */
export function orderLines(
  id: string,
  wanted: readonly WantedLine[],
  of: { readonly hasProject: boolean; readonly isBooked: boolean },
): { readonly writes: readonly Write[]; readonly lines: readonly OrderLine[] } {
  const writeOf = new Map<string, string>();
  const writes: Write[] = [];
  const booked = of.isBooked ? ({ isBooked: true } as const) : {};
  const lines = wanted.map((line): OrderLine => {
    const { text, count, price, vat, account, rate } = line;
    const article = line.article ?? (of.isBooked ? carrierOf(line) : null);
    if (article === null) return { product: null, text, count, price, vat };
    const known = writeOf.get(article);
    const product = known ?? `${id}.article-${writeOf.size + 1}`;
    if (known === undefined) {
      writeOf.set(article, product);
      const name = line.article === null ? `Salg, konto ${account}` : text;
      const mustBe = of.hasProject ? rate : null;
      writes.push(productWrite(product, { article, name, vat, account, rate: mustBe, ...booked }));
    }
    // Lines of an order with a project may be refused a code of their own: the product's is used.
    return { product, text, count, price, vat: of.hasProject ? null : vat };
  });
  return { writes, lines };
}

/** The product that stands for an account and a VAT code. */
function carrierOf({ account, vat }: WantedLine): string {
  return `bokbro-${account}-${vat}`;
}
