import type { LocalDate } from '../domain/date.ts';
import { BOOK_CURRENCY } from '../domain/posting/choices.ts';
import type { Language } from '../domain/posting/words.ts';
import { readFlowChoices } from '../engine/flow-choices.ts';
import { hookStanding } from '../hub/hooks/hook-standing.ts';
import type { Hub } from '../hub/hub.ts';
import type { HealthItem } from '../ports/health.ts';
import type { Company, Connection, Flow } from '../store/registry.ts';
import { sourceChanges } from '../store/source-settings.ts';
import { hookItems } from '../text/hooks.ts';
import { describeSourceFinding } from '../text/source-health.ts';
import type { Surface } from '../text/surface.ts';
import { settingItems } from '../text/source-settings.ts';

/** A setting that a shop has changed is told so long, unless it is changed back. */
const CHANGE_TOLD_MS = 30 * 24 * 60 * 60_000;

/** A source as its connector sees it, and how its messages go. None for one that is files alone. */
export async function sourceItems(
  hub: Hub,
  connection: Connection,
  of: {
    readonly company: Company;
    /** Flows out of it. */
    readonly from: readonly Flow[];
    readonly today: LocalDate;
    readonly language: Language;
    /** Absent: a terminal. */
    readonly surface?: Surface;
  },
): Promise<readonly HealthItem[]> {
  const { company, from, today, language } = of;

  const hook = await hookStanding(hub, connection.id);
  const sinceMs = hub.clock.nowMs() - CHANGE_TOLD_MS;
  const changes = await sourceChanges(hub.database.db, connection.id, { sinceMs });
  const messages = [
    ...settingItems(changes, language, of.surface),
    ...(hook === null ? [] : hookItems(hook, language)),
  ];
  const examiner = await hub.openExaminer(connection.id);
  if (examiner === null) return messages;
  const { country, timeZone } = company;
  const findings = await examiner.examine({
    ...{ country, timeZone, today, books: BOOK_CURRENCY[country] },
    hasAccount: from.length === 0 ? null : (method) => from.every(answers(method, company)),
  });
  const items = findings.map((finding): HealthItem => {
    const { code: item, state } = finding;
    return { item, state, says: describeSourceFinding(finding, language, of.surface) };
  });
  return [...items, ...messages];
}

/** Whether a flow has an account for a means of payment that somebody has chosen for it. */
function answers(method: string, company: Company): (flow: Flow) => boolean {
  return ({ choices }) => {
    const read = readFlowChoices(choices, company);
    if (!('choices' in read)) return true; // The flow's own card says that it cannot be read.
    const { accounts } = read.choices;
    return 'payment' in accounts || `payment/${method}` in accounts;
  };
}
