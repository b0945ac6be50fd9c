import { Alert, Button, NativeSelect, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api, type Schedules } from '../api.ts';
import { agoText, timeText } from '../format.ts';
import { Balances } from '../parts/balances.tsx';
import { ClosedDays } from '../parts/closed-days.tsx';
import { Missing } from '../parts/missing.tsx';
import { Empty, Shown } from '../parts/states.tsx';
import { Table } from '../parts/table.tsx';
import { Weekdays, type Weekday } from '../parts/weekdays.tsx';
import { queries, schedulesQuery, useRights } from '../queries.ts';

const schedules = api.companies[':company'].schedules;

/** What is done by itself, what has not come, and where balances go back to. */
export function SchedulesPage() {
  const { t } = useTranslation();
  const { company } = useParams({ from: '/shell/c/$company/schedules' });
  const mayChange = useRights(company).includes('connect');
  return (
    <>
      <div className="page-head">
        <div>
          <h1>{t('schedule.title')}</h1>
          <span className="quiet small">{t('schedule.text')}</span>
        </div>
      </div>
      <Shown of={useQuery(schedulesQuery(company))}>
        {(data) => (
          <div className="stack">
            <List company={company} of={data} mayChange={mayChange} />
            {mayChange ? <Add company={company} flows={data.flows} /> : null}
            <Missing company={company} missing={data.missing} dismissed={data.dismissed} />
            <ClosedDays company={company} />
            <Balances company={company} mayChange={mayChange} />
          </div>
        )}
      </Shown>
    </>
  );
}

const TONES = { clean: 'good', found: 'warn', failed: 'bad', interrupted: 'warn' } as const;

function List(of: {
  readonly company: string;
  readonly of: Schedules;
  readonly mayChange: boolean;
}) {
  const { t } = useTranslation();
  const all = of.of.schedules;
  return (
    <section className="panel">
      {all.length === 0 ? (
        <Empty says={t('schedule.none')} />
      ) : (
        <Table
          label={t('schedule.title')}
          heads={[
            { text: t('schedule.what') },
            { text: t('schedule.when') },
            { text: t('schedule.next'), isWide: true },
            { text: t('schedule.latest') },
            { text: '' },
          ]}
        >
          {all.map((one) => (
            <Row key={one.id} company={of.company} of={one} mayChange={of.mayChange} />
          ))}
        </Table>
      )}
    </section>
  );
}

function Row(of: {
  readonly company: string;
  readonly of: Schedules['schedules'][number];
  readonly mayChange: boolean;
}) {
  const { t } = useTranslation();
  const { id, act, flow, times, days, dueAtMs, latest } = of.of;
  const param = { company: of.company, schedule: id };
  const refetch = () => queries.invalidateQueries({ queryKey: ['company', of.company] });
  const running = useMutation({
    mutationFn: () => answer(schedules[':schedule'].run.$post({ param })),
    onSuccess: refetch,
  });
  const removing = useMutation({
    mutationFn: () => answer(schedules[':schedule'].$delete({ param })),
    onSuccess: refetch,
  });
  const outcome = latest?.outcome ?? null;
  const named = (day: string): string =>
    /^\d/.test(day) ? t('schedule.ofMonth', { day }) : t(`weekday.${day as Weekday}`);
  return (
    <tr>
      <td>
        {t(`schedule.${act}`)} <span className="quiet small">{flow}</span>
      </td>
      <td>
        {times.join(', ')}{' '}
        <span className="quiet small">
          {days.length === 0 ? t('schedule.daily') : days.map(named).join(', ')}
        </span>
      </td>
      <td className="wide-only">{timeText(dueAtMs)}</td>
      <td>
        {latest === null ? (
          <span className="quiet">{t('schedule.notYet')}</span>
        ) : (
          <>
            <span className={`pill ${outcome === null ? '' : TONES[outcome]}`}>
              {agoText(latest.begunAtMs)}
            </span>{' '}
            {latest.says}
          </>
        )}
      </td>
      <td className="num">
        {of.mayChange ? (
          <>
            <Button
              size="compact-xs"
              variant="default"
              loading={running.isPending}
              onClick={() => running.mutate()}
            >
              {t('schedule.run')}
            </Button>{' '}
            <Button
              size="compact-xs"
              variant="default"
              loading={removing.isPending}
              onClick={() => removing.mutate()}
            >
              {t('schedule.remove')}
            </Button>
          </>
        ) : null}
      </td>
    </tr>
  );
}

function Add(of: { readonly company: string; readonly flows: Schedules['flows'] }) {
  const { t } = useTranslation();
  const [said, setSaid] = useState({ what: 'missing', times: '07:00', days: '' });
  const [weekdays, setWeekdays] = useState<readonly Weekday[]>([]);
  const setting = useMutation({
    mutationFn: () => {
      const isMissing = said.what === 'missing';
      const words = (text: string): string[] => text.split(/[\s,]+/).filter(Boolean);
      const json = {
        ...{ times: words(said.times), days: [...weekdays, ...words(said.days)] },
        daysBack: isMissing ? 31 : 7,
        act: isMissing ? ('missing' as const) : ('reconcile' as const),
        flow: isMissing ? null : said.what,
      };
      return answer(schedules.$post({ param: { company: of.company }, json }));
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: ['company', of.company] }),
  });
  const field = (name: keyof typeof said) => ({
    value: said[name],
    onChange: ({ currentTarget }: { currentTarget: HTMLInputElement | HTMLSelectElement }) => {
      setSaid({ ...said, [name]: currentTarget.value });
    },
  });
  return (
    <form
      className="panel body inline-form"
      aria-label={t('schedule.add')}
      onSubmit={(event) => {
        event.preventDefault();
        setting.mutate();
      }}
    >
      <NativeSelect
        label={t('schedule.what')}
        data={[
          { value: 'missing', label: t('schedule.missing') },
          ...of.flows.map(({ id, name }) => ({
            value: id,
            label: `${t('schedule.reconcile')} ${name}`,
          })),
        ]}
        {...field('what')}
      />
      <TextInput label={t('schedule.times')} required {...field('times')} />
      <Weekdays label={t('schedule.weekdays')} chosen={weekdays} choose={setWeekdays} />
      <TextInput label={t('schedule.days')} placeholder="1, 15, 31" {...field('days')} />
      <Button type="submit" loading={setting.isPending}>
        {t('schedule.add')}
      </Button>
      {setting.error === null ? null : (
        <Alert color="red" variant="outline" role="alert">
          {setting.error.message}
        </Alert>
      )}
    </form>
  );
}
