/** The same keys, each with a text. */
export type TextsLike<T> = { [Group in keyof T]: { [Key in keyof T[Group]]: string } };
