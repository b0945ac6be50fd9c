import { jsonIn } from '../../lib/json.ts';
import type { Article } from '../../domain/document/article.ts';
import { SeenDocuments } from '../../domain/document/seen-documents.ts';
import { refKey } from '../../domain/document/source-ref.ts';
import type { Order, Refund } from '../../domain/document/sale.ts';
import type { Refusal } from '../../domain/refusal.ts';
import { readJsonValues, type JsonValue } from '../../lib/json-values.ts';
import { jsonProblem, unknownJson } from '../../ports/json-problem.ts';
import type { FileSource, Problem, Reading } from '../../ports/source.ts';
import { DEPTH_MAX, ORDER_BYTES_MAX } from './limits.ts';
import { readOrder, SYSTEM, type TaxRates } from './order/order.ts';
import { readRefund, type Doubted } from './order/refund.ts';
import { productBundle, readProducts, type ProductBundle } from './product/product.ts';
import { boundProblems, problemAt, rejected } from '../../ports/problem.ts';
import type { QbSettings } from './settings.ts';
import { bundleSchema, orderSchema, type QbOrder } from './wire.ts';

/** What a file is expected to be. */
const EXPECTED = 'Quickbutik: [order, …] with include_details, or {order, taxRates}';

/**
 * Files with what the API gives of orders: an array of them, or one; each by itself or, as they are
 * fetched, with the VAT rates that its articles have (`{order, taxRates}`).
 *
 * What stands in a file never throws. What opening or reading the file itself throws goes on to the
 * caller.
 */
export function quickbutikFiles(settings: QbSettings): FileSource {
  return {
    async *read(file) {
      const readings = new Readings(settings);
      const limits = { bytesMax: ORDER_BYTES_MAX, depthMax: DEPTH_MAX };
      for await (const item of readJsonValues(file.open(), limits)) {
        const problem = jsonProblem(item, EXPECTED);
        if (problem !== null) return yield rejected(problem);
        if (item.kind === 'value') yield* readings.take(item.value);
        if (readings.isForeign) return yield rejected(unknownJson('', EXPECTED));
      }
      if (!readings.isOurs) yield rejected(unknownJson('[]', EXPECTED));
    },
  };
}

/** The readings of one file, each document once. */
class Readings {
  /** Nothing in the file so far has been an order. */
  isForeign = false;
  isOurs = false;
  readonly #settings: QbSettings;
  readonly #seen = new SeenDocuments();

  constructor(settings: QbSettings) {
    this.#settings = settings;
  }

  *take(value: JsonValue): Generator<Reading> {
    const json = jsonIn(value.text);
    const product = productBundle(json, ONLY);
    if (product !== null) {
      yield* this.#products(product, value);
      return;
    }
    const bundle = bundleOf(json);
    const order = orderSchema.safeParse(bundle.order);
    const place = { line: value.line, column: value.column };
    if (!order.success) {
      this.isForeign = !this.isOurs;
      if (this.isForeign) return;
      const field = order.error.issues[0]?.path.join('.') || 'JSON';
      const facts = { field, found: '', expected: EXPECTED };
      const id = `${SYSTEM}/unknown/${value.line}:${value.column}`;
      yield unreadable(id, [problemAt('unknown-value', place, facts)]);
      return;
    }
    if (!this.isOurs) yield { kind: 'guess', facts: { format: 'Quickbutik v1' } };
    this.isOurs = true;
    yield* this.#documents(order.data, { bundle, place });
  }

  /** A product, or the variants that it is sold in. */
  *#products(bundle: ProductBundle, { line, column }: JsonValue): Generator<Reading> {
    if (!this.isOurs) yield { kind: 'guess', facts: { format: 'Quickbutik v1' } };
    this.isOurs = true;
    const terms = { settings: this.#settings, place: { line, column } };
    for (const read of readProducts(bundle, terms)) {
      if (read.kind === 'unreadable') {
        yield unreadable(read.id, read.problems);
        continue;
      }
      const { article } = read;
      const extract = Buffer.from(JSON.stringify({ ...bundle.raw, [ONLY]: article.ref.id }));
      yield* this.#once(article, { doubts: [], extract });
    }
  }

  *#documents(
    wire: QbOrder,
    of: { readonly bundle: Bundle; readonly place: { line: number; column: number } },
  ): Generator<Reading> {
    const { place, bundle } = of;
    const { only, taxRates } = bundle;
    const settings = this.#settings;
    const outcome = readOrder(wire, { settings, place, taxRates });
    if (outcome.kind === 'unreadable') {
      yield unreadable(`${SYSTEM}/${settings.shop}/${wire.order_id}`, outcome.problems);
      return;
    }
    const { order, doubts } = outcome;
    const extract = (which: string): Uint8Array =>
      Buffer.from(JSON.stringify({ ...(bundle.raw as object), [ONLY]: which }));
    if (only === null || only === order.ref.id) {
      yield* this.#once(order, { doubts, extract: extract(order.ref.id) });
    }
    const earlier: Doubted[] = [];
    for (const [i, one] of wire.refunds.entries()) {
      const read = readRefund(one, { order, doubts, earlier, place });
      if (read.kind === 'unreadable') {
        const id = `${refKey(order.ref)}:refund:${one.id || i + 1}`;
        if (only === null || id.endsWith(`/${only}`)) yield unreadable(id, read.problems);
        continue;
      }
      const { refund } = read;
      if (only === null || only === refund.ref.id) {
        yield* this.#once(refund, { doubts: read.doubts, extract: extract(refund.ref.id) });
      }
      earlier.push({ refund, doubts: read.doubts });
    }
  }

  /** The same document again is left alone; one that says otherwise takes both back. */
  *#once(
    document: Order | Refund | Article,
    rest: { readonly doubts: readonly Refusal[]; readonly extract: Uint8Array },
  ): Generator<Reading> {
    const seen = this.#seen.see(document, rest.doubts);
    if (seen === 'same') return;
    if (seen === 'new') {
      yield { kind: 'document', document, ...rest, mediaType: 'application/json' };
      return;
    }
    const { id } = document.ref;
    const facts = { field: 'order_id', found: id, expected: id };
    yield unreadable(refKey(document.ref), [problemAt('identity-differs', null, facts)]);
  }
}

/** In an extract: the one document that is meant. */
const ONLY = '$only';

/** An order as it came, by itself or with what was fetched beside it. */
type Bundle = {
  readonly raw: unknown;
  readonly order: unknown;
  readonly taxRates: TaxRates;
  readonly only: string | null;
};

function bundleOf(raw: unknown): Bundle {
  const told = bundleSchema.safeParse(raw);
  const only = typeof raw === 'object' && raw !== null && ONLY in raw ? raw[ONLY] : null;
  return {
    raw,
    order: told.success ? told.data.order : raw,
    taxRates: told.success ? told.data.taxRates : {},
    only: typeof only === 'string' ? only : null,
  };
}

function unreadable(id: string, problems: readonly Problem[]): Reading {
  return { kind: 'unreadable', id, problems: boundProblems(problems) };
}
