import { Alert, Button, NativeSelect, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api, type Me } from '../api.ts';
import { timeText } from '../format.ts';
import { Once } from '../parts/once.tsx';
import { Panel } from '../parts/panel.tsx';
import { Shown } from '../parts/states.tsx';
import { meQuery, peopleQuery, queries, type People } from '../queries.ts';

const ROLES = ['owner', 'bookkeeper', 'approver', 'reader', 'integrator'] as const;

type Role = (typeof ROLES)[number];
type Person = People['people'][number];

const changed = () => queries.invalidateQueries({ queryKey: ['people'] });

/** Who can sign in, and what they may do. */
export function PeoplePage() {
  const { t } = useTranslation();
  const people = useQuery(peopleQuery);
  const me = useQuery(meQuery);
  return (
    <>
      <div className="page-head">
        <div>
          <h1>{t('people.title')}</h1>
          <span className="quiet small">{t('people.text')}</span>
        </div>
      </div>
      <Shown of={people}>
        {(found) => (
          <Shown of={me}>
            {(self) => (
              <div className="stack">
                <Invite me={self} />
                {found.invitations.length === 0 ? null : <Open of={found} me={self} />}
                {found.people.map((person) => (
                  <One key={person.id} person={person} me={self} />
                ))}
              </div>
            )}
          </Shown>
        )}
      </Shown>
    </>
  );
}

function Invite({ me }: { readonly me: Me }) {
  const { t } = useTranslation();
  const [email, setEmail] = useState('');
  const [given, setGiven] = useState<Given>({ role: 'bookkeeper', companyId: null });
  const inviting = useMutation({
    mutationFn: () => answer(api.people.invitations.$post({ json: { email, ...given } })),
    onSuccess: async () => {
      setEmail('');
      await changed();
    },
  });
  return (
    <Panel title={t('people.invite')}>
      <form
        className="stack narrow"
        onSubmit={(event) => {
          event.preventDefault();
          inviting.mutate();
        }}
      >
        <TextInput
          label={t('sign.email')}
          type="email"
          autoComplete="off"
          required
          value={email}
          onChange={({ currentTarget }) => setEmail(currentTarget.value)}
        />
        <GivenFields me={me} given={given} give={setGiven} />
        {inviting.error === null ? null : (
          <Alert color="red" variant="outline" role="alert">
            {inviting.error.message}
          </Alert>
        )}
        <div>
          <Button type="submit" loading={inviting.isPending}>
            {t('people.makeLink')}
          </Button>
        </div>
      </form>
      {inviting.data === undefined ? null : (
        <Once label={t('people.link')} help={t('people.linkHelp')} secret={inviting.data.link} />
      )}
    </Panel>
  );
}

type Given = { readonly role: Role; readonly companyId: string | null };

function GivenFields(of: {
  readonly me: Me;
  readonly given: Given;
  readonly give: (given: Given) => void;
}) {
  const { t } = useTranslation();
  return (
    <>
      <NativeSelect
        label={t('people.role')}
        value={of.given.role}
        data={ROLES.map((value) => ({ value, label: t(`role.${value}`) }))}
        onChange={({ currentTarget }) => {
          of.give({ ...of.given, role: currentTarget.value as Role });
        }}
      />
      <NativeSelect
        label={t('people.where')}
        value={of.given.companyId ?? ''}
        data={[
          { value: '', label: t('people.everywhere') },
          ...of.me.companies.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        onChange={({ currentTarget: { value } }) => {
          of.give({ ...of.given, companyId: value === '' ? null : value });
        }}
      />
    </>
  );
}

function placeName(me: Me, companyId: string | null, everywhere: string): string {
  if (companyId === null) return everywhere;
  return me.companies.find(({ id }) => id === companyId)?.name ?? companyId;
}

function Open({ of, me }: { readonly of: People; readonly me: Me }) {
  const { t } = useTranslation();
  const withdrawing = useMutation({
    mutationFn: (invitation: string) => {
      return answer(api.people.invitations[':invitation'].$delete({ param: { invitation } }));
    },
    onSuccess: changed,
  });
  return (
    <Panel title={t('people.open')}>
      <ul className="plain-list">
        {of.invitations.map((one) => (
          <li key={one.id} className="between">
            <span>
              <strong>{one.email}</strong>{' '}
              <span className="quiet small">
                {[
                  t(`role.${one.role}`),
                  placeName(me, one.companyId, t('people.everywhere')),
                  t('people.until', { time: timeText(one.expiresAtMs) }),
                ].join(' · ')}
              </span>
            </span>
            <Button
              variant="default"
              size="xs"
              aria-label={`${t('people.withdraw')}: ${one.email}`}
              onClick={() => withdrawing.mutate(one.id)}
            >
              {t('people.withdraw')}
            </Button>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function One({ person, me }: { readonly person: Person; readonly me: Me }) {
  const { t } = useTranslation();
  const [given, setGiven] = useState<Given>({ role: 'bookkeeper', companyId: null });
  const [isSure, setIsSure] = useState(false);
  const param = { person: person.id };
  const at = api.people[':person'];
  const giving = useMutation({
    mutationFn: (json: { companyId: string | null; role: Role | null }) => {
      return answer(at.role.$put({ param, json }));
    },
    onSuccess: changed,
  });
  const ending = useMutation({ mutationFn: () => answer(at.sessions.$delete({ param })) });
  const removing = useMutation({
    mutationFn: () => answer(at.$delete({ param })),
    onSuccess: changed,
  });
  const wrong = giving.error ?? ending.error ?? removing.error;
  return (
    <Panel title={person.name}>
      <p className="quiet small">{person.email}</p>
      <ul className="plain-list">
        {person.roles.map(({ companyId, role }) => (
          <li key={companyId ?? ''} className="between">
            <span>
              {t(`role.${role}`)}, {placeName(me, companyId, t('people.everywhere'))}
            </span>
            <Button
              variant="default"
              size="xs"
              aria-label={`${t('people.takeRole')}: ${person.name}, ${t(`role.${role}`)}`}
              onClick={() => giving.mutate({ companyId, role: null })}
            >
              {t('people.takeRole')}
            </Button>
          </li>
        ))}
      </ul>
      <details className="more">
        <summary>{t('people.change')}</summary>
        <div className="stack narrow">
          <GivenFields me={me} given={given} give={setGiven} />
          <div className="between" style={{ justifyContent: 'start' }}>
            <Button variant="default" onClick={() => giving.mutate(given)}>
              {t('people.give')}
            </Button>
            <Button variant="default" onClick={() => ending.mutate()}>
              {t('people.signOut')}
            </Button>
            <Button
              variant="default"
              onClick={() => (isSure ? removing.mutate() : setIsSure(true))}
            >
              {t(isSure ? 'people.sure' : 'people.remove')}
            </Button>
          </div>
          {ending.isSuccess ? <p role="status">{t('people.signedOut')}</p> : null}
        </div>
      </details>
      {wrong === null ? null : (
        <Alert color="red" variant="outline" role="alert">
          {wrong.message}
        </Alert>
      )}
    </Panel>
  );
}
