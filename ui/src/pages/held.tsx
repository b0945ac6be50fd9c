import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Held } from '../api.ts';
import { HeldOne } from '../parts/held-one.tsx';
import { useKeys } from '../parts/keys.ts';
import { useSettling } from '../parts/settling.tsx';
import { dayText, moneyText } from '../format.ts';
import { useKind } from '../parts/pill.tsx';
import { WaitingTabs } from '../parts/waiting-tabs.tsx';
import { Empty, Shown } from '../parts/states.tsx';
import { heldQuery, meQuery } from '../queries.ts';

/** One queue of what only a person knows: the sentence, the choice, what it leads to. */
export function HeldPage() {
  const { t } = useTranslation();
  const { company } = useParams({ from: '/shell/c/$company/held' });
  const held = useQuery(heldQuery(company));
  const rights = useQuery(meQuery).data?.companies.find(({ id }) => id === company)?.rights ?? [];
  return (
    <>
      <div className="page-head">
        <h1>{t('held.title')}</h1>
        <span className="quiet small wide-only">{t('held.keys')}</span>
      </div>
      <WaitingTabs company={company} />
      <Shown of={held}>
        {(data) => (
          <Queue
            company={company}
            held={data.held}
            more={data.total - data.held.length}
            maySettle={rights.includes('approve')}
          />
        )}
      </Shown>
    </>
  );
}

function Queue(of: {
  readonly company: string;
  readonly held: readonly Held[];
  readonly more: number;
  readonly maySettle: boolean;
}) {
  const { t } = useTranslation();
  const { company } = of;
  const navigate = useNavigate();
  const { delivery } = useSearch({ from: '/shell/c/$company/held' });
  const settling = useSettling(company);
  // What was just decided leaves at once; it comes back when it is taken back.
  const held = of.held.filter(({ id }) => !settling.gone.has(id));
  const at = Math.max(
    0,
    held.findIndex(({ id }) => id === delivery),
  );
  const chosen = held[at];
  const choose = (one: Held | undefined): void => {
    if (one === undefined) return;
    void navigate({
      ...{ to: '/c/$company/held', params: { company }, search: { delivery: one.id } },
      replace: true,
    });
  };
  useKeys({
    j: () => choose(held[at + 1]),
    k: () => choose(held[at - 1]),
    u: () => settling.undo(),
  });
  if (chosen === undefined) {
    return (
      <section className="panel">
        <Empty says={t('held.empty')} />
        {settling.toast}
      </section>
    );
  }
  return (
    <div className="queue">
      <List held={held} chosen={chosen.id} choose={choose} more={of.more} />
      <HeldOne
        key={chosen.id}
        company={company}
        held={chosen}
        alike={held.filter((one) => one.alike === chosen.alike && one.id !== chosen.id)}
        settle={settling.settle}
        isSettling={settling.isSettling}
        maySettle={of.maySettle}
      />
      {settling.toast}
    </div>
  );
}

function List(of: {
  readonly held: readonly Held[];
  readonly chosen: string;
  readonly choose: (one: Held) => void;
  readonly more: number;
}) {
  const { t } = useTranslation();
  const kind = useKind();
  const current = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    current.current?.scrollIntoView({ block: 'nearest' });
  }, [of.chosen]);
  return (
    <nav className="panel queue-list" aria-label={t('held.list')}>
      {of.held.map((one) => {
        const isChosen = one.id === of.chosen;
        return (
          <button
            key={one.id}
            ref={isChosen ? current : null}
            type="button"
            className="queue-item"
            aria-current={isChosen}
            onClick={() => of.choose(one)}
          >
            <span className="between">
              <span className="quiet small">{dayText(one.date)}</span>
              <span className="num small">{one.amount === null ? '' : moneyText(one.amount)}</span>
            </span>
            <span className="name">{one.name}</span>
            <span className="quiet small">{kind(one.kind)}</span>
          </button>
        );
      })}
      {of.more > 0 ? (
        <p className="quiet small" style={{ padding: '0 1rem' }}>
          {t('held.more', { count: of.more })}
        </p>
      ) : null}
    </nav>
  );
}
