import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Which sides of a connector are made. */
export const KINDS = ['source', 'target', 'both'] as const;

export type Kind = (typeof KINDS)[number];

/** A connector to be made. `root` is the folder of the hub's own code. */
export type NewConnector = {
  readonly root: string;
  readonly id: string;
  readonly name: string;
  readonly kind: Kind;
};

const TEMPLATES = join(import.meta.dirname, 'templates');
const ENDING = '.template';
/** The id is stored in the database for good, and names the folder. */
const ID = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
const ID_CHARS_MAX = 40;
const REGISTRY = join('src', 'app', 'connectors.ts');
const REGISTERED = /^ {2}import\('\.\.\/connectors\/(.+)\/connector\.ts'\),$/;
/** Files that only one of the sides needs. */
const FILES_OF: Readonly<Record<Exclude<Kind, 'both'>, RegExp>> = {
  source: /^(source\.ts|fixtures\/.*)$/,
  target: /^(target\.ts|client\.ts|simulator\/.*)$/,
};

/** @returns why there can be no connector of that id, for the person who asked; null when it can */
export function whyNot({ root, id }: Pick<NewConnector, 'root' | 'id'>): string | null {
  if (!ID.test(id) || id.length > ID_CHARS_MAX) {
    const example = 'small letters, digits and hyphens, such as my-till';
    return `“${id}” cannot be an id: it is made of ${example}, at most ${ID_CHARS_MAX} characters.`;
  }
  if (existsSync(folderOf({ root, id }))) return `There is a connector ${id} already.`;
  if (registered(root).length > 0) return null;
  return `${REGISTRY} does not list connectors as it used to: this script must learn its new form.`;
}

/**
 * Makes a connector's folder and registers it. It can be chosen at once; what it cannot do yet is
 * what its tests say.
 *
 * @returns the files that were made or changed, relative to `root`
 */
export function scaffold(connector: NewConnector): readonly string[] {
  const made = templatesFor(connector.kind).map((name) => {
    const path = join('src', 'connectors', connector.id, name);
    const text = filled(readFileSync(join(TEMPLATES, name + ENDING), 'utf8'), connector);
    mkdirSync(dirname(join(connector.root, path)), { recursive: true });
    writeFileSync(join(connector.root, path), text);
    return path;
  });
  return [...made, register(connector)];
}

function folderOf({ root, id }: Pick<NewConnector, 'root' | 'id'>): string {
  return join(root, 'src', 'connectors', id);
}

function templatesFor(kind: Kind): readonly string[] {
  return readdirSync(TEMPLATES, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(ENDING))
    .map((name) => name.slice(0, -ENDING.length).replaceAll('\\', '/'))
    .filter(
      (name) => kind === 'both' || !FILES_OF[kind === 'source' ? 'target' : 'source'].test(name),
    )
    .sort();
}

/** `source| ` before a line: only in connectors that are sources, and so on. */
const CONDITION = /^(source|target|both|source-only|target-only)\| ?/;

const KINDS_WITH: Readonly<Record<string, readonly Kind[]>> = {
  source: ['source', 'both'],
  target: ['target', 'both'],
  both: ['both'],
  'source-only': ['source'],
  'target-only': ['target'],
};

function filled(template: string, { id, name, kind }: NewConnector): string {
  const words = id.split('-');
  const pascal = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
  const lines = template.split('\n').flatMap((line) => {
    const only = CONDITION.exec(line)?.[1];
    const isWanted = only === undefined || KINDS_WITH[only]?.includes(kind);
    return isWanted ? [line.replace(CONDITION, '')] : [];
  });
  return lines
    .join('\n')
    .replaceAll('__id__', id)
    .replaceAll('__Name__', name)
    .replaceAll('__camel__', pascal.charAt(0).toLowerCase() + pascal.slice(1))
    .replaceAll('__Pascal__', pascal)
    .replaceAll('__CAPITALS__', words.join('_').toUpperCase())
    .trimStart();
}

type Line = { readonly at: number; readonly id: string };

/** The lines of the registry that stand for a connector each. */
function registered(root: string): readonly Line[] {
  const lines = readFileSync(join(root, REGISTRY), 'utf8').split('\n');
  return lines.flatMap((line, at) => {
    const id = REGISTERED.exec(line)?.[1];
    return id === undefined ? [] : [{ at, id }];
  });
}

/** Adds the connector's line where the others stand, in the order of the alphabet. */
function register({ root, id }: NewConnector): string {
  const others = registered(root);
  const next = others.find((other) => other.id > id)?.at ?? (others.at(-1)?.at ?? 0) + 1;
  const path = join(root, REGISTRY);
  const lines = readFileSync(path, 'utf8').split('\n');
  lines.splice(next, 0, `  import('../connectors/${id}/connector.ts'),`);
  writeFileSync(path, lines.join('\n'));
  return REGISTRY;
}
