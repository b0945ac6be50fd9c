import { NativeSelect, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api, type CompanyDetails } from '../api.ts';
import { LANGUAGE_CHOICES } from '../language.ts';
import { Save } from '../parts/save.tsx';
import { Shown } from '../parts/states.tsx';
import { detailsQuery, queries, useRights } from '../queries.ts';

const details = api.companies[':company'].details;

/** The company itself: its name, number and the language of its books. */
export function SettingsPage() {
  const { t } = useTranslation();
  const { company } = useParams({ from: '/shell/c/$company/settings' });
  return (
    <>
      <div className="page-head">
        <h1>{t('settings.title')}</h1>
      </div>
      <Shown of={useQuery(detailsQuery(company))}>
        {(data) => <Edit company={company} first={data} />}
      </Shown>
    </>
  );
}

function Edit(of: { readonly company: string; readonly first: CompanyDetails }) {
  const { t } = useTranslation();
  const { company, first } = of;
  const mayChange = useRights(company).includes('manage');
  const { name, orgNumber, language } = first;
  const [said, setSaid] = useState({ name, orgNumber, language });
  const saving = useMutation({
    mutationFn: () => answer(details.$put({ param: { company }, json: said })),
    onSuccess: () => queries.invalidateQueries(),
  });
  return (
    <form
      className="panel"
      aria-label={t('settings.title')}
      onSubmit={(event) => {
        event.preventDefault();
        saving.mutate();
      }}
    >
      <fieldset className="body stack form plain" disabled={!mayChange}>
        <TextInput
          label={t('first.name')}
          required
          value={said.name}
          onChange={({ currentTarget }) => setSaid({ ...said, name: currentTarget.value })}
        />
        <TextInput
          label={t('first.orgNumber')}
          value={said.orgNumber}
          onChange={({ currentTarget }) => setSaid({ ...said, orgNumber: currentTarget.value })}
        />
        <NativeSelect
          label={t('first.language')}
          data={LANGUAGE_CHOICES}
          value={said.language}
          onChange={({ currentTarget }) => {
            setSaid({ ...said, language: currentTarget.value as typeof language });
          }}
        />
        <p className="quiet small" style={{ margin: 0 }}>
          {t(first.country === 'NO' ? 'first.norway' : 'first.sweden')} · {first.timeZone}
        </p>
        <Save saving={saving} says={saving.isSuccess ? t('app.saved') : ''} />
      </fieldset>
    </form>
  );
}
