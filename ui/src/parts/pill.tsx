import { useTranslation } from 'react-i18next';
import type { State } from '../api.ts';

const TONES: Readonly<Record<string, string>> = {
  done: 'good',
  ready: 'good',
  held: 'warn',
  review: 'warn',
  'in doubt': 'warn',
  setup: 'warn',
  reconnect: 'bad',
};

/** Where something stands, in a word and a tone. */
export function StatePill(of: {
  readonly state: State | 'ready' | 'reconnect' | 'setup' | 'paused' | null;
}) {
  const { t } = useTranslation();
  const state = of.state ?? 'none';
  return <span className={`pill ${TONES[state] ?? ''}`}>{t(`state.${state}`)}</span>;
}

/** The name of a kind of document; its own where the app knows none. */
export function useKind(): (kind: string) => string {
  const { t, i18n } = useTranslation();
  return (kind) => (i18n.exists(`kind.${kind}`) ? t(`kind.${kind}` as 'kind.order') : kind);
}
