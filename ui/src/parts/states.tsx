import { Button, Loader } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../api.ts';

/** Something is being fetched. */
export function Loading() {
  const { t } = useTranslation();
  return (
    <div className="message" role="status">
      <Loader size="sm" aria-hidden />
      <p className="quiet small">{t('app.loading')}</p>
    </div>
  );
}

const STARTING = 503;

/** Something could not be fetched, and why. */
export function Failed(of: {
  readonly error?: unknown;
  readonly again?: () => void;
  readonly notFound?: boolean;
}) {
  const { t } = useTranslation();
  const isStarting = of.error instanceof ApiError && of.error.status === STARTING;
  const isGone = of.notFound === true || (of.error instanceof ApiError && of.error.status === 404);
  const says = isStarting ? t('app.starting') : t(isGone ? 'app.notFound' : 'app.failed');
  return (
    <div className="message" role="alert">
      <p>{says}</p>
      {of.error instanceof Error && !isStarting && !isGone ? (
        <p className="quiet small">{of.error.message}</p>
      ) : null}
      {of.again === undefined ? null : (
        <Button variant="default" size="xs" onClick={of.again}>
          {t('app.again')}
        </Button>
      )}
    </div>
  );
}

/** There is nothing, and what to do about it. */
export function Empty({ says }: { readonly says: string }) {
  return <p className="message quiet">{says}</p>;
}

type Fetched<T> = {
  readonly data: T | undefined;
  readonly error: unknown;
  readonly refetch: () => unknown;
};

/** Shows what was fetched, or that it is on its way, or that it failed. */
export function Shown<T>(of: {
  readonly of: Fetched<T>;
  readonly children: (data: T) => React.ReactNode;
}) {
  const { data, error, refetch } = of.of;
  if (data !== undefined) return of.children(data);
  if (error !== null) return <Failed error={error} again={() => void refetch()} />;
  return <Loading />;
}
