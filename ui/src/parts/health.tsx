import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../api.ts';
import { Failed } from './states.tsx';

const one = api.companies[':company'].connections[':connection'];

/** Looks at everything that would stop a document, when somebody asks. */
export function useHealth(company: string, connection: string) {
  const queries = useQueryClient();
  return useMutation({
    // A ledger that waited may be ready again.
    onSuccess: () => queries.invalidateQueries({ queryKey: ['company', company] }),
    mutationFn: () => answer(one.test.$post({ param: { company, connection } })),
  });
}

export function TestButton({ testing }: { readonly testing: ReturnType<typeof useHealth> }) {
  const { t } = useTranslation();
  return (
    <Button
      size="xs"
      variant="default"
      loading={testing.isPending}
      onClick={() => testing.mutate()}
    >
      {t('connections.test')}
    </Button>
  );
}

/** What the latest look came to. */
export function Tested({ testing }: { readonly testing: ReturnType<typeof useHealth> }) {
  if (testing.error !== null) return <Failed error={testing.error} />;
  return testing.data === undefined ? null : <Health items={testing.data.items} />;
}

const TONES = { ok: 'good', warning: 'warn', problem: 'bad' } as const;
const SIGNS = { ok: '✓', warning: '!', problem: '✗' } as const;

type Item = {
  readonly item: string;
  readonly title: string;
  readonly state: keyof typeof TONES;
  readonly says: string;
};

function Health({ items }: { readonly items: readonly Item[] }) {
  const { t } = useTranslation();
  const isFine = items.every(({ state }) => state === 'ok');
  return (
    <div role="status">
      {isFine ? <p style={{ margin: '0 0 0.4rem' }}>{t('connections.fine')}</p> : null}
      <ul className="plain-list small">
        {items.map(({ item, title, state, says }, index) => (
          <li key={index} className="health" title={item}>
            <span className={`pill sign ${TONES[state]}`}>{SIGNS[state]}</span>
            <span>
              <b>{title}:</b> {says}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
