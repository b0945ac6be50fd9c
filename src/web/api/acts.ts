import type { z } from '@hono/zod-openapi';
import { day } from '../../domain/date.ts';
import { ACCEPTABLE, type Refusal, type RefusalCode } from '../../domain/refusal.ts';
import { parsePercent } from '../../domain/vat/rates.ts';
import type { DeliveryView, Resolution } from '../../store/deliveries.ts';
import { fails } from './route.ts';
import type { Way } from './schemas.ts';

/** Which ways settle which reasons besides those that are open for every one. */
const ANSWERED_BY: Readonly<Partial<Record<RefusalCode, z.infer<typeof Way>['kind']>>> = {
  'does-not-balance': 'book-difference',
  'statement-does-not-balance': 'book-difference',
  'payment-differs': 'book-difference',
  'invoice-not-coded': 'code-as',
  'entry-not-coded': 'code-as',
  'reverse-rate-not-chosen': 'reverse-rate',
  'vat-not-proven': 'tax-as',
  'vat-at-several-rates': 'tax-as',
  'period-locked': 'book-on',
  'year-missing': 'book-on',
  'report-revised': 'correct',
  'order-revised': 'correct',
  'order-cancelled-booked': 'correct',
  'invoice-revised': 'correct',
  'statement-revised': 'correct',
};

/**
 * What a person can do about a delivery, what fits its reasons first. To try again and to skip are
 * always there.
 */
export function actsFor({ state, refusals }: Pick<DeliveryView, 'state' | 'refusals'>): {
  readonly acts: string[];
  readonly accepts: RefusalCode[];
} {
  if (state === 'review') return { acts: ['again', 'skip'], accepts: [] };
  const accepts = refusals.map(({ code }) => code).filter((code) => ACCEPTABLE.has(code));
  const fitting = refusals.flatMap(({ code }) => ANSWERED_BY[code] ?? []);
  const acts = [...fitting, ...(accepts.length > 0 ? ['accept'] : []), 'again', 'skip'];
  return { acts: [...new Set(acts)], accepts: [...new Set(accepts)] };
}

/** The same text for deliveries that one decision can settle. */
export function alikeKey({ state, document, refusals }: DeliveryView): string {
  if (state === 'review') return `review ${document.kind}`;
  const reasons = refusals.map((refusal) => `${refusal.code}${whose(refusal)}`);
  return [document.kind, ...reasons.sort()].join(' ');
}

/** What an answer depends on: one supplier's account is not another's. */
function whose(refusal: Refusal): string {
  if (refusal.code === 'invoice-not-coded' || refusal.code === 'reverse-rate-not-chosen') {
    return `:${refusal.id}`;
  }
  if (refusal.code !== 'entry-not-coded') return '';
  return `:${refusal.entries.map(({ code }) => code).join(',')}`;
}

/** What a person says over HTTP, as the hub takes it. Ends the request when it cannot be meant. */
export function asResolution(way: z.infer<typeof Way>): Resolution {
  switch (way.kind) {
    case 'again':
      return { kind: 'again', decision: null };
    case 'skip':
      return { kind: 'skip', why: way.why };
    case 'accept': {
      const code = [...ACCEPTABLE].find((acceptable) => acceptable === way.code);
      if (code === undefined) return fails(400, 'cannot-accept', { what: way.code });
      return { kind: 'again', decision: { kind: 'accept', code } };
    }
    case 'book-difference':
      return { kind: 'again', decision: { kind: 'book-difference', account: way.account } };
    case 'code-as':
      return { kind: 'again', decision: { kind: 'code-as', account: way.account } };
    case 'reverse-rate': {
      const rate = parsePercent(way.percent);
      if (rate === null) return fails(400, 'not-a-rate', { percent: way.percent });
      return { kind: 'again', decision: { kind: 'reverse-rate', rate } };
    }
    case 'book-on':
      return { kind: 'again', decision: { kind: 'book-on', date: day(way.date) } };
    case 'tax-as':
      return { kind: 'again', decision: { kind: 'tax-as', way: way.way } };
    case 'book-now':
      return { kind: 'again', decision: { kind: 'book-now' } };
    case 'correct':
      return { kind: 'again', decision: { kind: 'correct' } };
  }
}
