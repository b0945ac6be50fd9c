import {
  ActionIcon,
  AppShell,
  Burger,
  Menu,
  NativeSelect,
  useComputedColorScheme,
  useMantineColorScheme,
} from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import {
  Link,
  Navigate,
  Outlet,
  useNavigate,
  useParams,
  useRouterState,
} from '@tanstack/react-router';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { Me, Right } from './api.ts';
import { countText } from './format.ts';
import { changeLanguage, LANGUAGES, type Language } from './language.ts';
import { useLive } from './live.ts';
import { DemoBanner } from './parts/demo-banner.tsx';
import { Icon } from './parts/icon.tsx';
import { Failed, Loading } from './parts/states.tsx';
import { firmQuery, meQuery, queries } from './queries.ts';
import { signOut } from './sign-in.ts';

const PAGES = [
  { to: '/c/$company', key: 'overview', right: 'read' },
  { to: '/c/$company/held', key: 'held', right: 'read' },
  { to: '/c/$company/documents', key: 'documents', right: 'read' },
  { to: '/c/$company/import', key: 'import', right: 'import' },
  { to: '/c/$company/reconcile', key: 'reconcile', right: 'read' },
] as const satisfies readonly PageLink[];

/** What is set up once and looked at seldom. */
const SETTINGS = [
  { to: '/c/$company/connections', key: 'connections', right: 'read' },
  { to: '/c/$company/flows', key: 'flows', right: 'read' },
  { to: '/c/$company/schedules', key: 'schedules', right: 'read' },
  { to: '/c/$company/settings', key: 'company', right: 'read' },
  { to: '/c/$company/documentation', key: 'documentation', right: 'read' },
  { to: '/c/$company/settings/keys', key: 'keys', right: 'manage' },
  { to: '/c/$company/settings/webhooks', key: 'webhooks', right: 'connect' },
  { to: '/c/$company/audit', key: 'audit', right: 'manage' },
] as const satisfies readonly PageLink[];

type PageLink = { readonly to: string; readonly key: string; readonly right: Right };

/** What stands around every page: where one is, for which company, and who one is. */
export function Shell() {
  const { t } = useTranslation();
  const [isOpen, { toggle, close }] = useDisclosure(false);
  const me = useQuery(meQuery);
  const { company: id } = useParams({ strict: false });
  const path = useRouterState({ select: ({ location }) => location.pathname });
  useLive(me.data?.companies.map((one) => one.id).join() ?? null);
  useEffect(() => close(), [path]);
  if (me.data === undefined) {
    return me.error === null ? <Loading /> : <Failed error={me.error} />;
  }
  // The firm asks for codes first: nothing else answers until they are there.
  if (me.data.lacksFactor && path !== '/account') return <Navigate to="/account" />;
  const company = me.data.companies.find((one) => one.id === id);
  return (
    <AppShell
      header={{ height: 52 }}
      navbar={{ width: 220, breakpoint: 'sm', collapsed: { mobile: !isOpen, desktop: !company } }}
      padding="md"
      transitionDuration={0}
    >
      <a className="skip" href="#content">
        {t('app.skip')}
      </a>
      <AppShell.Header>
        <div className="between" style={{ height: '100%', padding: '0 0.9rem' }}>
          <div className="between">
            {company ? (
              <Burger
                opened={isOpen}
                onClick={toggle}
                hiddenFrom="sm"
                size="sm"
                aria-label={t('app.menu')}
              />
            ) : null}
            <Link
              to="/"
              className="brand"
              aria-label={`${me.data.firmName || 'Bokbro'}: ${t('app.allCompanies')}`}
            >
              <img src="/icon.svg" width="24" height="24" alt="" />
              <span className="wide-only">{me.data.firmName || 'Bokbro'}</span>
            </Link>
            <CompanySwitcher me={me.data} chosen={id ?? ''} />
          </div>
          <Account me={me.data} />
        </div>
      </AppShell.Header>
      {company ? (
        <AppShell.Navbar p="xs" aria-label={t('app.menu')}>
          <PageLinks company={company} />
        </AppShell.Navbar>
      ) : null}
      <AppShell.Main id="content" tabIndex={-1}>
        <div className="page">
          {company?.isDemo === true ? (
            <DemoBanner mayEnd={me.data.firm.includes('manage')} />
          ) : null}
          {id !== undefined && company === undefined ? <Failed notFound /> : <Outlet />}
        </div>
      </AppShell.Main>
    </AppShell>
  );
}

