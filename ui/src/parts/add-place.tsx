import { Alert, Button, NativeSelect, PasswordInput, Textarea, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../api.ts';

const connections = api.companies[':company'].connections[':connection'];

type Kind = 'sftp' | 'mail';
type After = 'move' | 'flag' | 'leave';
type HostKey = { readonly type: string; readonly fingerprint: string };

const NOTHING = {
  ...{ name: '', host: '', port: '', user: '', folder: '', pattern: '', password: '', ca: '' },
  ...{ login: 'password' as 'password' | 'key', privateKey: '', passphrase: '' },
  ...{ security: 'tls' as 'tls' | 'starttls', after: 'move' as After },
};
type Said = typeof NOTHING;

/** Where servers listen when nothing else is said. */
function standardPort(kind: Kind, { security }: Said): number {
  if (kind === 'sftp') return 22;
  return security === 'tls' ? 993 : 143;
}

/** The form of a place: a server's key is confirmed before any login is sent to it. */
export function AddPlace(of: {
  readonly param: { readonly company: string; readonly connection: string };
  readonly done: () => void;
}) {
  const { t } = useTranslation();
  const [kind, setKind] = useState<Kind>('sftp');
  const [said, setSaid] = useState(NOTHING);
  const [key, setKey] = useState<HostKey | null>(null);
  const { param } = of;
  const port = said.port === '' ? standardPort(kind, said) : Number(said.port);
  const asking = useMutation({
    mutationFn: () =>
      answer(connections['host-key'].$post({ param, json: { host: said.host, port } })),
    onSuccess: setKey,
  });
  const keeping = useMutation({
    mutationFn: () => answer(connections.places.$post({ param, json: wanted(kind, said, key) })),
    onSuccess: of.done,
  });
  const change = (more: Partial<Said>): void => {
    setSaid({ ...said, ...more });
    // A key belongs to the address that it was shown at.
    if (more.host !== undefined || more.port !== undefined) setKey(null);
  };
  const isKeyWanted = kind === 'sftp' && key === null;
  const trying = isKeyWanted ? asking : keeping;
  return (
    <form
      className="body stack"
      aria-label={t('place.add')}
      onSubmit={(event) => {
        event.preventDefault();
        trying.mutate();
      }}
    >
      <NativeSelect
        label={t('place.kind')}
        value={kind}
        data={(['sftp', 'mail'] as const).map((value) => ({ value, label: t(`place.${value}`) }))}
        onChange={({ currentTarget }) => {
          setKind(currentTarget.value as Kind);
          setSaid({ ...said, after: 'move' });
        }}
      />
      <Fields kind={kind} said={said} change={change} />
      {kind === 'sftp' && key !== null ? <Shown host={said.host} hostKey={key} /> : null}
      {trying.error === null ? null : (
        <Alert color="red" variant="outline" role="alert">
          {trying.error.message}
        </Alert>
      )}
      <div>
        <Button size="xs" type="submit" loading={trying.isPending}>
          {t(kind === 'sftp' && key !== null ? 'place.keyRight' : 'place.try')}
        </Button>
      </div>
    </form>
  );
}

/** Mailboxes know passwords only. */
function isKeyLogin(kind: Kind, { login }: Said): boolean {
  return kind === 'sftp' && login === 'key';
}

/** A server's files have no flags. */
const AFTER: Readonly<Record<Kind, readonly After[]>> = {
  sftp: ['move', 'leave'],
  mail: ['move', 'flag', 'leave'],
};

/** What was filled in, as the hub takes it: what is empty is as it is by itself. */
function wanted(kind: Kind, said: Said, key: HostKey | null) {
  const { name, host, user, folder, pattern, security, ca, after } = said;
  const given = Object.fromEntries(
    Object.entries({ folder, pattern }).filter(([, text]) => text !== ''),
  );
  const { password, privateKey, passphrase } = said;
  const login = isKeyLogin(kind, said)
    ? { privateKey: `${privateKey.trim()}\n`, passphrase }
    : { password };
  const common = { kind, name, host, user, ...login, after, ...given };
  const at = { ...common, port: said.port === '' ? standardPort(kind, said) : Number(said.port) };
  if (kind === 'sftp') return { ...at, ...(key === null ? {} : { fingerprint: key.fingerprint }) };
  return { ...at, security, ...(ca === '' ? {} : { ca }) };
}

function Shown({ host, hostKey }: { readonly host: string; readonly hostKey: HostKey }) {
  const { t } = useTranslation();
  const { type, fingerprint } = hostKey;
  return (
    <div role="status" className="stack">
      <span>{t('place.keyShown', { host, type })}</span>
      <code style={{ overflowWrap: 'anywhere' }}>{fingerprint}</code>
      <span className="quiet small">{t('place.keyHelp')}</span>
    </div>
  );
}

type FieldsOf = {
  readonly kind: Kind;
  readonly said: Said;
  readonly change: (more: Partial<Said>) => void;
};

/** How a text field shows and changes one thing that is said. */
function fieldOf({ said, change }: FieldsOf) {
  return (name: Exclude<keyof Said, 'security' | 'login' | 'after'>) => ({
    value: said[name],
    onChange: ({ currentTarget }: { currentTarget: { value: string } }) => {
      change({ [name]: currentTarget.value });
    },
  });
}

function Fields(of: FieldsOf) {
  const { t } = useTranslation();
  const { kind, said, change } = of;
  const field = fieldOf(of);
  return (
    <>
      <TextInput label={t('place.name')} required {...field('name')} />
      <TextInput label={t('place.host')} required {...field('host')} />
      <TextInput
        label={t('place.port')}
        description={t('place.portHelp', { port: standardPort(kind, said) })}
        inputMode="numeric"
        pattern="[0-9]{1,5}"
        {...field('port')}
      />
      <TextInput label={t('place.user')} required autoComplete="off" {...field('user')} />
      <Login {...of} />
      <TextInput label={t('place.folder')} required={kind === 'sftp'} {...field('folder')} />
      <TextInput label={t('place.pattern')} placeholder="*" {...field('pattern')} />
      <NativeSelect
        label={t(`place.after-${kind}`)}
        value={said.after}
        data={AFTER[kind].map((value) => ({ value, label: t(`place.after-${value}`) }))}
        onChange={({ currentTarget }) => change({ after: currentTarget.value as After })}
      />
      {kind === 'mail' ? (
        <>
          <NativeSelect
            label={t('place.security')}
            value={said.security}
            data={(['tls', 'starttls'] as const).map((value) => ({
              ...{ value, label: t(`place.${value}`) },
            }))}
            onChange={({ currentTarget }) =>
              change({ security: currentTarget.value as Said['security'] })
            }
          />
          <Textarea
            label={t('place.ca')}
            description={t('place.caHelp')}
            autosize
            maxRows={6}
            {...field('ca')}
          />
        </>
      ) : null}
    </>
  );
}

/** A password, or for an SFTP server a private key instead. */
function Login(of: FieldsOf) {
  const { t } = useTranslation();
  const { kind, said, change } = of;
  const field = fieldOf(of);
  const isKey = isKeyLogin(kind, said);
  return (
    <>
      {kind === 'sftp' ? (
        <NativeSelect
          label={t('place.login')}
          value={said.login}
          data={(['password', 'key'] as const).map((value) => ({
            ...{ value, label: t(value === 'key' ? 'place.privateKey' : 'sign.password') },
          }))}
          onChange={({ currentTarget }) => change({ login: currentTarget.value as Said['login'] })}
        />
      ) : null}
      {isKey ? (
        <Textarea
          label={t('place.privateKey')}
          description={t('place.privateKeyHelp')}
          required
          autosize
          maxRows={6}
          autoComplete="off"
          spellCheck={false}
          {...field('privateKey')}
        />
      ) : null}
      <PasswordInput
        label={t(isKey ? 'place.passphrase' : 'sign.password')}
        required={!isKey}
        autoComplete="off"
        visibilityToggleButtonProps={{ 'aria-hidden': true }}
        {...field(isKey ? 'passphrase' : 'password')}
      />
    </>
  );
}
