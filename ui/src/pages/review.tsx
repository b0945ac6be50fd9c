import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ReviewList, ReviewRow, Way } from '../api.ts';
import { countText, moneyText } from '../format.ts';
import { useApproving, type Approving } from '../parts/approving.tsx';
import { Effect } from '../parts/effect.tsx';
import { useKeys } from '../parts/keys.ts';
import { useKind } from '../parts/pill.tsx';
import { isOpenTo, ReviewTable } from '../parts/review-table.tsx';
import { useSelection, type Selection } from '../parts/selection.ts';
import { Empty, Shown } from '../parts/states.tsx';
import { WaitingTabs } from '../parts/waiting-tabs.tsx';
import { reviewQuery, useRights } from '../queries.ts';

const FROM = '/shell/c/$company/held/review';
/** Where there is no room for two columns, a row's effect stands below it. */
const NARROW = '(max-width: 68em)';

/** A table of what waits for approval: many are let go at once, each seen for what it becomes. */
export function ReviewPage() {
  const { t } = useTranslation();
  const { company } = useParams({ from: FROM });
  const filter = useSearch({ from: FROM });
  const waiting = useQuery(reviewQuery(company, filter));
  const approving = useApproving(company);
  return (
    <>
      <div className="page-head">
        <h1>{t('held.title')}</h1>
        <span className="quiet small wide-only">{t('review.keys')}</span>
      </div>
      <WaitingTabs company={company} />
      <Shown of={waiting}>
        {(data) => (
          <div className="stack">
            <Filters company={company} groups={data.groups} />
            {approving.status}
            <Table company={company} of={data} approving={approving} />
          </div>
        )}
      </Shown>
    </>
  );
}

function Filters(of: { readonly company: string; readonly groups: ReviewList['groups'] }) {
  const { t } = useTranslation();
  const kind = useKind();
  const navigate = useNavigate();
  const search = useSearch({ from: FROM });
  const set = (name: keyof typeof search, value: string): void => {
    const { [name]: _before, ...others } = search;
    const next = value === '' ? others : { ...others, [name]: value };
    const params = { company: of.company };
    void navigate({ to: '/c/$company/held/review', params, search: next });
  };
  const any = { value: '', label: t('documents.any') };
  const counted = (value: string, label: string, name: 'flow' | 'kind') => {
    const count = of.groups
      .filter((group) => group[name] === value)
      .reduce((sum, group) => sum + group.count, 0);
    return { value, label: `${label} (${countText(count)})` };
  };
  const flows = new Map(of.groups.map(({ flow, name }) => [flow, name]));
  const kinds = new Set(of.groups.map((group) => group.kind));
  if (of.groups.length === 0) return null;
  return (
    <search className="filters">
      <NativeSelect
        size="xs"
        label={t('reconcile.flow')}
        value={search.flow ?? ''}
        data={[any, ...[...flows].map(([id, name]) => counted(id, name, 'flow'))]}
        onChange={({ currentTarget }) => set('flow', currentTarget.value)}
      />
      <NativeSelect
        size="xs"
        label={t('documents.kind')}
        value={search.kind ?? ''}
        data={[any, ...[...kinds].map((one) => counted(one, kind(one), 'kind'))]}
        onChange={({ currentTarget }) => set('kind', currentTarget.value)}
      />
      {(['from', 'to'] as const).map((end) => (
        <TextInput
          key={end}
          size="xs"
          type="date"
          label={t(`documents.${end}`)}
          value={search[end] ?? ''}
          onChange={({ currentTarget }) => set(end, currentTarget.value)}
        />
      ))}
    </search>
  );
}

