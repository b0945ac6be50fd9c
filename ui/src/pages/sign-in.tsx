import { Alert, Button, PasswordInput, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api, ApiError } from '../api.ts';
import { SignPage } from '../parts/sign-page.tsx';
import { queries } from '../queries.ts';
import {
  hasPasskeys,
  signIn,
  signInByCode,
  signInByPasskey,
  signInByProvider,
} from '../sign-in.ts';

const TOO_MANY = 429;

/** Only a place in this app: what stands in the address may be anybody's. */
function placeIn(to: string | undefined): string {
  return to !== undefined && /^\/(?!\/)/.test(to) ? to : '/';
}

/** Where one comes to, and what the provider sent one back for. */
function useAsked() {
  const { to, error } = useSearch({ strict: false }) as { to?: string; error?: string };
  return { place: placeIn(to), refused: error };
}

export function SignIn() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { place, refused } = useAsked();
  const [needsCode, setNeedsCode] = useState(false);
  const enter = async (): Promise<void> => {
    queries.clear();
    await navigate({ to: place });
  };
  return (
    <SignPage title={t(needsCode ? 'sign.codeTitle' : 'sign.title')}>
      {refused === undefined ? null : <Wrong says={t('sign.providerWrong')} />}
      {needsCode ? (
        <CodeForm entered={enter} back={() => setNeedsCode(false)} />
      ) : (
        <>
          <PasswordForm entered={enter} needsCode={() => setNeedsCode(true)} />
          <OtherWays entered={enter} place={place} />
        </>
      )}
    </SignPage>
  );
}

function PasswordForm(of: {
  readonly entered: () => Promise<void>;
  readonly needsCode: () => void;
}) {
  const { t } = useTranslation();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const entering = useMutation({
    mutationFn: () => signIn(email, password),
    onSuccess: (needed) => (needed === 'code' ? of.needsCode() : of.entered()),
  });
  return (
    <form className="stack" onSubmit={submits(() => entering.mutate())}>
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
      <Refused error={entering.error} wrong={t('sign.wrong')} />
      <Button type="submit" loading={entering.isPending}>
        {t('sign.in')}
      </Button>
    </form>
  );
}

function CodeForm(of: { readonly entered: () => Promise<void>; readonly back: () => void }) {
  const { t } = useTranslation();
  const [code, setCode] = useState('');
  const entering = useMutation({ mutationFn: () => signInByCode(code), onSuccess: of.entered });
  return (
    <form className="stack" onSubmit={submits(() => entering.mutate())}>
      <TextInput
        label={t('sign.code')}
        description={t('sign.codeHelp')}
        autoComplete="one-time-code"
        required
        autoFocus
        value={code}
        onChange={({ currentTarget }) => setCode(currentTarget.value)}
      />
      <Refused error={entering.error} wrong={t('sign.codeWrong')} />
      <Button type="submit" loading={entering.isPending}>
        {t('sign.in')}
      </Button>
      <Button variant="default" onClick={of.back}>
        {t('app.back')}
      </Button>
    </form>
  );
}

/** Passkeys where the browser has them, and the firm's own page where there is one. */
function OtherWays({
  entered,
  place,
}: {
  readonly entered: () => Promise<void>;
  readonly place: string;
}) {
  const { t } = useTranslation();
  const setUp = useQuery({ queryKey: ['setup'], queryFn: () => answer(api.setup.$get()) });
  const byPasskey = useMutation({ mutationFn: signInByPasskey, onSuccess: entered });
  const byProvider = useMutation({ mutationFn: () => signInByProvider(place) });
  const provider = setUp.data?.oidc ?? null;
  return (
    <div className="stack">
      {hasPasskeys() ? (
        <Button variant="default" loading={byPasskey.isPending} onClick={() => byPasskey.mutate()}>
          {t('sign.byPasskey')}
        </Button>
      ) : null}
      {provider === null ? null : (
        <Button
          variant="default"
          loading={byProvider.isPending}
          onClick={() => byProvider.mutate()}
        >
          {t('sign.byProvider', { provider })}
        </Button>
      )}
      <Refused error={byPasskey.error} wrong={t('sign.passkeyWrong')} />
      <Refused error={byProvider.error} wrong={t('sign.providerWrong')} />
    </div>
  );
}

function submits(act: () => void) {
  return (event: FormEvent): void => {
    event.preventDefault();
    act();
  };
}

function Refused({ error, wrong }: { readonly error: Error | null; readonly wrong: string }) {
  const { t } = useTranslation();
  if (error === null) return null;
  const isTooMany = error instanceof ApiError && error.status === TOO_MANY;
  return <Wrong says={isTooMany ? t('sign.tooMany') : wrong} />;
}

function Wrong({ says }: { readonly says: string }) {
  return (
    <Alert color="red" variant="outline" role="alert">
      {says}
    </Alert>
  );
}
