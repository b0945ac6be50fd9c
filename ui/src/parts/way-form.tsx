import { Checkbox, Radio, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Held, HeldWhole, Way } from '../api.ts';
import { AccountInput } from './account-input.tsx';

/** What somebody is choosing; not all of it may be filled in yet. */
export type Choice = {
  readonly kind: Way['kind'];
  readonly account: string;
  readonly percent: string;
  readonly date: string;
  readonly why: string;
  readonly code: string;
  /** Which of the ways to tax an order, from 1. */
  readonly way: string;
  readonly remember: boolean;
};

/** What fits the reasons best, with what the hub suggests. Skipping is never suggested. */
export function firstChoice(held: Held, suggestion: HeldWhole['suggestion']): Choice {
  const fitting = held.acts.find((act) => act !== 'skip') ?? 'again';
  return {
    kind: fitting as Way['kind'],
    account: suggestion?.account ?? '',
    percent: '25',
    date: new Date().toISOString().slice(0, 10),
    why: '',
    code: held.accepts[0] ?? '',
    way: '1',
    remember: fitting === 'code-as' || fitting === 'reverse-rate',
  };
}

/** The choice as the hub takes it; null while something is missing. */
export function asWay(choice: Choice): Way | null {
  const { kind, account, percent, date, why, code, way, remember } = choice;
  const hasAccount = /^\d{4,8}$/.test(account);
  switch (kind) {
    case 'accept':
      return code === '' ? null : { kind, code };
    case 'book-difference':
      return hasAccount ? { kind, account } : null;
    case 'code-as':
      return hasAccount ? { kind, account, remember } : null;
    case 'reverse-rate':
      return /^\d{1,2}([.,]\d{1,2})?$/.test(percent) ? { kind, percent, remember } : null;
    case 'book-on':
      return /^\d{4}-\d\d-\d\d$/.test(date) ? { kind, date } : null;
    case 'tax-as':
      return /^[1-9]\d?$/.test(way) ? { kind, way: Number(way) } : null;
    case 'skip':
      return why.trim() === '' ? null : { kind, why };
    default:
      return { kind };
  }
}

/** The ways out, what fits first; what a way needs to know is asked for where it is chosen. */
export function WayForm(of: {
  readonly company: string;
  readonly held: Held;
  readonly choice: Choice;
  readonly change: (choice: Choice) => void;
}) {
  const { t } = useTranslation();
  const { company, held, choice, change } = of;
  const label = (act: Way['kind']): string =>
    t(act === 'again' && held.state === 'review' ? 'act.approve' : `act.${act}`);
  return (
    <Radio.Group
      value={choice.kind}
      onChange={(kind) => change({ ...choice, kind })}
      aria-label={t('held.choose')}
    >
      <div className="stack">
        {(held.acts as Way['kind'][]).map((act) => (
          <div key={act}>
            <Radio value={act} label={label(act)} />
            {act === choice.kind ? <Fields {...{ company, held, choice, change }} /> : null}
          </div>
        ))}
      </div>
    </Radio.Group>
  );
}

function Fields(of: {
  readonly company: string;
  readonly held: Held;
  readonly choice: Choice;
  readonly change: (choice: Choice) => void;
}) {
  const { t } = useTranslation();
  const { choice, change } = of;
  const field = (name: 'account' | 'percent' | 'date' | 'why' | 'way') => ({
    size: 'sm',
    value: choice[name],
    onChange: ({ currentTarget }: { currentTarget: HTMLInputElement }) => {
      change({ ...choice, [name]: currentTarget.value });
    },
  });
  const remember = (
    <Checkbox
      mt="xs"
      label={t('held.remember')}
      checked={choice.remember}
      onChange={({ currentTarget }) => change({ ...choice, remember: currentTarget.checked })}
    />
  );
  const around = { padding: '0.4rem 0 0.2rem 1.9rem', maxWidth: '22rem' };
  switch (choice.kind) {
    case 'book-difference':
    case 'code-as':
      return (
        <div style={around}>
          <AccountInput company={of.company} {...field('account')} />
          {choice.kind === 'code-as' ? remember : null}
        </div>
      );
    case 'reverse-rate':
      return (
        <div style={around}>
          <TextInput label={t('held.rate')} inputMode="decimal" {...field('percent')} />
          {remember}
        </div>
      );
    case 'tax-as':
      return (
        <div style={around}>
          <TextInput label={t('held.way')} inputMode="numeric" {...field('way')} />
        </div>
      );
    case 'book-on':
      return (
        <div style={around}>
          <TextInput label={t('held.date')} type="date" {...field('date')} />
        </div>
      );
    case 'skip':
      return (
        <div style={around}>
          <TextInput label={t('held.why')} required {...field('why')} />
        </div>
      );
    case 'accept':
      return <Accepts {...of} />;
    default:
      return null;
  }
}

/** Which of several reasons is accepted; of a single one there is nothing to say. */
function Accepts({ held, choice, change }: Omit<Parameters<typeof Fields>[0], 'company'>) {
  if (held.accepts.length < 2) return null;
  return (
    <Radio.Group
      value={choice.code}
      onChange={(code) => change({ ...choice, code })}
      style={{ padding: '0.4rem 0 0.2rem 1.9rem' }}
    >
      <div className="stack">
        {held.accepts.map((code) => (
          <Radio
            key={code}
            size="xs"
            value={code}
            label={held.refusals.find((one) => one.code === code)?.message ?? code}
          />
        ))}
      </div>
    </Radio.Group>
  );
}
