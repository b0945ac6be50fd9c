import { Alert, Button, Checkbox, NativeSelect, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api, type FirmSettings } from '../api.ts';
import { minorOf, plainAmount } from '../format.ts';
import { LANGUAGE_CHOICES, LANGUAGES } from '../language.ts';
import { Shown } from '../parts/states.tsx';
import { firmSettingsQuery, queries } from '../queries.ts';

const HOURS = [4, 8, 12, 24, 168, 720] as const;
const DAY_HOURS = 24;

/** What the firm decides for everybody. */
export function FirmSettingsPage() {
  const { t } = useTranslation();
  return (
    <>
      <div className="page-head">
        <div>
          <h1>{t('house.title')}</h1>
          <span className="quiet small">{t('house.text')}</span>
        </div>
        <Link to="/people" className="small">
          {t('people.title')}
        </Link>
      </div>
      <Shown of={useQuery(firmSettingsQuery)}>{(data) => <Edit first={data} />}</Shown>
    </>
  );
}

function Edit({ first }: { readonly first: FirmSettings }) {
  const { t } = useTranslation();
  const { people, withoutFactor, oidc, fourEyesMinor, ...kept } = first;
  const [said, setSaid] = useState({
    ...kept,
    fourEyes: fourEyesMinor === null ? '' : plainAmount(fourEyesMinor),
  });
  const saving = useMutation({
    mutationFn: () => {
      const { fourEyes, ...rest } = said;
      const minor = fourEyes.trim() === '' ? null : minorOf(fourEyes);
      return answer(api.firm.$put({ json: { ...rest, fourEyesMinor: minor } }));
    },
    onSuccess: () => queries.invalidateQueries(),
  });
  return (
    <form
      className="panel"
      aria-label={t('house.title')}
      onSubmit={(event) => {
        event.preventDefault();
        saving.mutate();
      }}
    >
      <div className="body stack form">
        <Called said={said} change={(of) => setSaid({ ...said, ...of })} />
        <SignInHours
          value={said.signInHours}
          change={(signInHours) => setSaid({ ...said, signInHours })}
        />
        <Checkbox
          label={t('house.factor')}
          description={t('house.factorHelp', { without: withoutFactor, people })}
          checked={said.needsFactor}
          onChange={({ currentTarget }) => {
            setSaid({ ...said, needsFactor: currentTarget.checked });
          }}
        />
        <TextInput
          label={t('house.fourEyes')}
          description={t('house.fourEyesHelp')}
          inputMode="numeric"
          pattern="[1-9][0-9]*"
          value={said.fourEyes}
          onChange={({ currentTarget }) => setSaid({ ...said, fourEyes: currentTarget.value })}
        />
        <p className="quiet small">
          {oidc === null ? t('house.noOidc') : t('house.oidc', { oidc })}
        </p>
        {saving.error === null ? null : (
          <Alert color="red" variant="outline" role="alert">
            {saving.error.message}
          </Alert>
        )}
        <div className="between start">
          <Button type="submit" loading={saving.isPending}>
            {t('app.save')}
          </Button>
          <span role="status" className="small">
            {saving.isSuccess ? t('app.saved') : ''}
          </span>
        </div>
      </div>
    </form>
  );
}

type Names = Pick<FirmSettings, 'name' | 'language'>;

/** What it is called, and what its pages say by themselves. */
function Called(of: { readonly said: Names; readonly change: (names: Partial<Names>) => void }) {
  const { t } = useTranslation();
  return (
    <>
      <TextInput
        label={t('house.name')}
        description={t('house.nameHelp')}
        maxLength={100}
        value={of.said.name}
        onChange={({ currentTarget }) => of.change({ name: currentTarget.value })}
      />
      <NativeSelect
        label={t('house.language')}
        description={t('house.languageHelp')}
        data={LANGUAGE_CHOICES}
        value={of.said.language}
        onChange={({ currentTarget: { value } }) => {
          of.change({ language: LANGUAGES.find((one) => one === value) ?? 'sv' });
        }}
      />
    </>
  );
}

function SignInHours(of: {
  readonly value: number | null;
  readonly change: (hours: number | null) => void;
}) {
  const { t } = useTranslation();
  // What was set on the command line may be another one.
  const hours = new Set<number>([...HOURS, ...(of.value === null ? [] : [of.value])]);
  const named = (count: number): string =>
    count % DAY_HOURS === 0
      ? t('house.days', { count: count / DAY_HOURS })
      : t('house.hours', { count });
  return (
    <NativeSelect
      label={t('house.again')}
      description={t('house.againHelp')}
      data={[
        { value: '', label: t('house.never') },
        ...[...hours]
          .sort((a, b) => a - b)
          .map((count) => ({ value: String(count), label: named(count) })),
      ]}
      value={String(of.value ?? '')}
      onChange={({ currentTarget: { value } }) => of.change(value === '' ? null : Number(value))}
    />
  );
}
