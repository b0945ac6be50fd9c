import { Alert, Button, NativeSelect, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api, type ClosedDays as Closed } from '../api.ts';
import { dayText } from '../format.ts';
import { closedDaysQuery, queries, useRights } from '../queries.ts';
import { Empty, Failed, Shown } from './states.tsx';
import { Table } from './table.tsx';
import { Weekdays, type Weekday } from './weekdays.tsx';

const closedDays = api.companies[':company']['closed-days'];

/** The calendar: days on which no report is expected of a company, a store or a till. */
export function ClosedDays({ company }: { readonly company: string }) {
  const { t } = useTranslation();
  const maySettle = useRights(company).includes('settle');
  return (
    <section className="panel" aria-labelledby="closed-days">
      <header>
        <h2 id="closed-days">{t('closed.title')}</h2>
      </header>
      <p className="body quiet small" style={{ margin: 0 }}>
        {t('closed.text')}
      </p>
      <Shown of={useQuery(closedDaysQuery(company))}>
        {({ closed }) => <List company={company} closed={closed} maySettle={maySettle} />}
      </Shown>
      {maySettle ? <Add company={company} /> : null}
    </section>
  );
}

function List(of: {
  readonly company: string;
  readonly closed: readonly Closed[];
  readonly maySettle: boolean;
}) {
  const { t } = useTranslation();
  const removing = useMutation({
    mutationFn: (closed: string) =>
      answer(closedDays[':closed'].$delete({ param: { company: of.company, closed } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['company', of.company] }),
  });
  if (of.closed.length === 0) return <Empty says={t('closed.none')} />;
  return (
    <>
      <Table
        label={t('closed.days')}
        heads={[
          { text: t('closed.days') },
          { text: t('balances.where') },
          { text: t('closed.why') },
          { text: '' },
        ]}
      >
        {of.closed.map((one) => (
          <tr key={one.id}>
            <td>
              <Days of={one} />
            </td>
            <td>
              {one.store === null ? t('closed.everywhere') : `${t('closed.store')} ${one.store}`}
              {one.till === null ? null : `, ${t('closed.till')} ${one.till}`}
            </td>
            <td>
              {one.why} <span className="quiet small">{one.by}</span>
            </td>
            <td className="num">
              {of.maySettle ? (
                <Button
                  size="compact-xs"
                  variant="default"
                  loading={removing.isPending && removing.variables === one.id}
                  onClick={() => removing.mutate(one.id)}
                >
                  {t('schedule.remove')}
                </Button>
              ) : null}
            </td>
          </tr>
        ))}
      </Table>
      {removing.error === null ? null : <Failed error={removing.error} />}
    </>
  );
}

function Days({ of: { from, to, weekdays } }: { readonly of: Closed }) {
  const { t } = useTranslation();
  if (from === to) return dayText(from);
  const named = weekdays.map((one) => t(`weekday.${one as Weekday}`));
  return (
    <>
      {to === null
        ? t('closed.since', { day: dayText(from) })
        : `${dayText(from)} – ${dayText(to)}`}{' '}
      <span className="quiet small">{named.join(', ')}</span>
    </>
  );
}

const SPANS = ['day', 'period', 'on'] as const;

const NOTHING = {
  ...{ span: 'day' as (typeof SPANS)[number], from: '', to: '', store: '', till: '', why: '' },
  weekdays: [] as readonly Weekday[],
};

/** What was filled in, as the hub takes it: what is empty means all. */
function wanted({ span, from, to, store, till, why, weekdays }: typeof NOTHING) {
  const last = { day: from, period: to, on: null }[span];
  return {
    ...{ from, to: last, weekdays: span === 'day' ? [] : [...weekdays], why },
    ...{ store: store.trim() || null, till: till.trim() || null },
  };
}

function Add({ company }: { readonly company: string }) {
  const { t } = useTranslation();
  const [said, setSaid] = useState(NOTHING);
  const adding = useMutation({
    mutationFn: () => answer(closedDays.$post({ param: { company }, json: wanted(said) })),
    onSuccess: () => {
      setSaid(NOTHING);
      return queries.invalidateQueries({ queryKey: ['company', company] });
    },
  });
  const field = (name: Exclude<keyof typeof said, 'weekdays' | 'span'>) => ({
    value: said[name],
    onChange: ({ currentTarget }: { currentTarget: HTMLInputElement }) => {
      setSaid({ ...said, [name]: currentTarget.value });
    },
  });
  return (
    <form
      className="body inline-form"
      aria-label={t('closed.add')}
      onSubmit={(event) => {
        event.preventDefault();
        adding.mutate();
      }}
    >
      <NativeSelect
        label={t('closed.span')}
        data={SPANS.map((value) => ({ value, label: t(`closed.${value}`) }))}
        value={said.span}
        onChange={({ currentTarget }) =>
          setSaid({ ...said, span: SPANS.find((one) => one === currentTarget.value) ?? 'day' })
        }
      />
      <TextInput
        label={t(said.span === 'day' ? 'documents.date' : 'documents.from')}
        type="date"
        required
        {...field('from')}
      />
      {said.span === 'period' ? (
        <TextInput label={t('documents.to')} type="date" required {...field('to')} />
      ) : null}
      <TextInput label={t('closed.onlyStore')} {...field('store')} />
      <TextInput label={t('closed.onlyTill')} {...field('till')} />
      <TextInput label={t('closed.why')} required {...field('why')} />
      {said.span === 'day' ? null : (
        <Weekdays
          label={t('closed.onlyWeekdays')}
          chosen={said.weekdays}
          choose={(weekdays) => setSaid({ ...said, weekdays })}
        />
      )}
      <Button type="submit" loading={adding.isPending}>
        {t('closed.add')}
      </Button>
      {adding.error === null ? null : (
        <Alert color="red" variant="outline" role="alert">
          {adding.error.message}
        </Alert>
      )}
    </form>
  );
}
