import { Alert, Button, PasswordInput, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError, signIn } from '../api.ts';
import { SignPage } from '../parts/sign-page.tsx';
import { queries } from '../queries.ts';

const TOO_MANY = 429;

export function SignIn() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { to } = useSearch({ strict: false }) as { to?: string };
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const entering = useMutation({
    mutationFn: () => signIn(email, password),
    onSuccess: async () => {
      queries.clear();
      // Only a place in this app: what stands in the address may be anybody's.
      const place = to !== undefined && /^\/(?!\/)/.test(to) ? to : '/';
      await navigate({ to: place });
    },
  });
  const isTooMany = entering.error instanceof ApiError && entering.error.status === TOO_MANY;
  return (
    <SignPage title={t('sign.title')}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          entering.mutate();
        }}
      >
        <TextInput
          label={t('sign.email')}
          type="email"
          autoComplete="username"
          required
          autoFocus
          value={email}
          onChange={({ currentTarget }) => setEmail(currentTarget.value)}
        />
        <PasswordInput
          label={t('sign.password')}
          autoComplete="current-password"
          required
          visibilityToggleButtonProps={{ 'aria-hidden': true }}
          value={password}
          onChange={({ currentTarget }) => setPassword(currentTarget.value)}
        />
        {entering.error === null ? null : (
          <Alert color="red" variant="outline" role="alert">
            {t(isTooMany ? 'sign.tooMany' : 'sign.wrong')}
          </Alert>
        )}
        <Button type="submit" loading={entering.isPending}>
          {t('sign.in')}
        </Button>
      </form>
    </SignPage>
  );
}
