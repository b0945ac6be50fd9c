import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../api.ts';
import { i18n } from '../language.ts';
import type { Written } from './form-field.ts';
import { Previewed } from './previewed.tsx';
import { Empty, Failed, Loading } from './states.tsx';

const preview = api.companies[':company'].flows.preview;
/** While somebody types, the hub is not asked for each letter. */
const TYPING_MS = 400;

/** What the last documents become under the choices as they are being edited. */
export function ChoicesPreview(of: {
  readonly company: string;
  readonly source: string;
  readonly target: string;
  readonly choices: Written;
  readonly startDate: string;
}) {
  const { t } = useTranslation();
  const { company, source, target, choices } = of;
  const startDate = of.startDate === '' ? null : of.startDate;
  const [text] = useDebouncedValue(JSON.stringify({ choices, startDate }), TYPING_MS);
  const asked = useQuery({
    queryKey: ['company', company, 'choices', i18n.language, source, target, text],
    placeholderData: keepPreviousData,
    queryFn: () => {
      const wishes = JSON.parse(text) as { choices: Written; startDate: string | null };
      return answer(preview.$post({ param: { company }, json: { source, target, ...wishes } }));
    },
  });
  return (
    <section className="panel sticky" aria-labelledby="tried" aria-busy={asked.isFetching}>
      <header>
        <h2 id="tried">{t('flow.tried')}</h2>
        <span className="quiet small">
          {t(asked.isFetching ? 'held.previewing' : 'flow.nothingWritten')}
        </span>
      </header>
      {asked.error === null ? null : <Failed error={asked.error} />}
      {asked.isPending ? <Loading /> : null}
      {asked.data === undefined ? null : <Outcome of={asked.data} />}
    </section>
  );
}

type Tried = Awaited<ReturnType<typeof ask>>;

async function ask() {
  const json = { source: '', target: '', choices: {}, startDate: null };
  return answer(preview.$post({ param: { company: '' }, json }));
}

function Outcome({ of }: { readonly of: Tried }) {
  const { t } = useTranslation();
  if (of.problems.length > 0) {
    return (
      <ul className="plain-list" role="alert">
        {of.problems.map(({ path, says }) => (
          <li key={path}>
            <strong>{path}</strong>: {says}
          </li>
        ))}
      </ul>
    );
  }
  if (of.items.length === 0) return <Empty says={t('flow.nothingTried')} />;
  const others = of.items.filter(({ isAsBooked }) => isAsBooked === false).length;
  return (
    <>
      <p className="small" style={{ margin: 0, padding: '0.6rem 1rem' }} role="status">
        {t('flow.differ', { count: others })}
      </p>
      {of.items.map((item, index) => (
        <Previewed key={index} item={item} />
      ))}
    </>
  );
}
