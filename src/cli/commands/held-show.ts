import type { PlanOutcome } from '../../domain/plan.ts';
import type { CodingSuggestion } from '../../domain/posting/suggest-coding.ts';
import type { Hub } from '../../hub/hub.ts';
import { planDecided } from '../../hub/plan-decided.ts';
import { isUncoded, suggestCodingFor } from '../../hub/suggest-coding.ts';
import { encodeJson } from '../../lib/json.ts';
import { listDeliveries, type DeliveryView } from '../../store/deliveries.ts';
import type { Company } from '../../store/registry.ts';
import { describeNotice } from '../../text/notices.ts';
import { describeRefusal } from '../../text/refusals.ts';
import { describeSuggestion } from '../../text/suggestions.ts';
import { CommandError, type CliContext, type ExitCode } from '../context.ts';
import { paint } from '../paint.ts';
import { documentJson, nameDocument } from '../show/documents.ts';
import { postingJson, refusalJson, rowJson, showRows } from '../show/preview.ts';

/** A delivery, and for an invoice that nobody has coded what could be done with it. */
type Shown = {
  readonly delivery: DeliveryView;
  readonly suggestion: CodingSuggestion | null;
  /** What it would become as suggested. */
  readonly outcome: PlanOutcome | null;
};

/** Shows in full what is held: reasons, rows as far as known, what a suggestion would lead to. */
export async function showHeld(
  context: CliContext,
  hub: Hub,
  asked: {
    readonly company: Company;
    readonly ids: readonly string[];
    readonly isJson: boolean;
  },
): Promise<ExitCode> {
  const { company, ids, isJson } = asked;
  const found = await listDeliveries(hub.database.db, { companyId: company.id, ids });
  const missing = ids.find((id) => !found.some((delivery) => delivery.id === id));
  if (missing !== undefined) throw new CommandError(`There is no ${missing}: bokbro held`);
  const shown: Shown[] = [];
  for (const delivery of found) shown.push(await lookAt(hub, company, delivery));
  if (isJson) {
    context.out(
      `${encodeJson(
        shown.map((one) => shownJson(one, context)),
        2,
      )}\n`,
    );
  } else for (const one of shown) context.out(shownText(one, context));
  return shown.some(({ delivery }) => delivery.state === 'held') ? 1 : 0;
}

async function lookAt(hub: Hub, company: Company, delivery: DeliveryView): Promise<Shown> {
  const nothing = { delivery, suggestion: null, outcome: null };
  if (!isUncoded(delivery)) return nothing;
  const suggestion = await suggestCodingFor(hub, company, delivery);
  if (suggestion === null) return nothing;
  const of = { company, deliveryId: delivery.id };
  const decision = { kind: 'code-as', account: suggestion.account } as const;
  const outcome = await planDecided(hub, of, [decision]);
  return { delivery, suggestion, outcome };
}

function shownText({ delivery, suggestion, outcome }: Shown, context: CliContext): string {
  const { language } = context;
  const with_ = paint(context.hasColours);
  const { id, document, state, reason, refusals, notices, draft } = delivery;
  const head = `${with_.bold(id)}  ${nameDocument(document)}: ${state}`;
  const lines = [
    reason === null ? head : `${head}: ${reason}`,
    ...refusals.map((r) => `    ${describeRefusal(r, language)} ${with_.dim(`[${r.code}]`)}`),
    ...notices.map((notice) => `    ${with_.warn('!')} ${describeNotice(notice, language)}`),
  ];
  const rows = draft.length === 0 ? '' : `As far as it is known:\n${showRows(draft, language)}`;
  return `${lines.join('\n')}\n${rows}${suggestionText({ suggestion, outcome, id }, context)}\n`;
}

function suggestionText(
  of: Pick<Shown, 'suggestion' | 'outcome'> & { readonly id: string },
  { language }: CliContext,
): string {
  const { suggestion, outcome, id } = of;
  if (suggestion === null || outcome === null) return '';
  const said = `${describeSuggestion(suggestion, language)}\n`;
  if (outcome.kind === 'held') {
    const still = outcome.refusals.map((refusal) => `    ${describeRefusal(refusal, language)}\n`);
    return `${said}As suggested it would still be held:\n${still.join('')}`;
  }
  if (outcome.kind !== 'plan') return said;
  const rows = outcome.plan.vouchers.map(
    (voucher) => `  ${voucher.date}  ${voucher.text}\n${showRows(voucher.rows, language)}`,
  );
  const how = `bokbro held resolve ${id} --as-suggested`;
  return `${said}As suggested it would be booked so:\n${rows.join('')}Do that: ${how}\n`;
}

function shownJson({ delivery, suggestion, outcome }: Shown, { language }: CliContext): unknown {
  const { id, state, document, refusals, notices, draft } = delivery;
  const still = outcome?.kind === 'held' ? outcome.refusals : [];
  const vouchers = outcome?.kind === 'plan' ? outcome.plan.vouchers : [];
  return {
    ...{ id, state, document: documentJson(document) },
    refusals: refusals.map((refusal) => refusalJson(refusal, language)),
    notices: notices.map((n) => ({ ...n, message: describeNotice(n, language) })),
    draft: draft.map(rowJson),
    suggestion:
      suggestion === null
        ? null
        : {
            ...suggestion,
            message: describeSuggestion(suggestion, language),
            postings: vouchers.map(postingJson),
            refusals: still.map((refusal) => refusalJson(refusal, language)),
          },
  };
}
