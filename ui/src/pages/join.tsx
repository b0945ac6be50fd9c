import { Alert, Button, PasswordInput, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../api.ts';
import { passwordSays } from '../parts/password-says.ts';
import { SignPage } from '../parts/sign-page.tsx';
import { Loading } from '../parts/states.tsx';
import { queries } from '../queries.ts';
import { signIn } from '../sign-in.ts';

/** `#token=…`: what stands there is sent to nobody by going to the page. */
const tokenInAddress = () => new URLSearchParams(location.hash.slice(1)).get('token') ?? '';

/** Where somebody comes who has been invited. */
export function Join() {
  const { t } = useTranslation();
  const [token] = useState(tokenInAddress);
  const invited = useQuery({
    queryKey: ['invitation', token],
    retry: false,
    queryFn: () => answer(api.invitation.$post({ json: { token } })),
  });
  const { data } = invited;
  return (
    <SignPage title={t('join.title')}>
      {invited.isPending ? <Loading /> : null}
      {invited.error === null ? null : (
        <Alert color="red" variant="outline" role="alert">
          {t('join.gone')}
        </Alert>
      )}
      {data === undefined ? null : <JoinForm token={token} of={data} />}
    </SignPage>
  );
}

type Invited = {
  readonly email: string;
  readonly role: 'owner' | 'bookkeeper' | 'approver' | 'reader' | 'integrator';
  readonly company: string | null;
};

function JoinForm({ token, of }: { readonly token: string; readonly of: Invited }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const joining = useMutation({
    mutationFn: async () => {
      const { email } = await answer(
        api.invitation.accept.$post({ json: { token, name, password } }),
      );
      await signIn(email, password);
    },
    onSuccess: async () => {
      queries.clear();
      await navigate({ to: '/' });
    },
  });
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        joining.mutate();
      }}
    >
      <p className="small" style={{ margin: 0 }}>
        {t('join.text', {
          role: t(`role.${of.role}`),
          company: of.company ?? t('people.everywhere'),
        })}
      </p>
      <TextInput label={t('sign.email')} autoComplete="username" readOnly value={of.email} />
      <TextInput
        label={t('sign.name')}
        autoComplete="name"
        required
        value={name}
        onChange={({ currentTarget }) => setName(currentTarget.value)}
      />
      <PasswordInput
        label={t('sign.password')}
        description={t('sign.passwordHelp')}
        autoComplete="new-password"
        required
        visibilityToggleButtonProps={{ 'aria-hidden': true }}
        value={password}
        onChange={({ currentTarget }) => setPassword(currentTarget.value)}
      />
      {joining.error === null ? null : (
        <Alert color="red" variant="outline" role="alert">
          {passwordSays(t, joining.error) ?? joining.error.message}
        </Alert>
      )}
      <Button type="submit" loading={joining.isPending}>
        {t('join.in')}
      </Button>
    </form>
  );
}
