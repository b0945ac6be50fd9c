import type { ReactNode } from 'react';
import { LanguageChoice, SchemeButton } from '../shell.tsx';

/** A page for who has not signed in yet. */
export function SignPage(of: { readonly title: string; readonly children: ReactNode }) {
  return (
    <main style={{ maxWidth: '24rem', margin: '0 auto', padding: '12vh 1rem 2rem' }}>
      <div className="between" style={{ marginBottom: '1rem' }}>
        <span className="brand">
          <img src="/icon.svg" width="28" height="28" alt="" />
          Bokbro
        </span>
        <div className="between" style={{ gap: '0.4rem' }}>
          <LanguageChoice />
          <SchemeButton />
        </div>
      </div>
      <div className="panel">
        <div className="body stack">
          <h1>{of.title}</h1>
          {of.children}
        </div>
      </div>
    </main>
  );
}
