import { Button, NativeSelect, Progress } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api, sendFile, type Guess, type Preview, type Taken } from '../api.ts';
import { countText, sizeText } from '../format.ts';
import { i18n } from '../language.ts';
import { Previewed } from '../parts/previewed.tsx';
import { RecentImports } from '../parts/recent-imports.tsx';
import { Failed, Loading, Shown } from '../parts/states.tsx';

/** A file is dropped, seen for what it is, previewed, booked. Nothing is kept before the last. */
export function ImportPage() {
  const { t } = useTranslation();
  const { company } = useParams({ from: '/shell/c/$company/import' });
  const [file, setFile] = useState<File | null>(null);
  const [taken, setTaken] = useState<Taken | null>(null);
  const again = (): void => {
    setFile(null);
    setTaken(null);
  };
  return (
    <>
      <div className="page-head">
        <h1>{t('import.title')}</h1>
        {file === null ? null : (
          <Button size="xs" variant="default" onClick={again}>
            {t('import.another')}
          </Button>
        )}
      </div>
      {file === null ? (
        <div className="stack">
          <Drop choose={setFile} />
          <RecentImports company={company} />
        </div>
      ) : null}
      {file !== null && taken === null ? (
        <Looked company={company} file={file} take={setTaken} />
      ) : null}
      {file !== null && taken !== null ? <Done company={company} taken={taken} /> : null}
    </>
  );
}

function Drop({ choose }: { readonly choose: (file: File) => void }) {
  const { t } = useTranslation();
  const [isOver, setIsOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  return (
    <section
      aria-label={t('import.drop')}
      className={`panel drop ${isOver ? 'over' : ''}`}
      onDragOver={(event) => {
        event.preventDefault();
        setIsOver(true);
      }}
      onDragLeave={() => setIsOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setIsOver(false);
        const [file] = event.dataTransfer.files;
        if (file !== undefined) choose(file);
      }}
    >
      <strong>{t('import.drop')}</strong>
      <span className="quiet small">{t('import.help')}</span>
      <input
        ref={input}
        type="file"
        className="visually-hidden"
        aria-label={t('import.choose')}
        tabIndex={-1}
        onChange={({ currentTarget }) => {
          const [file] = currentTarget.files ?? [];
          if (file !== undefined) choose(file);
        }}
      />
      <Button onClick={() => input.current?.click()}>{t('import.choose')}</Button>
    </section>
  );
}

function addressOf(company: string, act: string, query: Readonly<Record<string, string>>): string {
  return `/api/companies/${company}/imports${act}?${new URLSearchParams(query).toString()}`;
}

function Looked(of: {
  readonly company: string;
  readonly file: File;
  readonly take: (taken: Taken) => void;
}) {
  const { t } = useTranslation();
  const { company, file } = of;
  const guess = useQuery({
    queryKey: ['guess', company, i18n.language, file.name, file.size, file.lastModified],
    retry: false,
    queryFn: () => sendFile<Guess>(addressOf(company, '/guess', { name: file.name }), file),
  });
  return (
    <div className="stack">
      <p style={{ margin: 0 }}>
        <strong>{file.name}</strong> <span className="quiet">{sizeText(file.size)}</span>
      </p>
      <Shown of={guess}>
        {({ candidates }) =>
          candidates.some(({ documents, unreadable }) => documents + unreadable > 0) ? (
            <Chosen {...of} candidates={candidates} />
          ) : (
            <Nobody candidates={candidates} />
          )
        }
      </Shown>
      {guess.isPending ? <p className="quiet">{t('import.looking')}</p> : null}
    </div>
  );
}

function Nobody({ candidates }: { readonly candidates: Guess['candidates'] }) {
  const { t } = useTranslation();
  return (
    <section className="panel" role="alert">
      <div className="body">
        <strong>{t('import.nobody')}</strong>
        <ul>
          {candidates.map((one) => (
            <li key={one.connectionId}>
              {one.connection}: {one.problems.map(({ message }) => message).join(' ')}
            </li>
          ))}
        </ul>
      </div>
    </section>
  );
}

