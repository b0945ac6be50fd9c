import { useEffect, useRef } from 'react';

/**
 * Keys that do something wherever the page is, but not while somebody writes. Enter stays with a
 * button or a link that it is pressed on.
 */
export function useKeys(keys: Readonly<Record<string, () => void>>): void {
  const latest = useRef(keys);
  latest.current = keys;
  useEffect(() => {
    const pressed = (event: KeyboardEvent): void => {
      const at = event.target;
      const isWriting =
        at instanceof HTMLElement &&
        (at.matches('textarea, select, [contenteditable]') ||
          (at.matches('input') && !at.matches('[type=radio], [type=checkbox]')));
      if (isWriting || event.ctrlKey || event.metaKey || event.altKey) return;
      const isPressing = at instanceof HTMLElement && at.closest('a, button, summary') !== null;
      if (isPressing && /^(Enter| )$/.test(event.key)) return;
      const act = latest.current[event.key];
      if (act === undefined) return;
      event.preventDefault();
      act();
    };
    window.addEventListener('keydown', pressed);
    return () => window.removeEventListener('keydown', pressed);
  }, []);
}
