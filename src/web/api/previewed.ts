import { documentDate, type Document } from '../../domain/document/document.ts';
import type { PlanOutcome } from '../../domain/plan.ts';
import type { Voucher as VoucherOf } from '../../domain/posting/voucher.ts';
import type { Language } from '../../domain/posting/words.ts';
import type { Notice } from '../../domain/refusal.ts';
import type { PreviewItem } from '../../engine/preview.ts';
import { documentName } from '../../text/document-names.ts';
import type { Reader } from '../account-names.ts';
import { noticeOut, problemOut, refusalOut, turnoverOut, voucherOut } from './present.ts';
import { z } from './route.ts';
import { Money, Refusal, Said, Voucher } from './schemas.ts';

/** What would become of one document. */
export const Previewed = z
  .object({
    ...{ kind: z.string(), name: z.string(), date: z.string().nullable() },
    outcome: z.enum(['plan', 'held', 'waits', 'left-out', 'seen', 'unreadable']),
    amount: Money.nullable(),
    vouchers: z.array(Voucher),
    refusals: z.array(Refusal),
    problems: z.array(Said),
    notices: z.array(Said),
  })
  .openapi('Previewed');

type Out = z.infer<typeof Previewed>;

const NOTHING = { amount: null, vouchers: [], refusals: [], problems: [], notices: [] };

/** What a preview comes to, for a person. */
const OUTCOMES = {
  plan: 'plan',
  held: 'held',
  seen: 'seen',
  pending: 'waits',
  gathers: 'waits',
  skipped: 'left-out',
} as const;

/** What stands in a file. @returns null for what is told of the file as a whole */
export function itemOut(item: PreviewItem, { language, accountName }: Reader): Out | null {
  if (item.kind === 'unreadable') {
    const problems = item.problems.map((one) => problemOut(one, language));
    return { ...NOTHING, kind: '', name: item.id, date: null, outcome: 'unreadable', problems };
  }
  if (item.kind !== 'document') return null;
  const about = {
    ...aboutOf(item.document, item.notices, language),
    outcome: OUTCOMES[item.outcome],
  };
  if (item.outcome === 'seen') return about;
  if (item.outcome === 'held') {
    const refusals = item.refusals.map((refusal) => refusalOut(refusal, language));
    return { ...about, refusals, amount: turnoverOut(item.draft) };
  }
  if (item.outcome !== 'plan') {
    const reason = refusalOut(item.reason, language);
    return { ...about, refusals: [reason], amount: turnoverOut(item.draft) };
  }
  const rows = item.vouchers.flatMap((voucher) => voucher.rows);
  const vouchers = item.vouchers.map((one) => voucherOut(one, accountName));
  return { ...about, vouchers, amount: turnoverOut(rows) };
}

/** What a document that is in the hub would become. */
export function plannedOut(document: Document, of: PlanOutcome, reader: Reader): Out {
  const { language, accountName } = reader;
  const told = (all: readonly VoucherOf[]) => all.map((one) => voucherOut(one, accountName));
  const about = (notices: readonly Notice[]) => aboutOf(document, notices, language);
  switch (of.kind) {
    case 'plan': {
      const { vouchers, notices } = of.plan;
      const rows = vouchers.flatMap((voucher) => voucher.rows);
      const amount = turnoverOut(rows);
      return { ...about(notices), outcome: 'plan', vouchers: told(vouchers), amount };
    }
    case 'gathers': {
      const { vouchers, notices } = of;
      const rows = vouchers.flatMap((voucher) => voucher.rows);
      const amount = turnoverOut(rows);
      return { ...about(notices), outcome: 'waits', vouchers: told(vouchers), amount };
    }
    case 'held': {
      const refusals = of.refusals.map((refusal) => refusalOut(refusal, language));
      return { ...about(of.notices), outcome: 'held', refusals, amount: turnoverOut(of.draft) };
    }
    case 'not-booked': {
      const outcome = of.state === 'pending' ? 'waits' : 'left-out';
      return { ...about([]), outcome, refusals: [refusalOut(of.reason, language)] };
    }
  }
}

function aboutOf(document: Document, notices: readonly Notice[], language: Language) {
  return {
    ...NOTHING,
    ...{ kind: document.kind, name: documentName(document, language) },
    ...{ date: documentDate(document), notices: notices.map((n) => noticeOut(n, language)) },
  };
}
