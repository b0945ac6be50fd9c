/** How far a connector has come. Each grade asks for everything of those before it. */
const GRADES = ['bronze', 'silver', 'gold'] as const;

type Grade = (typeof GRADES)[number];

type Rule = {
  readonly grade: Grade;
  readonly name: string;
  readonly state: 'done' | 'todo' | 'exempt';
};

/** Rules that stand in every `quality.md`, so that a grade means the same everywhere. */
const ALWAYS: readonly (readonly [Grade, RegExp])[] = [
  ['bronze', /contract suite/i],
  ['bronze', /settings/i],
  ['bronze', /readme/i],
  ['silver', /carry-back/i],
  ['silver', /reconcile/i],
  ['silver', /documented error/i],
  ['gold', /verified against the real/i],
];

/**
 * What is wrong with a `quality.md`. It states `**Level: bronze**` (or none, silver, gold) and
 * holds a table of rules: name, `done`, `todo` or `exempt`, and why. A row `**Bronze**` begins the
 * rules of a grade.
 */
export function problemsOfQuality(text: string): readonly string[] {
  const level = /\*\*Level: (none|bronze|silver|gold)\b/.exec(text)?.[1];
  if (level === undefined) return ['it states no level: **Level: none**, bronze, silver or gold'];
  const { rules, problems } = readRules(text);
  const reached = reachedBy(rules);
  if (level !== reached) problems.push(`it says ${level}, and its rules come to ${reached}`);
  for (const [grade, name] of ALWAYS) {
    const isThere = rules.some((rule) => rule.grade === grade && name.test(rule.name));
    if (!isThere) problems.push(`${grade} has no rule about ${name.source}`);
  }
  return problems;
}

function readRules(text: string): { readonly rules: readonly Rule[]; readonly problems: string[] } {
  const rules: Rule[] = [];
  const problems: string[] = [];
  let grade: Grade | null = null;
  for (const line of text.split('\n')) {
    const cells = line.split('|').map((cell) => cell.trim());
    const [, name = '', said = '', why = ''] = cells;
    if (!line.startsWith('|') || /^-*$/.test(name) || said === 'State') continue;
    const heading = GRADES.find((one) => name.toLowerCase() === `**${one}**`);
    if (heading !== undefined) {
      grade = heading;
      continue;
    }
    const [, state, inline = ''] = /^(done|todo|exempt)(?::\s*(.+))?$/.exec(said) ?? [];
    if (grade === null) problems.push(`the rule "${name}" stands under no grade`);
    else if (state !== 'done' && state !== 'todo' && state !== 'exempt') {
      problems.push(`the rule "${name}" is neither done, todo nor exempt: ${said}`);
    } else {
      if (state !== 'done' && why + inline === '') problems.push(`"${name}" is ${state}: why?`);
      rules.push({ grade, name, state });
    }
  }
  return { rules, problems };
}

/** The highest grade below which nothing is left to do. */
function reachedBy(rules: readonly Rule[]): Grade | 'none' {
  let reached: Grade | 'none' = 'none';
  for (const grade of GRADES) {
    const own = rules.filter((rule) => rule.grade === grade);
    if (own.length === 0 || own.some((rule) => rule.state === 'todo')) return reached;
    reached = grade;
  }
  return reached;
}
