import { Alert, Button, PasswordInput, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../api.ts';
import { timeText } from '../format.ts';
import { FactorPanel } from '../parts/factor-panel.tsx';
import { Panel } from '../parts/panel.tsx';
import { passwordSays } from '../parts/password-says.ts';
import { Shown } from '../parts/states.tsx';
import { accountQuery, meQuery, queries } from '../queries.ts';
import { addPasskey, hasPasskeys, removePasskey } from '../sign-in.ts';

/** How one signs in oneself, and where one has. */
export function AccountPage() {
  const { t } = useTranslation();
  const me = useQuery(meQuery);
  const account = useQuery(accountQuery);
  return (
    <>
      <div className="page-head">
        <div>
          <h1>{t('account.title')}</h1>
          <span className="quiet small">{me.data?.email}</span>
        </div>
      </div>
      {me.data?.lacksFactor === true ? (
        <Alert color="yellow" variant="outline" role="alert" mb="sm">
          {t('house.codesFirst')}
        </Alert>
      ) : null}
      <Shown of={account}>
        {(own) => (
          <div className="stack">
            {own.hasPassword ? <PasswordPanel /> : null}
            {own.hasPassword ? <FactorPanel isOn={own.hasFactor} /> : null}
            <Passkeys passkeys={own.passkeys} />
            <Sessions sessions={own.sessions} />
          </div>
        )}
      </Shown>
    </>
  );
}

const changed = () => queries.invalidateQueries({ queryKey: ['account'] });

function PasswordPanel() {
  const { t } = useTranslation();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const changing = useMutation({
    mutationFn: () => answer(api.account.password.$put({ json: { current, next } })),
    onSuccess: async () => {
      setCurrent('');
      setNext('');
      await changed();
    },
  });
  return (
    <Panel title={t('sign.password')}>
      <form
        className="stack narrow"
        onSubmit={(event) => {
          event.preventDefault();
          changing.mutate();
        }}
      >
        <PasswordInput
          label={t('account.current')}
          autoComplete="current-password"
          required
          visibilityToggleButtonProps={{ 'aria-hidden': true }}
          value={current}
          onChange={({ currentTarget }) => setCurrent(currentTarget.value)}
        />
        <PasswordInput
          label={t('account.next')}
          description={t('sign.passwordHelp')}
          autoComplete="new-password"
          required
          visibilityToggleButtonProps={{ 'aria-hidden': true }}
          value={next}
          onChange={({ currentTarget }) => setNext(currentTarget.value)}
        />
        {changing.error === null ? null : (
          <Alert color="red" variant="outline" role="alert">
            {passwordSays(t, changing.error) ?? t('account.wrongPassword')}
          </Alert>
        )}
        {changing.isSuccess ? <p role="status">{t('account.passwordChanged')}</p> : null}
        <div>
          <Button type="submit" loading={changing.isPending}>
            {t('account.change')}
          </Button>
        </div>
      </form>
    </Panel>
  );
}

type Own = Awaited<ReturnType<NonNullable<typeof accountQuery.queryFn>>>;

function Passkeys({ passkeys }: Pick<Own, 'passkeys'>) {
  const { t } = useTranslation();
  const [name, setName] = useState('');
  const adding = useMutation({
    mutationFn: () => addPasskey(name),
    onSuccess: async () => {
      setName('');
      await changed();
    },
  });
  const removing = useMutation({ mutationFn: removePasskey, onSuccess: changed });
  return (
    <Panel title={t('account.passkeys')}>
      <p className="quiet small">{t('account.passkeysText')}</p>
      {passkeys.length === 0 ? <p className="quiet">{t('account.noPasskeys')}</p> : null}
      <ul className="plain-list">
        {passkeys.map((one) => (
          <li key={one.id} className="between">
            <span>
              <strong>{one.name}</strong>{' '}
              <span className="quiet small">{timeText(one.madeAtMs)}</span>
            </span>
            <Button
              variant="default"
              size="xs"
              aria-label={`${t('account.remove')}: ${one.name ?? ''}`}
              onClick={() => removing.mutate(one.id)}
            >
              {t('account.remove')}
            </Button>
          </li>
        ))}
      </ul>
      {hasPasskeys() ? (
        <form
          className="stack narrow"
          onSubmit={(event) => {
            event.preventDefault();
            adding.mutate();
          }}
        >
          <TextInput
            label={t('account.passkeyName')}
            placeholder={t('account.passkeyExample')}
            required
            maxLength={60}
            value={name}
            onChange={({ currentTarget }) => setName(currentTarget.value)}
          />
          {adding.error === null ? null : (
            <Alert color="red" variant="outline" role="alert">
              {t('account.passkeyFailed')}
            </Alert>
          )}
          <div>
            <Button type="submit" loading={adding.isPending}>
              {t('account.addPasskey')}
            </Button>
          </div>
        </form>
      ) : (
        <p className="quiet small">{t('account.noSupport')}</p>
      )}
    </Panel>
  );
}

function Sessions({ sessions }: Pick<Own, 'sessions'>) {
  const { t } = useTranslation();
  const ending = useMutation({
    mutationFn: (session: string) => {
      return answer(api.account.sessions[':session'].$delete({ param: { session } }));
    },
    onSuccess: changed,
  });
  return (
    <Panel title={t('account.sessions')}>
      <ul className="plain-list">
        {sessions.map((one) => (
          <li key={one.id} className="between">
            <span>
              <strong>{browserName(one.browser)}</strong>{' '}
              <span className="quiet small">
                {one.address} · {timeText(one.beganAtMs)}
              </span>
            </span>
            {one.isThis ? (
              <span className="pill good">{t('account.thisSession')}</span>
            ) : (
              <Button variant="default" size="xs" onClick={() => ending.mutate(one.id)}>
                {t('account.end')}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Panel>
  );
}

/** The best known word of what a browser calls itself; most call themselves several. */
function browserName(said: string | null): string {
  const known = ['Edg', 'OPR', 'Firefox', 'Chrome', 'Safari'].find((one) => said?.includes(one));
  return known === undefined ? (said ?? '–').slice(0, 40) : known.replace('Edg', 'Edge');
}
