import { Button, Checkbox } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Held, Posting, Refusal, Way } from '../api.ts';
import { agoText, dayText, moneyText } from '../format.ts';
import { heldOneQuery } from '../queries.ts';
import { asWay, firstChoice, WayForm, type Choice } from './way-form.tsx';
import { Effect } from './effect.tsx';
import { useKind } from './pill.tsx';
import { Postings } from './postings.tsx';

/** One thing that waits: why, the numbers, what can be done, and what that leads to. */
export function HeldOne(of: {
  readonly company: string;
  readonly held: Held;
  readonly alike: readonly Held[];
  readonly settle: (ids: readonly string[], way: Way) => void;
  readonly isSettling: boolean;
  readonly maySettle: boolean;
}) {
  const { t } = useTranslation();
  const { company, held } = of;
  const whole = useQuery(heldOneQuery(company, held.id)).data;
  const suggestion = whole?.suggestion ?? held.suggestion;
  const [chosen, setChosen] = useState<Choice | null>(null);
  const choice = chosen ?? firstChoice(held, suggestion);
  const [isForAll, setIsForAll] = useState(false);
  const way = asWay(choice);
  const ids = [held.id, ...(isForAll ? of.alike.map(({ id }) => id) : [])];
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        if (way !== null && of.maySettle && !of.isSettling) of.settle(ids, way);
      }}
    >
      <section className="panel">
        <Head company={company} held={held} />
        <div className="body stack">
          {held.refusals.map((refusal) => (
            <Reason key={refusal.message} refusal={refusal} />
          ))}
          <FirstEyes approval={held.approval} />
          {whole?.notices.map(({ message }) => (
            <p key={message} className="quiet small" style={{ margin: 0 }}>
              {message}
            </p>
          ))}
        </div>
      </section>
      {of.maySettle ? (
        <section className="panel" aria-labelledby="choose">
          <header>
            <h2 id="choose">{t('held.choose')}</h2>
          </header>
          <div className="body stack">
            {suggestion === null ? null : (
              <p style={{ margin: 0 }}>
                <span className="pill good">{t('held.suggestion')}</span> {suggestion.message}
              </p>
            )}
            <WayForm company={company} held={held} choice={choice} change={setChosen} />
            <ForAll count={of.alike.length} isForAll={isForAll} change={setIsForAll} />
            <div>
              <Button type="submit" disabled={way === null} loading={of.isSettling} autoFocus>
                {t(choice.kind === 'skip' ? 'held.settleSkip' : 'held.settle')}
              </Button>
            </div>
          </div>
        </section>
      ) : (
        <p className="quiet">{t('held.readOnly')}</p>
      )}
      {way === null ? null : <Effect company={company} delivery={held.id} way={way} />}
      <Draft rows={whole?.draft ?? []} />
    </form>
  );
}

/** The first of two people who have to decide the same. */
function FirstEyes({ approval }: { readonly approval: Held['approval'] }) {
  const { t } = useTranslation();
  if (approval === null) return null;
  return (
    <p style={{ margin: 0 }}>
      <span className="pill warn">{t('flow.firstEyes')}</span> {approval.by},{' '}
      {agoText(approval.atMs)}
    </p>
  );
}

/** One answer for everything that waits for the same reason. */
function ForAll(of: {
  readonly count: number;
  readonly isForAll: boolean;
  readonly change: (isForAll: boolean) => void;
}) {
  const { t } = useTranslation();
  if (of.count === 0) return null;
  return (
    <Checkbox
      label={t('held.alike', { count: of.count })}
      checked={of.isForAll}
      onChange={({ currentTarget }) => of.change(currentTarget.checked)}
    />
  );
}

function Draft({ rows }: { readonly rows: readonly Posting[] }) {
  const { t } = useTranslation();
  if (rows.length === 0) return null;
  return (
    <section className="panel">
      <header>
        <h2>{t('held.draft')}</h2>
      </header>
      <Postings rows={rows} label={t('held.draft')} />
    </section>
  );
}

function Head({ company, held }: { readonly company: string; readonly held: Held }) {
  const { t } = useTranslation();
  const kind = useKind();
  return (
    <header>
      <div>
        <h2>{held.name}</h2>
        <span className="quiet small">
          {kind(held.kind)} · {dayText(held.date)}
        </span>
      </div>
      <Link
        to="/c/$company/documents/$document"
        params={{ company, document: held.documentId }}
        className="small"
      >
        {t('held.open')}
      </Link>
    </header>
  );
}

/** The sentence, and its numbers under each other so that they can be compared. */
export function Reason({ refusal }: { readonly refusal: Refusal }) {
  const { t, i18n } = useTranslation();
  const named = (name: string): string =>
    i18n.exists(`fact.${name}`) ? t(`fact.${name}` as 'fact.difference') : name;
  return (
    <div>
      <p className="sentence">{refusal.message}</p>
      {refusal.amounts.length < 2 ? null : (
        <table className="facts">
          <tbody>
            {refusal.amounts.map(({ name, amount }) => (
              <tr key={name} className={name === 'difference' ? 'difference' : ''}>
                <td>{named(name)}</td>
                <td className="num">{moneyText(amount)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  );
}
