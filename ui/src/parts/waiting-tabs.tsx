import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { countText } from '../format.ts';
import { firmQuery } from '../queries.ts';

const TABS = [
  { to: '/c/$company/held', key: 'questions', count: 'held' },
  { to: '/c/$company/held/review', key: 'approvals', count: 'review' },
] as const;

/** What waits for a person: what only they know, and what they said they want to see first. */
export function WaitingTabs({ company }: { readonly company: string }) {
  const { t } = useTranslation();
  const figures = useQuery(firmQuery()).data?.companies.find(({ id }) => id === company);
  return (
    <nav className="tabs no-print" aria-label={t('held.title')}>
      {TABS.map(({ to, key, count }) => (
        <Link
          key={key}
          to={to}
          params={{ company }}
          activeOptions={{ exact: true, includeSearch: false }}
          activeProps={{ 'aria-current': 'page' }}
        >
          {t(`review.${key}`)}
          {figures === undefined ? null : (
            <span className={`pill ${figures[count] > 0 ? 'warn' : ''}`}>
              {countText(figures[count])}
            </span>
          )}
        </Link>
      ))}
    </nav>
  );
}

/** Where what waits is settled: questions first, when there are any. */
export function waitingPage(of: { readonly held: number; readonly review: number }) {
  return of.held === 0 && of.review > 0
    ? ('/c/$company/held/review' as const)
    : ('/c/$company/held' as const);
}
