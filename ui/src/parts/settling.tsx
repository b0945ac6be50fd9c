import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api, type Way } from '../api.ts';
import { queries } from '../queries.ts';

const held = api.companies[':company'].held;

/** How what is held is settled, and taken back for a moment. */
export type Settling = {
  readonly settle: (ids: readonly string[], way: Way) => void;
  readonly undo: () => void;
  readonly isSettling: boolean;
  /** Settled a moment ago: not shown any more. */
  readonly gone: ReadonlySet<string>;
  readonly toast: ReactNode;
};

type Done = { readonly ids: readonly string[]; readonly untilMs: number };

const TOLD_MS = 4_000;

export function useSettling(company: string): Settling {
  const { t } = useTranslation();
  const [done, setDone] = useState<Done | null>(null);
  const [gone, setGone] = useState<ReadonlySet<string>>(new Set());
  const [told, setTold] = useState<string | null>(null);
  const refetch = () => queries.invalidateQueries({ queryKey: ['company', company] });
  const settling = useMutation({
    mutationFn: (of: { readonly ids: readonly string[]; readonly way: Way }) =>
      answer(held.settle.$post({ param: { company }, json: { ids: [...of.ids], way: of.way } })),
    onSuccess: ({ settled, untilMs, awaiting }) => {
      setGone((before) => new Set([...before, ...settled]));
      setDone(settled.length === 0 ? null : { ids: settled, untilMs });
      setTold(awaiting.length === 0 ? null : t('flow.awaiting', { count: awaiting.length }));
      void refetch();
    },
    onError: ({ message }) => setTold(message),
  });
  const undoing = useMutation({
    mutationFn: (ids: readonly string[]) =>
      answer(held['take-back'].$post({ param: { company }, json: { ids: [...ids] } })),
    onSuccess: ({ taken }) => {
      setGone((before) => new Set([...before].filter((id) => !taken.includes(id))));
      setDone(null);
      setTold(t(taken.length > 0 ? 'held.undone' : 'held.tooLate'));
      void refetch();
    },
    onError: ({ message }) => setTold(message),
  });
  useEnd(done === null ? null : done.untilMs - Date.now(), () => {
    setDone(null);
    // What is held once more, as when the ledger said no, is shown once more.
    setGone(new Set());
    void refetch();
  });
  useEnd(told === null ? null : TOLD_MS, () => setTold(null));
  const undo = (): void => {
    if (done !== null) undoing.mutate(done.ids);
  };
  return {
    settle: (ids, way) => settling.mutate({ ids, way }),
    undo,
    isSettling: settling.isPending,
    gone,
    toast: <Toast done={done} told={told} undo={undo} />,
  };
}

function Toast(of: {
  readonly done: Done | null;
  readonly told: string | null;
  readonly undo: () => void;
}) {
  const { t } = useTranslation();
  const says = of.done === null ? of.told : t('held.settled', { count: of.done.ids.length });
  return (
    <div role="status">
      {says === null ? null : (
        <div className="toast">
          <span>{says}</span>
          {of.done === null ? null : (
            <Button size="xs" variant="white" color="dark" onClick={of.undo}>
              {t('held.undo')} (u)
            </Button>
          )}
        </div>
      )}
    </div>
  );
}

/** Does something after so many milliseconds; null: not. */
function useEnd(ms: number | null, act: () => void): void {
  const isOn = ms !== null;
  useEffect(() => {
    if (ms === null) return undefined;
    const timer = setTimeout(act, Math.max(ms, 0));
    return () => clearTimeout(timer);
    // Only when it begins or ends: not each time the page is drawn.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [isOn]);
}
