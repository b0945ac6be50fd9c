import { SeenDocuments } from '../../domain/document/seen-documents.ts';
import { refKey } from '../../domain/document/source-ref.ts';
import type { Order, Refund } from '../../domain/document/sale.ts';
import type { Article } from '../../domain/document/article.ts';
import type { Refusal } from '../../domain/refusal.ts';
import { jsonProblem, unknownJson } from '../../ports/json-problem.ts';
import type { FileSource, Problem, Reading } from '../../ports/source.ts';
import { jsonIn } from '../../lib/json.ts';
import { isRecord, type WireObject } from '../../lib/json-object.ts';
import { readJsonValues, type JsonValue } from '../../lib/json-values.ts';
import { DEPTH_MAX, IDENTITY_CHARS_MAX, ORDER_BYTES_MAX } from './limits.ts';
import { readOrder, SYSTEM } from './order/order.ts';
import { readRefund } from './order/refund.ts';
import { withdrawnRefunds } from './order/withdrawn.ts';
import { boundProblems, problemAt, rejected } from '../../ports/problem.ts';
import { productBundle, readProducts, type ProductBundle } from './product/product.ts';
import { shopOf, type WooSettings } from './settings.ts';
import { orderSchema, refundSchema, type WooOrder } from './wire.ts';

/** What a file is expected to be. */
const EXPECTED = 'WooCommerce REST v3: order, [order, …], {order, refunds}';

/**
 * Files with what the REST API gives of orders: one, an array of them, or an order with its refunds
 * (`{order, refunds}`).
 *
 * What stands in a file never throws. What opening or reading the file itself throws goes on to the
 * caller.
 */