function PageLinks({ company }: { readonly company: Me['companies'][number] }) {
  const { t } = useTranslation();
  const firm = useQuery(firmQuery());
  const figures = firm.data?.companies.find(({ id }) => id === company.id);
  const waits = (figures?.held ?? 0) + (figures?.review ?? 0);
  const linkTo = ({ to, key }: (typeof PAGES)[number] | (typeof SETTINGS)[number]) => (
    <Link
      key={key}
      to={to}
      params={{ company: company.id }}
      className="nav-link"
      activeProps={{ className: 'active', 'aria-current': 'page' }}
      activeOptions={{ exact: key === 'overview' || key === 'company', includeSearch: false }}
    >
      <span>{t(`nav.${key}`)}</span>
      {key === 'held' && waits > 0 ? <span className="pill warn">{countText(waits)}</span> : null}
    </Link>
  );
  return (
    <>
      {PAGES.filter(({ right }) => company.rights.includes(right)).map(linkTo)}
      <p className="nav-group quiet small">{t('nav.settings')}</p>
      {SETTINGS.filter(({ right }) => company.rights.includes(right)).map(linkTo)}
    </>
  );
}

function CompanySwitcher({ me, chosen }: { readonly me: Me; readonly chosen: string }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  return (
    <NativeSelect
      aria-label={t('app.company')}
      size="xs"
      value={chosen}
      style={{ maxWidth: '15rem', minWidth: 0 }}
      data={[
        { value: '', label: t('app.allCompanies') },
        ...me.companies.map(({ id, name }) => ({ value: id, label: name })),
      ]}
      onChange={({ currentTarget: { value: company } }) => {
        void (company === ''
          ? navigate({ to: '/' })
          : navigate({ to: '/c/$company', params: { company } }));
      }}
    />
  );
}

function Account({ me }: { readonly me: Me }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  return (
    <div className="between" style={{ gap: '0.4rem' }}>
      <LanguageChoice />
      <SchemeButton />
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="default" size="md" aria-label={`${t('app.account')}: ${me.name}`}>
            <Icon name="person" />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label style={{ color: 'var(--bb-quiet)' }}>{me.email}</Menu.Label>
          <Menu.Item component={Link} to="/account">
            {t('app.account')}
          </Menu.Item>
          {me.firm.includes('manage') ? (
            <>
              <Menu.Item component={Link} to="/people">
                {t('people.title')}
              </Menu.Item>
              <Menu.Item component={Link} to="/settings">
                {t('house.title')}
              </Menu.Item>
            </>
          ) : null}
          <Menu.Item
            onClick={() => {
              void signOut().then(() => {
                queries.clear();
                return navigate({ to: '/sign-in' });
              });
            }}
          >
            {t('app.signOut')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </div>
  );
}

/** Chosen before anybody has signed in, too. */
export function LanguageChoice() {
  const { t, i18n } = useTranslation();
  return (
    <NativeSelect
      aria-label={t('app.language')}
      size="xs"
      w={64}
      value={i18n.language}
      data={LANGUAGES.map((value) => ({ value, label: value }))}
      onChange={({ currentTarget }) => {
        void changeLanguage(currentTarget.value as Language);
      }}
    />
  );
}

export function SchemeButton() {
  const { t } = useTranslation();
  const { setColorScheme } = useMantineColorScheme();
  const isDark = useComputedColorScheme('light') === 'dark';
  return (
    <ActionIcon
      variant="default"
      size="md"
      aria-label={t(isDark ? 'app.light' : 'app.dark')}
      onClick={() => setColorScheme(isDark ? 'light' : 'dark')}
    >
      <Icon name={isDark ? 'sun' : 'moon'} />
    </ActionIcon>
  );
}
