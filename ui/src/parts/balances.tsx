import { Alert, Button, NativeSelect, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api, type Balances as Ways } from '../api.ts';
import { agoText } from '../format.ts';
import { balancesQuery, queries } from '../queries.ts';
import { Empty, Shown } from './states.tsx';
import { Table } from './table.tsx';

const balances = api.companies[':company'].balances[':flow'];

/** Where what customers owe goes back to a till: folder, SFTP server or HTTP. */
export function Balances(of: { readonly company: string; readonly mayChange: boolean }) {
  const { t } = useTranslation();
  return (
    <section className="panel" aria-labelledby="balances">
      <header>
        <h2 id="balances">{t('balances.title')}</h2>
      </header>
      <Shown of={useQuery(balancesQuery(of.company))}>
        {(ways) => (
          <>
            <List company={of.company} ways={ways} mayChange={of.mayChange} />
            {of.mayChange && ways.flows.length > 0 ? (
              <Set company={of.company} ways={ways} />
            ) : null}
          </>
        )}
      </Shown>
    </section>
  );
}

function List(of: { readonly company: string; readonly ways: Ways; readonly mayChange: boolean }) {
  const { t } = useTranslation();
  const { put, served, flows } = of.ways;
  if (put.length + served.length === 0) {
    return <Empty says={t(flows.length === 0 ? 'balances.noTill' : 'balances.none')} />;
  }
  return (
    <Table
      label={t('balances.ways')}
      heads={[
        { text: t('reconcile.flow') },
        { text: t('balances.where') },
        { text: t('schedule.when') },
        { text: t('schedule.latest') },
        { text: '' },
      ]}
    >
      {put.map(({ flow, name, folder, place, times, returnedAtMs, isStale, trouble }) => (
        <tr key={`put ${flow}`}>
          <td>{name}</td>
          <td style={{ overflowWrap: 'anywhere' }}>
            {folder} {place === null ? null : <span className="quiet small">{place}</span>}
          </td>
          <td>{times.join(', ')}</td>
          <td>
            {trouble === null ? (
              <When atMs={returnedAtMs} isStale={isStale} />
            ) : (
              <>
                <span className="pill bad">!</span> {trouble}
              </>
            )}
          </td>
          <td className="num">
            {of.mayChange ? <End company={of.company} flow={flow} way="put" /> : null}
          </td>
        </tr>
      ))}
      {served.map(({ flow, name, url, times, madeAtMs, isStale }) => (
        <tr key={`served ${flow}`}>
          <td>{name}</td>
          <td style={{ overflowWrap: 'anywhere' }}>
            <code>{url}</code>
          </td>
          <td>{times.join(', ')}</td>
          <td>
            <When atMs={madeAtMs} isStale={isStale} />
          </td>
          <td className="num">
            {of.mayChange ? <End company={of.company} flow={flow} way="served" /> : null}
          </td>
        </tr>
      ))}
    </Table>
  );
}

function When({ atMs, isStale }: { readonly atMs: number | null; readonly isStale: boolean }) {
  const { t } = useTranslation();
  return (
    <span className={`pill ${isStale || atMs === null ? 'warn' : 'good'}`}>
      {atMs === null ? t('schedule.notYet') : agoText(atMs)}
    </span>
  );
}

function End(of: {
  readonly company: string;
  readonly flow: string;
  readonly way: 'put' | 'served';
}) {
  const { t } = useTranslation();
  const param = { company: of.company, flow: of.flow };
  const ending = useMutation({
    mutationFn: () =>
      of.way === 'put'
        ? answer(balances.$delete({ param }))
        : answer(balances.served.$delete({ param })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['company', of.company] }),
  });
  return (
    <Button
      size="compact-xs"
      variant="default"
      loading={ending.isPending}
      onClick={() => ending.mutate()}
    >
      {t('schedule.remove')}
    </Button>
  );
}

/** Chosen where no SFTP server is meant. */
const FOLDER = 'folder';
const HTTP = 'http';

function Set({ company, ways }: { readonly company: string; readonly ways: Ways }) {
  const { t } = useTranslation();
  const wheres = [
    ...ways.servers.map(({ id, name }) => ({ value: id, label: `SFTP: ${name}` })),
    ...(ways.mayUseFolders ? [{ value: FOLDER, label: t('balances.folder') }] : []),
    { value: HTTP, label: t('balances.http') },
  ];
  const [said, setSaid] = useState({
    ...{ flow: ways.flows[0]?.id ?? '', where: wheres[0]?.value ?? HTTP },
    ...{ folder: '', times: '04:00' },
  });
  const setting = useMutation({
    mutationFn: async () => {
      const { flow, where, folder } = said;
      const param = { company, flow };
      const times = said.times.split(/[\s,]+/).filter(Boolean);
      if (where === HTTP) return answer(balances.served.$put({ param, json: { times } }));
      const place = where === FOLDER ? null : where;
      return answer(balances.$put({ param, json: { folder, place, times } }));
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: ['company', company] }),
  });
  const field = (name: keyof typeof said) => ({
    value: said[name],
    onChange: ({ currentTarget }: { currentTarget: HTMLInputElement | HTMLSelectElement }) => {
      setSaid({ ...said, [name]: currentTarget.value });
    },
  });
  return (
    <form
      className="body inline-form"
      aria-label={t('balances.set')}
      onSubmit={(event) => {
        event.preventDefault();
        setting.mutate();
      }}
    >
      <NativeSelect
        label={t('reconcile.flow')}
        data={ways.flows.map(({ id, name }) => ({ value: id, label: name }))}
        {...field('flow')}
      />
      <NativeSelect label={t('balances.where')} data={wheres} {...field('where')} />
      {said.where === HTTP ? null : (
        <TextInput label={t('place.folder')} required {...field('folder')} />
      )}
      <TextInput label={t('schedule.times')} required {...field('times')} />
      <Button type="submit" loading={setting.isPending}>
        {t('balances.set')}
      </Button>
      {said.where === HTTP ? <p className="quiet small">{t('balances.httpHelp')}</p> : null}
      {setting.error === null ? null : (
        <Alert color="red" variant="outline" role="alert">
          {setting.error.message}
        </Alert>
      )}
    </form>
  );
}
