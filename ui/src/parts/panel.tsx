import { useId, type ReactNode } from 'react';

/** A part of a page with its own heading. */
export function Panel(of: { readonly title: string; readonly children: ReactNode }) {
  const id = useId();
  return (
    <section className="panel" aria-labelledby={id}>
      <header>
        <h2 id={id}>{of.title}</h2>
      </header>
      <div className="body stack">{of.children}</div>
    </section>
  );
}
