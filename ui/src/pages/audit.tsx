import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../api.ts';
import { timeText } from '../format.ts';
import type { Texts } from '../text/sv.ts';
import { Empty, Failed, Loading } from '../parts/states.tsx';
import { Table } from '../parts/table.tsx';

const audit = api.companies[':company'].audit;

/** What was done, by whom. */
export function AuditPage() {
  const { t, i18n } = useTranslation();
  const { company } = useParams({ from: '/shell/c/$company/audit' });
  const trail = useInfiniteQuery({
    queryKey: ['company', company, 'audit', i18n.language],
    initialPageParam: '',
    queryFn: ({ pageParam }) => {
      const query = pageParam === '' ? {} : { before: pageParam };
      return answer(audit.$get({ param: { company }, query }));
    },
    getNextPageParam: ({ next }) => next,
  });
  const entries = trail.data?.pages.flatMap((page) => page.entries) ?? [];
  // The names of acts have points in them, which are no levels here.
  const named = (act: string): string => {
    const names = i18n.getResourceBundle(i18n.language, 'translation') as Texts;
    return (names.didAct as Readonly<Record<string, string>>)[act] ?? act;
  };
  return (
    <>
      <div className="page-head">
        <div>
          <h1>{t('audit.title')}</h1>
          <span className="quiet small">{t('audit.text')}</span>
        </div>
      </div>
      <section className="panel">
        {trail.isPending ? <Loading /> : null}
        {trail.error === null ? null : <Failed error={trail.error} />}
        {trail.isSuccess && entries.length === 0 ? <Empty says={t('audit.empty')} /> : null}
        {entries.length === 0 ? null : (
          <Table
            label={t('audit.title')}
            heads={[{ text: t('audit.when') }, { text: t('audit.who') }, { text: t('audit.what') }]}
          >
            {entries.map((entry) => (
              <tr key={entry.id}>
                <td style={{ whiteSpace: 'nowrap' }}>{timeText(entry.atMs)}</td>
                <td>{entry.by}</td>
                <td>
                  <strong>{named(entry.act)}</strong>{' '}
                  <span className="quiet small" style={{ overflowWrap: 'anywhere' }}>
                    {entry.facts.map(({ label, value }) => `${label}: ${value}`).join(' · ')}
                  </span>
                </td>
              </tr>
            ))}
          </Table>
        )}
      </section>
      {trail.hasNextPage ? (
        <Button mt="sm" variant="default" onClick={() => void trail.fetchNextPage()}>
          {t('audit.more')}
        </Button>
      ) : null}
    </>
  );
}