export function wooFiles(settings: WooSettings): FileSource {
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

/** An order as it came, with its refunds; `only` names the one document that is meant. */
type Bundle = {
  readonly raw: WireObject;
  readonly order: unknown;
  readonly refunds: readonly unknown[];
  /** Refunds that were told before and are in the shop no more. */
  readonly withdrawn: readonly unknown[];
  readonly only: string | null;
};

/** The readings of one file, each document once. */
class Readings {
  /** Nothing in the file so far has been an order. */
  isForeign = false;
  isOurs = false;
  readonly #settings: WooSettings;
  readonly #seen = new SeenDocuments();

  constructor(settings: WooSettings) {
    this.#settings = settings;
  }

  *take(value: JsonValue): Generator<Reading> {
    const json = jsonIn(value.text);
    const product = productBundle(json);
    if (product !== null) {
      yield* this.#products(product, value);
      return;
    }
    const bundle = bundleOf(json);
    const order = orderSchema.safeParse(bundle?.order);
    if (bundle === null || !order.success) {
      if (!this.isOurs) {
        this.isForeign = true;
        return;
      }
      yield this.#broken(value, order.error?.issues[0]?.path.join('.') ?? '');
      return;
    }
    if (!this.isOurs) yield { kind: 'guess', facts: { format: 'WooCommerce REST v3' } };
    this.isOurs = true;
    const refunds = inOrder(bundle.refunds.map((one) => refundSchema.safeParse(one)));
    yield* this.#documents(order.data, { ...bundle, refunds, value });
  }

  /** A product, or the variations that it is sold in. */
  *#products(bundle: ProductBundle, { line, column }: JsonValue): Generator<Reading> {
    if (!this.isOurs) yield { kind: 'guess', facts: { format: 'WooCommerce REST v3' } };
    this.isOurs = true;
    const terms = { settings: this.#settings, place: { line, column } };
    for (const read of readProducts(bundle, terms)) {
      if (read.kind === 'unreadable') yield unreadable(read.id, read.problems);
      else yield* this.#once(read.article, { doubts: [], extract: read.extract });
    }
  }

  *#documents(
    woo: WooOrder,
    of: Omit<Bundle, 'refunds'> & {
      readonly refunds: readonly ReadRefund[];
      readonly value: JsonValue;
    },
  ): Generator<Reading> {
    const { raw, value, only } = of;
    const account = accountOf(woo, this.#settings);
    if (account === null) {
      yield this.#foreignShop(woo, value);
      return;
    }
    const place = { line: value.line, column: value.column };
    const outcome = readOrder(woo, { settings: this.#settings, account, place });
    if (outcome.kind === 'unreadable') {
      yield unreadable(`${SYSTEM}/${account}/${woo.id}`, outcome.problems);
      return;
    }
    const { order, rates } = outcome;
    const extract = (which: string): Uint8Array =>
      Buffer.from(JSON.stringify({ ...raw, only: which }));
    if (only === null || only === order.ref.id) {
      yield* this.#once(order, { doubts: [], extract: extract(order.ref.id) });
    }
    yield* this.#untold(woo, of);
    const earlier: Refund[] = [];
    for (const { data: one } of of.refunds) {
      if (one === undefined) {
        // It is somebody's money: told, not passed over.
        const facts = { field: 'refunds', found: '', expected: 'id, amount, date_created' };
        const id = `${SYSTEM}/${account}/refund of ${woo.id}`;
        yield unreadable(id, [problemAt('unknown-value', place, facts)]);
        continue;
      }
      const terms = { settings: this.#settings, order, rates, earlier: [...earlier], place };
      const read = readRefund(one, terms);
      const id = `refund:${one.id}`;
      if (read.kind === 'unreadable') {
        if (only === null || only === id) {
          yield unreadable(`${SYSTEM}/${account}/${id}`, read.problems);
        }
        continue;
      }
      earlier.push(read.refund);
      if (only !== null && only !== id) continue;
      yield* this.#once(read.refund, { doubts: read.doubts, extract: extract(id) });
    }
    for (const refund of withdrawnRefunds(of.withdrawn, order)) {
      if (only !== null && only !== refund.ref.id) continue;
      yield* this.#once(refund, { doubts: [], extract: extract(refund.ref.id) });
    }
  }

  /** Refunds that the order names and that have not come with it. */
  *#untold(
    woo: WooOrder,
    of: { readonly refunds: readonly ReadRefund[]; readonly only: string | null },
  ): Generator<Reading> {
    if (of.only !== null) return;
    const told = new Set(of.refunds.map((one) => one.data?.id));
    for (const { id } of woo.refunds.filter((refund) => !told.has(refund.id))) {
      const notice = { code: 'refund-not-told', order: woo.number || woo.id, refund: id } as const;
      yield { kind: 'notice', notice };
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
    const facts = { field: 'id', found: document.ref.id, expected: document.ref.id };
    yield unreadable(refKey(document.ref), [problemAt('identity-differs', null, facts)]);
  }

  #broken({ line, column }: JsonValue, field: string): Reading {
    const place = { line, column };
    const facts = { field: field || 'JSON', found: '', expected: EXPECTED };
    const problem = problemAt('unknown-value', place, facts);
    return unreadable(`${SYSTEM}/unknown/${line}:${column}`, [problem]);
  }

  #foreignShop(woo: WooOrder, { line, column }: JsonValue): Reading {
    const found = shopIn(woo);
    const facts = { field: 'shop', found, expected: this.#settings.shop };
    const problem = problemAt('unknown-value', { line, column }, facts);
    return unreadable(`${SYSTEM}/${found}/${woo.id}`, [problem]);
  }
}

function unreadable(id: string, problems: readonly Problem[]): Reading {
  return { kind: 'unreadable', id, problems: boundProblems(problems) };
}

type ReadRefund = ReturnType<typeof refundSchema.safeParse>;

/** Refunds as they happened: each takes from what those before it have left. */
function inOrder(refunds: readonly ReadRefund[]): readonly ReadRefund[] {
  return refunds.toSorted((a, b) => Number(a.data?.id) - Number(b.data?.id));
}

/** @returns null when it is no JSON object */
function bundleOf(json: unknown): Bundle | null {
  if (!isRecord(json)) return null;
  const raw: WireObject = 'order' in json ? json : { order: json };
  const { order, refunds, withdrawn, only } = raw;
  return {
    raw,
    order,
    refunds: Array.isArray(refunds) ? refunds : [],
    withdrawn: Array.isArray(withdrawn) ? withdrawn : [],
    only: typeof only === 'string' ? only : null,
  };
}

/** The shop that an order is of. @returns null when it is not that of the settings */
function accountOf(woo: WooOrder, settings: WooSettings): string | null {
  const own = shopIn(woo);
  const wanted = shopOf(settings);
  if (wanted === '') return own;
  return own === 'shop' || own === wanted ? wanted : null;
}

/** The shop's address as the order tells it: by the page where it can be paid. */
function shopIn({ payment_url: url }: WooOrder): string {
  const host = URL.parse(url)?.host ?? '';
  return host.toLowerCase().slice(0, IDENTITY_CHARS_MAX) || 'shop';
}
