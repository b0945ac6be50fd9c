import type { Language } from '../domain/posting/words.ts';

/** A word in each language; one text where all of them write it alike. */
export type Words = string | Readonly<Record<Language, string>>;

/** What can be chosen, by its value. `codes`: values that read alike in every language. */
export type OptionTexts = 'codes' | Readonly<Record<string, Words>>;

/**
 * What a field of a form is called, and what is said of it.
 *
 * The English help is the description in the schema: checks and their meaning stand together there.
 */
export type FieldText = {
  /** The label, and the help; the help is empty only where the schema has no description. */
  readonly sv: readonly [label: string, help: string];
  readonly nb: readonly [label: string, help: string];
  readonly en: string;
  readonly options?: OptionTexts;
  /** Of pairs: what their names are, and what these may be where only some can. */
  readonly name?: Words;
  readonly names?: OptionTexts;
  /** Of pairs: what their values are. */
  readonly value?: Words;
  /** Of several alike: one of them. */
  readonly item?: FieldText;
  /** Of a form within the form. */
  readonly fields?: FieldTexts;
};

/** The texts of a form, by the names of its fields. */
export type FieldTexts = Readonly<Record<string, FieldText>>;

/** Words as this reader has them; empty where there are none. */
export function wordsIn(words: Words | undefined, language: Language): string {
  return typeof words === 'object' ? words[language] : (words ?? '');
}
