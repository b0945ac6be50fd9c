import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { answer, api, type Imported } from '../api.ts';
import { timeText } from '../format.ts';
import { i18n } from '../language.ts';
import { Table } from './table.tsx';

/** What was uploaded lately, also by others and before the page was opened. */
export function RecentImports({ company }: { readonly company: string }) {
  const { t } = useTranslation();
  const recent = useQuery({
    queryKey: ['company', company, 'imports', i18n.language],
    queryFn: () => answer(api.companies[':company'].imports.$get({ param: { company } })),
  });
  const files = recent.data?.files ?? [];
  if (files.length === 0) return null;
  return (
    <section className="panel" aria-labelledby="recent">
      <header>
        <h2 id="recent">{t('import.recent')}</h2>
      </header>
      <Table
        label={t('import.recent')}
        heads={[
          { text: t('import.file') },
          { text: t('import.at') },
          { text: t('import.bookedOf') },
        ]}
      >
        {files.map((file) => (
          <tr key={file.id}>
            <td style={{ overflowWrap: 'anywhere' }}>
              <Link to="/c/$company/documents" params={{ company }} search={{ file: file.id }}>
                {file.name}
              </Link>
            </td>
            <td>{timeText(file.receivedAtMs)}</td>
            <td>
              <HowFar company={company} file={file} />
            </td>
          </tr>
        ))}
      </Table>
    </section>
  );
}

function HowFar({ company, file }: { readonly company: string; readonly file: Imported }) {
  const { t } = useTranslation();
  const { booked, documents, held, open, problems, state } = file;
  if (state === 'rejected') {
    return (
      <>
        <span className="pill bad">{t('import.refused')}</span>{' '}
        <span className="small">{problems.map(({ message }) => message).join(' ')}</span>
      </>
    );
  }
  return (
    <>
      {t('import.progress', { booked, documents })}
      {state === 'read' ? null : <span className="quiet"> · {t('import.reading')}</span>}
      {open > 0 ? <span className="quiet"> · {t('import.going', { count: open })}</span> : null}
      {held > 0 ? (
        <>
          {' · '}
          <Link to="/c/$company/held" params={{ company }}>
            {t('import.waiting', { count: held })}
          </Link>
        </>
      ) : null}
    </>
  );
}
