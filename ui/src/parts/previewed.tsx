import { useTranslation } from 'react-i18next';
import type { Preview } from '../api.ts';
import { dayText, moneyText } from '../format.ts';
import { Reason } from './held-one.tsx';
import { useKind } from './pill.tsx';
import { Vouchers } from './postings.tsx';

const TONES = {
  ...({ plan: 'good', held: 'warn', seen: '', unreadable: 'bad' } as const),
  ...({ waits: '', 'left-out': '' } as const),
} as const;

/** What would become of one document of a file; its rows are a click away. */
export function Previewed({ item }: { readonly item: Preview['items'][number] }) {
  const { t } = useTranslation();
  const kind = useKind();
  return (
    <details style={{ borderTop: '1px solid var(--bb-line-soft)' }}>
      <summary style={{ padding: '0.5rem 1rem', cursor: 'pointer' }}>
        <span className={`pill ${TONES[item.outcome]}`}>{t(`import.${item.outcome}`)}</span>{' '}
        <strong>{item.name}</strong>{' '}
        <span className="quiet small">
          {[item.kind === '' ? '' : kind(item.kind), dayText(item.date)]
            .filter(Boolean)
            .join(' · ')}
          {item.amount === null ? '' : ` · ${moneyText(item.amount)}`}
        </span>
      </summary>
      <div className="stack" style={{ paddingBottom: '0.6rem' }}>
        {item.refusals.length + item.problems.length + item.notices.length === 0 ? null : (
          <div className="body stack" style={{ padding: '0 1rem' }}>
            {item.refusals.map((refusal) => (
              <Reason key={refusal.message} refusal={refusal} />
            ))}
            {[...item.problems, ...item.notices].map(({ message }) => (
              <p key={message} style={{ margin: 0 }}>
                {message}
              </p>
            ))}
          </div>
        )}
        <Vouchers vouchers={item.vouchers} />
      </div>
    </details>
  );
}
