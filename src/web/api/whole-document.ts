import { documentDate } from '../../domain/document/document.ts';
import type { DocumentDelivery, WholeDocument as Whole } from '../../store/one-document.ts';
import { documentName } from '../../text/document-names.ts';
import { masked } from './mask.ts';
import type { Reader } from '../account-names.ts';
import { noticeOut, refusalOut, rowOut, voucherOut } from './present.ts';
import { z } from './route.ts';
import { DeliveryState, Posting, Refusal, Said, Voucher } from './schemas.ts';

const Step = z
  .object({
    seq: z.number(),
    call: z.string(),
    state: z.enum(['waiting', 'sending', 'in doubt', 'done']),
    attempt: z.number(),
    label: z.string().nullable(),
    input: z.unknown().openapi({ description: 'What was sent; secrets are masked' }),
    answer: z.unknown().openapi({ description: 'What the ledger made of it' }),
  })
  .openapi('Step');

const Delivery = z
  .object({
    ...{ id: z.string(), target: z.string(), state: DeliveryState },
    ...{ label: z.string().nullable(), reason: z.string().nullable() },
    refusals: z.array(Refusal),
    notices: z.array(Said),
    vouchers: z.array(Voucher),
    draft: z.array(Posting),
    currency: z.string(),
    steps: z.array(Step),
  })
  .openapi('Delivery');

const Moment = z
  .object({
    atMs: z.number(),
    event: z.string(),
    /** Which step it is about, from 1. */
    step: z.number().nullable(),
    attempt: z.number().nullable(),
    detail: z.string().nullable(),
  })
  .openapi('Moment');

/** A document with everything that is known of it. */
export const WholeDocument = z
  .object({
    ...{ id: z.string(), kind: z.string(), name: z.string(), date: z.string().nullable() },
    ...{ key: z.string(), version: z.number(), source: z.string(), receivedAtMs: z.number() },
    ...{ mediaType: z.string(), size: z.number() },
    order: z
      .object({ number: z.string(), connection: z.string() })
      .nullable()
      .openapi({ description: 'Of an order: what its shop is asked for it by' }),
    file: z.object({ id: z.string(), name: z.string(), via: z.string() }).nullable(),
    versions: z.array(z.object({ id: z.string(), version: z.number() })),
    deliveries: z.array(Delivery),
    timeline: z.array(Moment).openapi({ description: 'From its bytes to its voucher' }),
  })
  .openapi('WholeDocument');

export function wholeOut(of: Whole, reader: Reader): z.infer<typeof WholeDocument> {
  const { language } = reader;
  const { id, document, key, version, source, receivedAtMs, mediaType, file } = of;
  const came = { event: 'received', step: null, attempt: null };
  return {
    ...{ id, kind: document.kind, name: documentName(document, language), key, version, source },
    ...{ date: documentDate(document), receivedAtMs, mediaType, size: of.extractSize, file },
    order:
      document.kind === 'order' ? { number: document.number, connection: of.connectionId } : null,
    versions: [...of.versions],
    deliveries: of.deliveries.map((one) => deliveryOut(one, reader)),
    timeline: [
      { atMs: receivedAtMs, ...came, detail: file?.name ?? null },
      ...of.deliveries.flatMap(({ journal }) =>
        journal.map(({ at, event, seq, attempt, detail }) => ({
          ...{ atMs: at.getTime(), event, attempt, detail },
          step: seq === null ? null : seq + 1,
        })),
      ),
    ],
  };
}

function deliveryOut(of: DocumentDelivery, reader: Reader): z.infer<typeof Delivery> {
  const { language, accountName } = reader;
  const { id, state, label, reason, refusals, notices, vouchers, draft } = of.delivery;
  return {
    ...{ id, target: of.target, state, label, reason },
    refusals: refusals.map((refusal) => refusalOut(refusal, language)),
    notices: notices.map((notice) => noticeOut(notice, language)),
    vouchers: vouchers.map((one) => voucherOut(one, accountName)),
    draft: draft.map((row) => rowOut(row, accountName)),
    currency: draft[0]?.amount.currency ?? vouchers[0]?.currency ?? '',
    steps: of.steps.map(({ seq, call, state: done, attempt, input, remote }) => ({
      ...{ seq: seq + 1, call, state: done, attempt, label: labelOf(remote) },
      input: masked(input),
      answer: masked(remote),
    })),
  };
}

function labelOf(remote: unknown): string | null {
  if (typeof remote !== 'object' || remote === null || !('label' in remote)) return null;
  return typeof remote.label === 'string' ? remote.label : null;
}