function Chosen(of: {
  readonly company: string;
  readonly file: File;
  readonly take: (taken: Taken) => void;
  readonly candidates: Guess['candidates'];
}) {
  const { t } = useTranslation();
  const { company, file, candidates } = of;
  const readers = candidates.filter(({ documents, unreadable }) => documents + unreadable > 0);
  const [chosen, setChosen] = useState(readers[0]?.connectionId ?? '');
  const query = { name: file.name, connection: chosen };
  const preview = useQuery({
    queryKey: ['preview', company, i18n.language, file.name, file.lastModified, chosen],
    retry: false,
    queryFn: () => sendFile<Preview>(addressOf(company, '/preview', query), file),
  });
  const taking = useMutation({
    mutationFn: () => sendFile<Taken>(addressOf(company, '', query), file),
    onSuccess: of.take,
  });
  return (
    <>
      <div className="between" style={{ justifyContent: 'start', alignItems: 'end' }}>
        <NativeSelect
          label={t('import.is')}
          value={chosen}
          onChange={({ currentTarget }) => setChosen(currentTarget.value)}
          data={readers.map((one) => ({
            value: one.connectionId,
            label: `${one.connection} · ${t('import.fits', { count: one.documents })}`,
          }))}
        />
        <Button
          loading={taking.isPending}
          disabled={preview.data === undefined || preview.data.rejected !== null}
          onClick={() => taking.mutate()}
        >
          {t('import.book')}
        </Button>
      </div>
      {taking.error === null ? null : <Failed error={taking.error} />}
      <Shown of={preview}>{(data) => <Previews data={data} />}</Shown>
    </>
  );
}

const OUTCOMES = ['plan', 'held', 'waits', 'left-out', 'seen', 'unreadable'] as const;

function Previews({ data }: { readonly data: Preview }) {
  const { t } = useTranslation();
  if (data.rejected !== null) {
    return (
      <section className="panel" role="alert">
        <div className="body">
          <strong>{t('import.rejected')}</strong>
          <ul>
            {data.rejected.map(({ message }) => (
              <li key={message}>{message}</li>
            ))}
          </ul>
        </div>
      </section>
    );
  }
  const count = OUTCOMES.reduce((sum, outcome) => sum + data.counts[outcome], 0);
  return (
    <section className="panel" aria-labelledby="becomes">
      <header>
        <h2 id="becomes">{t('import.becomes')}</h2>
        <span className="small">
          {OUTCOMES.filter((outcome) => data.counts[outcome] > 0)
            .map((outcome) => `${countText(data.counts[outcome])} ${t(`import.${outcome}`)}`)
            .join(' · ')}
        </span>
      </header>
      {data.items.map((item, index) => (
        <Previewed key={index} item={item} />
      ))}
      {count > data.items.length ? (
        <p className="quiet small" style={{ padding: '0 1rem' }}>
          {t('import.first', { count: data.items.length })}
        </p>
      ) : null}
    </section>
  );
}

const ASK_MS = 1_000;

function Done({ company, taken }: { readonly company: string; readonly taken: Taken }) {
  const { t } = useTranslation();
  const file = taken.fileId;
  const progress = useQuery({
    queryKey: ['company', company, 'import', file, i18n.language],
    queryFn: () =>
      answer(api.companies[':company'].imports[':file'].$get({ param: { company, file } })),
    refetchInterval: ({ state: { data } }) =>
      data === undefined || data.state === 'received' || data.open > 0 ? ASK_MS : false,
  });
  const { data } = progress;
  if (data === undefined) return <Loading />;
  const isOver = data.state !== 'received' && data.open === 0;
  const ended = data.booked + data.held + data.skipped;
  return (
    <section className="panel">
      <div className="body stack" role="status">
        <strong>{t(isOver ? 'import.done' : 'import.working')}</strong>
        {taken.sameAs === null ? null : <span>{t('import.same')}</span>}
        {data.problems.map(({ message }) => (
          <span key={message}>{message}</span>
        ))}
        <Progress
          aria-label={t('import.working')}
          value={isOver ? 100 : (100 * ended) / Math.max(1, data.documents)}
        />
        <span>
          {t('import.progress', { booked: data.booked, documents: data.documents })}
          {data.held > 0 ? ` · ${data.held} ${t('import.held')}` : ''}
        </span>
        <div className="between" style={{ justifyContent: 'start' }}>
          <Link to="/c/$company/documents" params={{ company }} search={{ file }}>
            {t('import.show')}
          </Link>
          {data.held > 0 ? (
            <Link to="/c/$company/held" params={{ company }}>
              {t('overview.settle')}
            </Link>
          ) : null}
        </div>
      </div>
    </section>
  );
}
