import { Button, Progress } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api, type Way } from '../api.ts';
import { countText } from '../format.ts';
import { progressQuery, queries } from '../queries.ts';
import { Failed } from './states.tsx';

const held = api.companies[':company'].held;

/** What has been decided in one go, and how far it has come. */
export type Approving = {
  readonly decide: (ids: readonly string[], way: Way) => void;
  readonly undo: () => void;
  readonly isDeciding: boolean;
  /** Decided, and not shown any more. */
  readonly gone: ReadonlySet<string>;
  readonly status: React.ReactNode;
};

type Run = {
  /** How many were decided about, and how many of them the hub has answered for. */
  readonly asked: number;
  readonly answered: number;
  readonly settled: readonly string[];
  readonly awaiting: number;
  readonly isSkipped: boolean;
};

const NOTHING: Run = { asked: 0, answered: 0, settled: [], awaiting: 0, isSkipped: false };
/** Decided in one request: small enough that the page can say how far it has come. */
const AT_ONCE = 50;
/** The hub tells of changes; where it cannot, the page asks. */
const ASK_MS = 3_000;

/** Decides about many, a handful at a time, and follows them into the books. */
export function useApproving(company: string): Approving {
  const [run, setRun] = useState<Run>(NOTHING);
  const [undone, setUndone] = useState<number | null>(null);
  const refetch = () => queries.invalidateQueries({ queryKey: ['company', company] });
  const deciding = useMutation({
    mutationFn: async (of: { readonly ids: readonly string[]; readonly way: Way }) => {
      setUndone(null);
      const asked = of.ids.length;
      setRun({ ...NOTHING, asked, isSkipped: of.way.kind === 'skip' });
      for (let i = 0; i < of.ids.length; i += AT_ONCE) {
        const ids = of.ids.slice(i, i + AT_ONCE);
        const json = { ids, way: of.way };
        const { settled, awaiting } = await answer(held.settle.$post({ param: { company }, json }));
        setRun((now) => ({
          ...now,
          answered: i + ids.length,
          settled: now.settled.concat(settled),
          awaiting: now.awaiting + awaiting.length,
        }));
      }
    },
    onSettled: () => void refetch(),
  });
  const undoing = useMutation({
    mutationFn: (ids: readonly string[]) =>
      answer(held['take-back'].$post({ param: { company }, json: { ids: [...ids] } })),
    onSuccess: ({ taken }) => {
      setUndone(taken.length);
      setRun((before) => ({
        ...before,
        settled: before.settled.filter((id) => !taken.includes(id)),
      }));
      void refetch();
    },
  });
  const undo = (): void => {
    const isAnswered = run.answered === run.asked || deciding.isError;
    if (run.settled.length > 0 && isAnswered) undoing.mutate(run.settled);
  };
  return {
    decide: (ids, way) => deciding.mutate({ ids, way }),
    undo,
    isDeciding: deciding.isPending,
    gone: new Set(run.settled),
    status: (
      <div role="status">
        {deciding.error === null ? null : <Failed error={deciding.error} />}
        {undoing.error === null ? null : <Failed error={undoing.error} />}
        <Status company={company} run={run} undone={undone} undo={undo} />
      </div>
    ),
  };
}

function Status(of: {
  readonly company: string;
  readonly run: Run;
  readonly undone: number | null;
  readonly undo: () => void;
}) {
  const { t } = useTranslation();
  const { run, undone, company } = of;
  const isAnswered = run.answered === run.asked;
  const counts = useProgress(company, isAnswered ? run.settled : []);
  if (run.asked === 0) return null;
  const says = [
    run.settled.length === 0
      ? null
      : t(run.isSkipped ? 'review.skipped' : 'review.decided', { count: run.settled.length }),
    counts.done === 0 ? null : t('review.booked', { count: counts.done }),
    counts.under === 0 ? null : t('review.under', { count: counts.under }),
    run.awaiting === 0 ? null : t('flow.awaiting', { count: run.awaiting }),
    undone === null ? null : t('review.undone', { count: undone }),
  ].filter((one) => one !== null);
  const mayUndo = counts.waiting > 0 || (run.isSkipped && run.settled.length > 0);
  return (
    <section className="panel review-status" aria-label={t('review.progress')}>
      <div className="between wrap">
        <span>
          {isAnswered
            ? says.join(' · ')
            : t('review.deciding', {
                done: countText(run.answered),
                count: run.asked,
              })}
          {counts.held === 0 ? null : (
            <>
              {' · '}
              <Link to="/c/$company/held" params={{ company }}>
                {t('review.asked', { count: counts.held })}
              </Link>
            </>
          )}
        </span>
        {mayUndo ? (
          <Button size="xs" variant="default" onClick={of.undo}>
            {t('held.undo')} (u)
          </Button>
        ) : null}
      </div>
      {run.settled.length === 0 || run.isSkipped ? null : (
        <Progress
          mt={6}
          size="sm"
          aria-label={t('review.progress')}
          value={
            isAnswered
              ? ((counts.done + counts.held) / run.settled.length) * 100
              : (run.answered / run.asked) * 100
          }
        />
      )}
    </section>
  );
}

/** Where what was decided stands now. */
function useProgress(company: string, ids: readonly string[]) {
  const { data } = useQuery({
    ...progressQuery(company, ids),
    refetchInterval: ({ state }) => (countsOf(state.data, ids).under > 0 ? ASK_MS : false),
  });
  return countsOf(data, ids);
}

type Progressed = {
  readonly states: readonly { readonly state: string; readonly count: number }[];
};

function countsOf(of: Progressed | undefined, ids: readonly string[]) {
  const count = (...states: readonly string[]): number =>
    (of?.states ?? [])
      .filter(({ state }) => ids.length > 0 && states.includes(state))
      .reduce((sum, one) => sum + one.count, 0);
  return {
    done: count('done'),
    held: count('held'),
    waiting: count('waiting'),
    under: count('waiting', 'sending', 'in doubt', 'pending', 'gathering'),
  };
}
