import { Alert, Button, PasswordInput, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { renderSVG } from 'uqr';
import { Panel } from './panel.tsx';
import { queries } from '../queries.ts';
import { beginFactor, confirmFactor, endFactor, renewCodes } from '../sign-in.ts';

type Begun = Awaited<ReturnType<typeof beginFactor>>;

/** Codes of an app, asked for besides the password. */
export function FactorPanel({ isOn }: { readonly isOn: boolean }) {
  const { t } = useTranslation();
  const [begun, setBegun] = useState<Begun | null>(null);
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  return (
    <Panel title={t('account.factor')}>
      <p className="quiet small">{t(isOn ? 'account.factorOn' : 'account.factorOff')}</p>
      {codes === null ? null : <Codes codes={codes} />}
      {begun === null ? (
        <Choice isOn={isOn} begun={setBegun} codes={setCodes} />
      ) : (
        <Confirm
          begun={begun}
          confirmed={async () => {
            setCodes(begun.backupCodes);
            setBegun(null);
            await changed();
          }}
        />
      )}
    </Panel>
  );
}

/** What else is open may hang on it: the firm can ask for codes. */
const changed = () => queries.invalidateQueries();

/** What can be done, by who knows the password. */
function Choice(of: {
  readonly isOn: boolean;
  readonly begun: (begun: Begun) => void;
  readonly codes: (codes: readonly string[] | null) => void;
}) {
  const { t } = useTranslation();
  const [password, setPassword] = useState('');
  const beginning = useMutation({ mutationFn: () => beginFactor(password), onSuccess: of.begun });
  const done = async (codes: readonly string[] | null): Promise<void> => {
    of.codes(codes);
    setPassword('');
    await changed();
  };
  const ending = useMutation({
    mutationFn: () => endFactor(password),
    onSuccess: () => done(null),
  });
  const renewing = useMutation({ mutationFn: () => renewCodes(password), onSuccess: done });
  const isWrong = [beginning, ending, renewing].some(({ error }) => error !== null);
  return (
    <form
      className="stack narrow"
      onSubmit={(event) => {
        event.preventDefault();
        if (!of.isOn) beginning.mutate();
      }}
    >
      <PasswordInput
        label={t('account.current')}
        autoComplete="current-password"
        required
        visibilityToggleButtonProps={{ 'aria-hidden': true }}
        value={password}
        onChange={({ currentTarget }) => setPassword(currentTarget.value)}
      />
      {isWrong ? <Wrong says={t('account.wrongPassword')} /> : null}
      {of.isOn ? (
        <div className="between" style={{ justifyContent: 'start' }}>
          <Button variant="default" onClick={() => renewing.mutate()}>
            {t('account.renewCodes')}
          </Button>
          <Button variant="default" onClick={() => ending.mutate()}>
            {t('account.factorEnd')}
          </Button>
        </div>
      ) : (
        <div>
          <Button type="submit" loading={beginning.isPending}>
            {t('account.factorBegin')}
          </Button>
        </div>
      )}
    </form>
  );
}

function Confirm(of: { readonly begun: Begun; readonly confirmed: () => Promise<void> }) {
  const { t } = useTranslation();
  const [code, setCode] = useState('');
  const confirming = useMutation({
    mutationFn: () => confirmFactor(code),
    onSuccess: of.confirmed,
  });
  const secret = new URL(of.begun.totpURI).searchParams.get('secret') ?? '';
  return (
    <form
      className="stack narrow"
      onSubmit={(event) => {
        event.preventDefault();
        confirming.mutate();
      }}
    >
      <p>{t('account.scan')}</p>
      <img
        alt={t('account.scanned')}
        width="200"
        height="200"
        src={`data:image/svg+xml,${encodeURIComponent(renderSVG(of.begun.totpURI))}`}
      />
      <p className="small">
        {t('account.orType')} <code style={{ overflowWrap: 'anywhere' }}>{secret}</code>
      </p>
      <TextInput
        label={t('sign.code')}
        autoComplete="one-time-code"
        inputMode="numeric"
        required
        value={code}
        onChange={({ currentTarget }) => setCode(currentTarget.value)}
      />
      {confirming.error === null ? null : <Wrong says={t('sign.codeWrong')} />}
      <div>
        <Button type="submit" loading={confirming.isPending}>
          {t('account.factorConfirm')}
        </Button>
      </div>
    </form>
  );
}

/** Shown once: what is kept of them is encrypted. */
function Codes({ codes }: { readonly codes: readonly string[] }) {
  const { t } = useTranslation();
  return (
    <div role="status">
      <p>{t('account.codesText')}</p>
      <ul className="codes">
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Wrong({ says }: { readonly says: string }) {
  return (
    <Alert color="red" variant="outline" role="alert">
      {says}
    </Alert>
  );
}
