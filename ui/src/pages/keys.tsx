import { Alert, Button, Checkbox, NativeSelect, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api, type Key } from '../api.ts';
import { agoText, timeText } from '../format.ts';
import { Confirmed } from '../parts/confirmed.tsx';
import { Once } from '../parts/once.tsx';
import { Panel } from '../parts/panel.tsx';
import { Empty, Shown } from '../parts/states.tsx';
import { Table } from '../parts/table.tsx';
import { keysQuery, queries } from '../queries.ts';

const SCOPES = [
  ...(['files', 'balances'] as const),
  ...(['read', 'approve', 'settle', 'import', 'connect'] as const),
] as const;
const DAYS = [30, 90, 365] as const;

type Scope = (typeof SCOPES)[number];

const keys = api.companies[':company'].keys;

const changed = (company: string) =>
  queries.invalidateQueries({ queryKey: ['company', company, 'keys'] });

/** Keys with which programs reach a company. */
export function KeysPage() {
  const { t } = useTranslation();
  const { company } = useParams({ from: '/shell/c/$company/settings/keys' });
  return (
    <>
      <div className="page-head">
        <div>
          <h1>{t('keys.title')}</h1>
          <span className="quiet small">{t('keys.text')}</span>
        </div>
      </div>
      <div className="stack">
        <MakeKey company={company} />
        <Panel title={t('keys.list')}>
          <Shown of={useQuery(keysQuery(company))}>
            {(data) => <KeyTable keys={data.keys} company={company} />}
          </Shown>
        </Panel>
      </div>
    </>
  );
}

function MakeKey({ company }: { readonly company: string }) {
  const { t } = useTranslation();
  const [name, setName] = useState('');
  const [scopes, setScopes] = useState<readonly Scope[]>(['read']);
  const [days, setDays] = useState('90');
  const making = useMutation({
    mutationFn: () => {
      const json = { name, scopes: [...scopes], days: days === '' ? null : Number(days) };
      return answer(keys.$post({ param: { company }, json }));
    },
    onSuccess: async () => {
      setName('');
      await changed(company);
    },
  });
  return (
    <Panel title={t('keys.make')}>
      <form
        className="stack narrow"
        onSubmit={(event) => {
          event.preventDefault();
          making.mutate();
        }}
      >
        <TextInput
          label={t('keys.name')}
          description={t('keys.nameHelp')}
          required
          maxLength={100}
          value={name}
          onChange={({ currentTarget }) => setName(currentTarget.value)}
        />
        <Checkbox.Group
          label={t('keys.scopes')}
          value={[...scopes]}
          onChange={(chosen) => setScopes(SCOPES.filter((scope) => chosen.includes(scope)))}
        >
          <div className="stack tight">
            {SCOPES.map((scope) => (
              <Checkbox key={scope} value={scope} label={t(`scope.${scope}`)} />
            ))}
          </div>
        </Checkbox.Group>
        <NativeSelect
          label={t('keys.end')}
          value={days}
          data={[
            ...DAYS.map((count) => ({ value: String(count), label: t('keys.days', { count }) })),
            { value: '', label: t('keys.never') },
          ]}
          onChange={({ currentTarget }) => setDays(currentTarget.value)}
        />
        {making.error === null ? null : (
          <Alert color="red" variant="outline" role="alert">
            {making.error.message}
          </Alert>
        )}
        <div>
          <Button type="submit" loading={making.isPending} disabled={scopes.length === 0}>
            {t('keys.make')}
          </Button>
        </div>
      </form>
      {making.data === undefined ? null : (
        <Once label={t('keys.key')} help={t('keys.keyHelp')} secret={making.data.key} />
      )}
    </Panel>
  );
}

function KeyTable(of: { readonly keys: readonly Key[]; readonly company: string }) {
  const { t } = useTranslation();
  if (of.keys.length === 0) return <Empty says={t('keys.none')} />;
  return (
    <Table
      label={t('keys.title')}
      heads={[
        { text: t('keys.name') },
        { text: t('keys.scopes') },
        { text: t('keys.madeBy'), isWide: true },
        { text: t('keys.lastUsed') },
        { text: t('keys.end') },
        { text: '' },
      ]}
    >
      {of.keys.map((key) => (
        <OneKey key={key.id} of={key} company={of.company} />
      ))}
    </Table>
  );
}

function OneKey({ of, company }: { readonly of: Key; readonly company: string }) {
  const { t } = useTranslation();
  const ending = useMutation({
    mutationFn: () => answer(keys[':key'].$delete({ param: { company, key: of.id } })),
    onSuccess: () => changed(company),
  });
  const scopes = SCOPES.filter((scope) => of.scopes.includes(scope));
  return (
    <tr>
      <td>
        <strong>{of.name}</strong>{' '}
        {of.prefix === null ? null : <code className="small">{of.prefix}…</code>}
      </td>
      <td>{scopes.map((scope) => t(`scope.${scope}`)).join(', ')}</td>
      <td className="wide-only">
        {of.by} <span className="quiet small">{timeText(of.madeAtMs)}</span>
      </td>
      <td>{of.lastUsedAtMs === null ? t('keys.unused') : agoText(of.lastUsedAtMs)}</td>
      <td>{of.expiresAtMs === null ? t('keys.never') : timeText(of.expiresAtMs)}</td>
      <td>
        <Confirmed
          says={t('keys.endNow')}
          asks={t('keys.sure')}
          about={of.name}
          isPending={ending.isPending}
          act={() => ending.mutate()}
        />
        {ending.error === null ? null : <span role="alert">{ending.error.message}</span>}
      </td>
    </tr>
  );
}
