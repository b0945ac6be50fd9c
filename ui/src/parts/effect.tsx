import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { answer, api, type Way } from '../api.ts';
import { i18n } from '../language.ts';
import { Vouchers } from './postings.tsx';
import { Failed } from './states.tsx';

const preview = api.companies[':company'].held[':delivery'].preview;
/** While somebody types an account, the hub is not asked for each digit. */
const TYPING_MS = 250;

/** What a decision would lead to, before it is made. */
export function Effect(of: {
  readonly company: string;
  readonly delivery: string;
  readonly way: Way;
}) {
  const { t } = useTranslation();
  const { company, delivery } = of;
  const [text] = useDebouncedValue(JSON.stringify(of.way), TYPING_MS);
  const way = JSON.parse(text) as Way;
  const asked = useQuery({
    queryKey: ['company', company, 'preview', i18n.language, delivery, text],
    enabled: way.kind !== 'skip',
    placeholderData: keepPreviousData,
    queryFn: () => answer(preview.$post({ param: { company, delivery }, json: way })),
  });
  return (
    <section className="panel" aria-labelledby="effect" aria-busy={asked.isFetching}>
      <header>
        <h2 id="effect">{t('held.effect')}</h2>
        {asked.isFetching ? <span className="quiet small">{t('held.previewing')}</span> : null}
      </header>
      {way.kind === 'skip' ? (
        <p className="body quiet" style={{ margin: 0 }}>
          {t('held.effectSkip')}
        </p>
      ) : (
        <Outcome asked={asked} />
      )}
    </section>
  );
}

function Outcome({ asked }: { readonly asked: ReturnType<typeof useQuery> }) {
  const { t } = useTranslation();
  const data = asked.data as Awaited<ReturnType<typeof outcomeOf>> | undefined;
  if (data === undefined) {
    return asked.error === null ? (
      <p className="body quiet">{t('held.previewing')}</p>
    ) : (
      <Failed error={asked.error} />
    );
  }
  if (data.vouchers.length > 0) {
    return (
      <>
        <Vouchers vouchers={data.vouchers} />
        {data.notices.map(({ message }) => (
          <p key={message} className="quiet small" style={{ margin: 0, padding: '0.5rem 1rem' }}>
            {message}
          </p>
        ))}
      </>
    );
  }
  return (
    <div className="body">
      <p style={{ marginTop: 0 }}>
        {t(data.refusals.length > 0 ? 'held.effectStill' : 'held.effectNone')}
      </p>
      {data.refusals.map(({ message }) => (
        <p key={message} style={{ margin: 0 }}>
          {message}
        </p>
      ))}
    </div>
  );
}

async function outcomeOf() {
  return answer(preview.$post({ param: { company: '', delivery: '' }, json: { kind: 'again' } }));
}
