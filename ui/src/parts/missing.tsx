import { Button, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api, type Finding } from '../api.ts';
import { queries, useRights } from '../queries.ts';
import { Failed } from './states.tsx';

const missing = api.companies[':company'].missing;

/** What should have come and has not; one who may settle says why it never will. */
export function Missing(of: {
  readonly company: string;
  readonly missing: readonly Finding[];
  /** Those of which somebody has said that they never come. */
  readonly dismissed?: readonly Finding[];
}) {
  const { t } = useTranslation();
  const { company, dismissed = [] } = of;
  const maySettle = useRights(company).includes('settle');
  return (
    <section className="panel" aria-labelledby="missing">
      <header>
        <h2 id="missing">{t('overview.missing')}</h2>
        {of.missing.length > 0 ? <span className="pill warn">{of.missing.length}</span> : null}
      </header>
      {of.missing.length === 0 ? (
        <p className="body quiet" style={{ margin: 0 }}>
          {t('overview.nothingMissing')}
        </p>
      ) : (
        <ul className="plain-list">
          {of.missing.map((one) => (
            <li key={one.id}>
              <Missed company={company} of={one} maySettle={maySettle} />
            </li>
          ))}
        </ul>
      )}
      {dismissed.length === 0 ? null : (
        <details className="more body">
          <summary>{t('missing.dismissed', { count: dismissed.length })}</summary>
          <ul className="plain-list">
            {dismissed.map((one) => (
              <li key={one.id}>
                <Dismissed company={company} of={one} maySettle={maySettle} />
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}

type One = { readonly company: string; readonly of: Finding; readonly maySettle: boolean };

function Missed({ company, of, maySettle }: One) {
  const { t } = useTranslation();
  const [why, setWhy] = useState<string | null>(null);
  const isSetting = of.code === 'shop-setting-changed';
  const reason = t(isSetting ? 'missing.whyRight' : 'missing.why');
  const dismissing = useMutation({
    mutationFn: (reason: string) =>
      answer(missing.dismiss.$post({ param: { company }, json: { ids: [of.id], why: reason } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['company', company] }),
  });
  return (
    <>
      <div className="between wrap">
        <span>{of.message}</span>
        {maySettle && why === null ? (
          <Button size="compact-xs" variant="default" onClick={() => setWhy('')}>
            {t(isSetting ? 'missing.right' : 'missing.never')}
          </Button>
        ) : null}
      </div>
      {why === null ? null : (
        <form
          className="filters"
          style={{ padding: '0.4rem 0' }}
          onSubmit={(event) => {
            event.preventDefault();
            dismissing.mutate(why);
          }}
        >
          <TextInput
            size="xs"
            required
            autoFocus
            style={{ flex: '1 1 10rem' }}
            aria-label={reason}
            placeholder={reason}
            value={why}
            onChange={({ currentTarget }) => setWhy(currentTarget.value)}
          />
          <Button size="xs" type="submit" loading={dismissing.isPending}>
            {t(isSetting ? 'missing.sayRight' : 'missing.dismiss')}
          </Button>
          <Button size="xs" variant="default" onClick={() => setWhy(null)}>
            {t('app.cancel')}
          </Button>
        </form>
      )}
      {dismissing.error === null ? null : <Failed error={dismissing.error} />}
    </>
  );
}

function Dismissed({ company, of, maySettle }: One) {
  const { t } = useTranslation();
  const expecting = useMutation({
    mutationFn: () => answer(missing.expect.$post({ param: { company }, json: { ids: [of.id] } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['company', company] }),
  });
  return (
    <>
      <div className="between wrap">
        <span>
          {of.message}{' '}
          <span className="quiet">
            {of.dismissed?.by}: {of.dismissed?.reason}
          </span>
        </span>
        {maySettle ? (
          <Button
            size="compact-xs"
            variant="default"
            loading={expecting.isPending}
            onClick={() => expecting.mutate()}
          >
            {t('missing.expect')}
          </Button>
        ) : null}
      </div>
      {expecting.error === null ? null : <Failed error={expecting.error} />}
    </>
  );
}
