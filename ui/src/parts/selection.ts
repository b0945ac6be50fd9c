import { useRef, useState } from 'react';

/** Which rows of a table are chosen, and where the keyboard is. */
export type Selection = {
  readonly chosen: ReadonlySet<string>;
  /** The row that the keyboard is at. */
  readonly at: number;
  readonly go: (index: number) => void;
  /** Chooses a row or lets it go; with a range, all between it and the one before it. */
  readonly toggle: (index: number, isRange: boolean) => void;
  readonly all: (isChosen: boolean) => void;
};

/**
 * Chooses among rows as one does in a list of mail.
 *
 * @param ids - of the rows in their order; null for a row that cannot be chosen
 */
export function useSelection(ids: readonly (string | null)[]): Selection {
  const [marked, setMarked] = useState<ReadonlySet<string>>(new Set());
  const [cursor, setCursor] = useState(0);
  const anchor = useRef(0);
  const at = Math.min(cursor, Math.max(0, ids.length - 1));
  const there = ids.filter((id) => id !== null);
  const chosen = new Set(there.filter((id) => marked.has(id)));
  return {
    chosen,
    at,
    go: (index) => setCursor(Math.max(0, Math.min(index, ids.length - 1))),
    toggle: (index, isRange) => {
      const id = ids[index] ?? null;
      if (id === null) return;
      const isOn = isRange || !chosen.has(id);
      const from = isRange ? Math.min(anchor.current, index) : index;
      const to = isRange ? Math.max(anchor.current, index) : index;
      const next = new Set(chosen);
      for (const one of ids.slice(from, to + 1)) {
        if (one === null) continue;
        if (isOn) next.add(one);
        else next.delete(one);
      }
      anchor.current = index;
      setMarked(next);
      setCursor(index);
    },
    all: (isChosen) => setMarked(isChosen ? new Set(there) : new Set()),
  };
}