function Table(of: {
  readonly company: string;
  readonly of: ReviewList;
  readonly approving: Approving;
}) {
  const { t } = useTranslation();
  const { company, approving } = of;
  const rights = useRights(company);
  const mayApprove = rights.includes('approve');
  const isNarrow = useMediaQuery(NARROW) ?? false;
  const isFiltered = Object.keys(useSearch({ from: FROM })).length > 0;
  const rows = of.of.rows.filter(({ id }) => !approving.gone.has(id));
  const selection = useSelection(rows.map((row) => (isOpenTo(row) ? row.id : null)));
  const chosen = rows.filter(({ id }) => selection.chosen.has(id));
  const decide = (way: Way): void => {
    if (chosen.length === 0 || !mayApprove || approving.isDeciding) return;
    approving.decide(
      chosen.map(({ id }) => id),
      way,
    );
    selection.all(false);
  };
  const approve = (): void => decide({ kind: 'again' });
  useTableKeys({ rows, selection, approve, undo: approving.undo });
  const at = rows[selection.at];
  if (at === undefined) {
    return (
      <section className="panel">
        <Empty says={t(isFiltered ? 'documents.noMatch' : 'review.empty')} />
      </section>
    );
  }
  const effect = <Effect company={company} delivery={at.id} way={{ kind: 'again' }} />;
  const more = of.of.total - of.of.rows.length;
  return (
    <div className="review">
      <section className="panel">
        <ReviewTable
          {...{ company, rows, selection, mayApprove }}
          below={isNarrow ? effect : null}
        />
        {more > 0 ? <p className="quiet small body">{t('review.more', { count: more })}</p> : null}
        {mayApprove ? (
          <Bar
            chosen={chosen}
            rows={rows}
            isDeciding={approving.isDeciding}
            approve={approve}
            skip={rights.includes('settle') ? (why) => decide({ kind: 'skip', why }) : null}
          />
        ) : (
          <p className="quiet body">{t('held.readOnly')}</p>
        )}
      </section>
      {isNarrow ? null : <div className="sticky">{effect}</div>}
    </div>
  );
}

function useTableKeys(of: {
  readonly rows: readonly ReviewRow[];
  readonly selection: Selection;
  readonly approve: () => void;
  readonly undo: () => void;
}): void {
  const { rows, selection } = of;
  useKeys({
    j: () => selection.go(selection.at + 1),
    k: () => selection.go(selection.at - 1),
    x: () => selection.toggle(selection.at, false),
    X: () => selection.toggle(selection.at, true),
    a: () => selection.all(selection.chosen.size < rows.filter(isOpenTo).length),
    u: of.undo,
    Enter: of.approve,
  });
}

/** What is chosen, what it comes to, and what can be done with it. */
function Bar(of: {
  readonly chosen: readonly ReviewRow[];
  readonly rows: readonly ReviewRow[];
  readonly isDeciding: boolean;
  readonly approve: () => void;
  readonly skip: ((why: string) => void) | null;
}) {
  const { t } = useTranslation();
  const [why, setWhy] = useState<string | null>(null);
  const { chosen } = of;
  const isNone = chosen.length === 0;
  const others = chosen.filter(({ needsTwo, first }) => needsTwo && first === null).length;
  const shown = isNone ? of.rows : chosen;
  return (
    <div className="review-bar">
      <div data-testid="chosen">
        <strong>
          {isNone
            ? t('review.waits', { count: of.rows.length })
            : t('review.chosen', { count: chosen.length })}
        </strong>{' '}
        <span className="num" data-testid="sum">
          {sumsOf(shown)}
        </span>
        {others === 0 ? null : (
          <div className="small quiet">{t('review.others', { count: others })}</div>
        )}
      </div>
      {why === null || isNone || of.skip === null ? (
        <div className="between">
          {of.skip === null ? null : (
            <Button variant="default" size="xs" disabled={isNone} onClick={() => setWhy('')}>
              {t('review.skip')}
            </Button>
          )}
          <Button size="xs" disabled={isNone} loading={of.isDeciding} onClick={of.approve}>
            {t('review.approve', { count: chosen.length })}
          </Button>
        </div>
      ) : (
        <form
          className="between"
          onSubmit={(event) => {
            event.preventDefault();
            of.skip?.(why);
            setWhy(null);
          }}
        >
          <TextInput
            size="xs"
            required
            autoFocus
            aria-label={t('held.why')}
            placeholder={t('held.why')}
            value={why}
            onChange={({ currentTarget }) => setWhy(currentTarget.value)}
          />
          <Button size="xs" variant="default" onClick={() => setWhy(null)}>
            {t('app.cancel')}
          </Button>
          <Button size="xs" type="submit">
            {t('held.settleSkip')}
          </Button>
        </form>
      )}
    </div>
  );
}

/** What rows come to, a sum for each currency. */
function sumsOf(rows: readonly ReviewRow[]): string {
  const sums = new Map<string, bigint>();
  for (const { amount } of rows) {
    if (amount === null) continue;
    const { currency, minor } = amount;
    sums.set(currency, (sums.get(currency) ?? 0n) + BigInt(minor));
  }
  const texts = [...sums].map(([currency, minor]) => moneyText({ minor: String(minor), currency }));
  return texts.join(' + ');
}
