import { styleText } from 'node:util';

/** Colours for a terminal; without colours the text as it is. */
export type Paint = {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly good: (text: string) => string;
  readonly warn: (text: string) => string;
  readonly bad: (text: string) => string;
};

export function paint(hasColours: boolean): Paint {
  const with_ =
    (style: Parameters<typeof styleText>[0]) =>
    (text: string): string =>
      hasColours ? styleText(style, text, { validateStream: false }) : text;
  return {
    bold: with_('bold'),
    dim: with_('dim'),
    good: with_('green'),
    warn: with_('yellow'),
    bad: with_('red'),
  };
}
