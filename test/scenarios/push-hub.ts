import { pino } from 'pino';
import { openHub, type Between } from '../../src/hub/hub.ts';
import type { Config } from '../../src/hub/config.ts';
import { keepDoing } from '../../src/hub/keep-doing.ts';
import { openServer } from '../../src/web/server.ts';
import { QUICK, UNLIMITED } from './stage.ts';

/** What a hub that is killed is started with, as JSON in its first argument. */
export type PushHubTask = { readonly config: Config; readonly port: number };

/** What it is told: to die at a point of what it does next, counted from 1; null: never. */
export type Doom = { readonly at: number | null };

/** What it tells: that it is there, that it has heard, and each point that it comes to. */
export type PushHubEvent = 'ready' | 'heard' | { readonly point: string };

const task = JSON.parse(process.argv[2] ?? '{}') as PushHubTask;
let doom: number | null = null;
let count = 0;

function tell(event: PushHubEvent): void {
  process.send?.(event);
}

/** Dies here and now, as by a power cut: no handler runs, and nothing is answered. */
function point(name: string): void {
  count += 1;
  if (count === doom) process.kill(process.pid, 'SIGKILL');
  tell({ point: name });
}

const between: Between = {
  http: (http) => ({
    send: async (request) => {
      const name = `${request.method} ${new URL(request.url).pathname}`;
      point(`before ${name}`);
      const response = await http.send(request);
      point(`after ${name}`);
      return response;
    },
  }),
  lanes: (store) => store,
  intake: (store) => ({
    ...store,
    keepWhole: async (file) => {
      point('before it is kept');
      const kept = await store.keepWhole(file);
      point('after it is kept');
      return kept;
    },
  }),
};

process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
process.on('message', (told) => {
  doom = (told as Doom).at;
  count = 0;
  tell('heard');
});
const hub = await openHub(task.config, {
  ...{ log: pino({ level: 'silent' }), connectors: UNLIMITED, maintain: false, between },
  timing: { ...QUICK, callMs: 800, deadlineMs: 1_700 },
});
const server = await openServer({ host: '127.0.0.1', port: task.port });
server.ready(hub);
await hub.startWorker();
// As a hub that was started does: what was kept and not read is read.
keepDoing(hub, { everyMs: 200, failed: 'not now' }, () => hub.finishFiles());
tell('ready');
