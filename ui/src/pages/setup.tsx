import { Alert, Button, PasswordInput, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../api.ts';
import { SignPage } from '../parts/sign-page.tsx';
import { queries } from '../queries.ts';
import { signIn } from '../sign-in.ts';

/** `#token=…`, as the printed address has it: what stands there is sent to nobody. */
function tokenInAddress(): string {
  return new URLSearchParams(location.hash.slice(1)).get('token') ?? '';
}

const FAULTS = ['too-short', 'too-long', 'too-common', 'own-name'] as const;

export function Setup() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [given, setGiven] = useState({
    ...{ token: tokenInAddress(), name: '', email: '', password: '' },
  });
  const making = useMutation({
    mutationFn: async () => {
      await answer(api.setup.$post({ json: given }));
      await signIn(given.email, given.password);
    },
    onSuccess: async () => {
      queries.clear();
      await navigate({ to: '/' });
    },
  });
  const field = (name: keyof typeof given) => ({
    value: given[name],
    required: true,
    onChange: ({ currentTarget }: { currentTarget: HTMLInputElement }) => {
      setGiven({ ...given, [name]: currentTarget.value });
    },
  });
  const said = making.error?.message ?? '';
  const fault = FAULTS.find((one) => said === `password: ${one}`);
  const wrongToken = said.includes('set-up code') ? t('sign.wrongToken') : said;
  return (
    <SignPage title={t('sign.setupTitle')}>
      <p className="quiet small" style={{ margin: 0 }}>
        {t('sign.setupText')}
      </p>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          making.mutate();
        }}
      >
        <TextInput label={t('sign.token')} autoComplete="off" {...field('token')} />
        <TextInput label={t('sign.name')} autoComplete="name" {...field('name')} />
        <TextInput
          label={t('sign.email')}
          type="email"
          autoComplete="username"
          {...field('email')}
        />
        <PasswordInput
          label={t('sign.password')}
          description={t('sign.passwordHelp')}
          autoComplete="new-password"
          visibilityToggleButtonProps={{ 'aria-hidden': true }}
          {...field('password')}
        />
        {said === '' ? null : (
          <Alert color="red" variant="outline" role="alert">
            {fault === undefined ? wrongToken : t(`sign.${fault}`)}
          </Alert>
        )}
        <Button type="submit" loading={making.isPending}>
          {t('sign.create')}
        </Button>
      </form>
    </SignPage>
  );
}
