import assert from 'node:assert/strict';
import { execFile, execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { promisify } from 'node:util';
import { startStage, type Stage } from './stage.ts';
import { startHouse, type House } from './summa-house.ts';

const PAGE = 'docs/pushing.md';
const INVOICE = 'src/connectors/summa/fixtures/invoice-push-24117.json';

function withoutCurl(): string | false {
  try {
    execFileSync('curl', ['--version']);
    return false;
  } catch {
    return 'curl is not installed here';
  }
}

describe('the page for systems that push', { skip: withoutCurl() }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'bokbro-pushing-'));
  let stage: Stage;
  let house: House;
  before(async () => {
    stage = await startStage();
    house = await startHouse(stage, {
      ...{ jobs: [], choices: ['invoices.as=booked'], departments: ['DIGITAL=DIGI'] },
    });
    copyFileSync(INVOICE, join(folder, 'invoice.json'));
  });
  after(async () => {
    await house.stop();
    await stage.stop();
    rmSync(folder, { recursive: true });
  });

  it('has commands that do what it says, one after the other', async () => {
    const page = readFileSync(PAGE, 'utf8');
    const commands = [...page.matchAll(/```sh\n([^]*?)```/g)].map(([, text = '']) => text);
    const answers: Record<string, unknown>[] = [];
    for (const command of commands) {
      const own = command
        .replaceAll('http://127.0.0.1:5310', house.server.url)
        .replaceAll('KEY', house.key);
      const { stdout } = await promisify(execFile)('sh', ['-c', own], { cwd: folder });
      answers.push(JSON.parse(stdout) as Record<string, unknown>);
    }
    const [asked, pushed, later, many] = answers;
    assert.equal(answers.length, 4);
    assert.equal(asked?.['ready'], false);
    assert.deepEqual(asked?.['accounts'], [
      { code: '3001', state: 'active' },
      { code: '3049', state: 'missing', will_be_created: false },
    ]);
    assert.deepEqual([pushed?.['status'], pushed?.['invoice_no']], ['created', '1']);
    assert.deepEqual([later?.['status'], later?.['invoice_no']], ['created', '1']);
    const results = many?.['results'] as readonly Record<string, unknown>[];
    assert.deepEqual(
      results.map((one) => [one['status'], one['invoice_no']]),
      [['created', '1']],
    );
    assert.equal((await house.list('invoices', 'Invoices')).length, 1);
  });
});
