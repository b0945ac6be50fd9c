import { readOre, share, total, withoutVat, WinnerRefusal } from '../amounts.ts';
import type { CalendarLine, Group, Quote } from './project.ts';

/**
 * What a per cent of a calendar is taken of, when a line asks for the installation: of what is
 * left without it, or of all. It is not documented.
 */
export type PercentOf = 'rest' | 'total';

/** What one calendar line asks for, group by group. */
export type Part = {
  readonly grossOre: number;
  readonly netOre: number;
  readonly groups: readonly {
    readonly group: Group;
    readonly grossOre: number;
    readonly netOre: number;
  }[];
};

const WHOLE = 10_000;

/** @throws WinnerRefusal unless the per cents come to exactly 100 */
export function checkCalendar(calendar: readonly CalendarLine[]): void {
  const percents = calendar.map((line) => (line.basis === 'percent' ? readOre(line.percent) : 0));
  if (total(percents) !== WHOLE) throw new WinnerRefusal('the calendar does not come to 100 %');
}

/**
 * The parts of a price by its calendar. A part is rounded, and the last one takes what is left, of
 * the whole and of each group. How Winner itself divides groups is not known.
 */
export function partsOf(
  { groups, calendar }: Pick<Quote, 'groups' | 'calendar'>,
  percentOf: PercentOf,
): Part[] {
  const asksInstallation = calendar.some((line) => line.basis === 'installation');
  const isApart = (group: Group): boolean =>
    asksInstallation && percentOf === 'rest' && group.isInstallation === true;
  const shared = groups.filter((group) => !isApart(group));
  const lastPercent = calendar.findLastIndex((line) => line.basis === 'percent');
  const left = new Map(shared.map((group) => [group, amountsOf(group)]));
  return calendar.map((line, index) => {
    if (line.basis === 'installation') {
      return partOf(groups.filter((group) => group.isInstallation === true).map(whole));
    }
    const percent = readOre(line.percent);
    return partOf(
      shared.map((group) => taken(group, left, index === lastPercent ? null : percent)),
    );
  });
}

type Amounts = { readonly grossOre: number; readonly netOre: number };
type GroupPart = Part['groups'][number];

/** @param percent null for all that is left */
function taken(group: Group, left: Map<Group, Amounts>, percent: number | null): GroupPart {
  const all = amountsOf(group);
  const before = left.get(group) ?? all;
  const part =
    percent === null
      ? before
      : {
          grossOre: share(all.grossOre, percent, WHOLE),
          netOre: share(all.netOre, percent, WHOLE),
        };
  left.set(group, {
    grossOre: before.grossOre - part.grossOre,
    netOre: before.netOre - part.netOre,
  });
  return { group, ...part };
}

function whole(group: Group): GroupPart {
  return { group, ...amountsOf(group) };
}

function partOf(groups: readonly GroupPart[]): Part {
  return {
    grossOre: total(groups.map(({ grossOre }) => grossOre)),
    netOre: total(groups.map(({ netOre }) => netOre)),
    groups,
  };
}

export function amountsOf(group: Group): Amounts {
  const grossOre = readOre(group.gross);
  return { grossOre, netOre: withoutVat(grossOre, group.vatRate) };
}
