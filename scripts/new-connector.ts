import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { KINDS, scaffold, whyNot } from './new-connector/scaffold.ts';

const HELP = `usage: npm run new-connector -- <id> [--kind source|target|both] [--name "Name"]

Makes src/connectors/<id>: a connector that compiles, can be chosen, and whose tests fail until it
is written. Each failing test says what to write next.

  <id>     small letters, digits and hyphens; stored for good, so choose it well
  --kind   source: it hands over files; target: it keeps books; both (default: source)
  --name   what people call the system (default: the id)
  --into   another copy of the hub's code than this one
`;

function fail(says: string): never {
  process.stderr.write(`${says}\n\n${HELP}`);
  process.exit(2);
}

function readArguments() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        kind: { type: 'string', default: 'source' },
        name: { type: 'string' },
        into: { type: 'string', default: join(import.meta.dirname, '..') },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
  } catch (error) {
    return fail(error instanceof Error ? error.message : String(error));
  }
}

/** Names decide how long lines are: the files are laid out once they are filled in. */
function format(root: string, paths: readonly string[]): void {
  const package_ = dirname(fileURLToPath(import.meta.resolve('oxfmt/package.json')));
  const ran = spawnSync(process.execPath, [join(package_, 'bin', 'oxfmt'), ...paths], {
    cwd: root,
    encoding: 'utf8',
  });
  if (ran.status !== 0) process.stderr.write(`The files could not be laid out: ${ran.stderr}\n`);
}

const { values, positionals } = readArguments();
if (values.help) {
  process.stdout.write(HELP);
  process.exit(0);
}
const [id, ...others] = positionals;
if (id === undefined) fail('Which connector? Give an id.');
if (others.length > 0) fail(`One id at a time; what is ${others.join(' ')}?`);
const root = values.into;
const reason = whyNot({ root, id });
if (reason !== null) fail(reason);
const kind = KINDS.find((one) => one === values.kind);
if (kind === undefined) fail(`--kind is source, target or both, and not “${values.kind}”.`);
const name = values.name ?? id;
if (!/^[\p{L}\p{N} .&+-]{1,40}$/u.test(name)) {
  fail('--name is made of letters, digits, spaces and . & + -, at most 40 of them.');
}

const paths = scaffold({ root, id, name, kind });
format(root, paths);
process.stdout.write(`${paths.join('\n')}

Next:
  node --test --test-name-pattern='^${id}:' src/connectors/contract.test.ts
`);
