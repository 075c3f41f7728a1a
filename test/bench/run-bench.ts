import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Instance, startInstance } from './instance.js';
import { measureAccept } from './measure-accept.js';
import { measureAnalytics } from './measure-analytics.js';
import { measureCustomersList } from './measure-customers-list.js';
import { measureEndToEnd, measureIdle, measureQueueFloor } from './measure-delivery.js';
import { measureLoad } from './measure-load.js';
import { measureMemory } from './measure-memory.js';
import { measureOutage } from './measure-outage.js';
import { startPrivateRedis } from './private-redis.js';
import { type BenchResult, toMarkdown } from './report.js';
import { watchStolenTime } from './stolen-time.js';

/**
 * `npm run bench`: measures accepting, delivering, idle latency, memory, the search of customers and
 * the summary of messages, each beside a floor of the same run, and writes bench-results/<time>.json
 * and .md. `--only accept,delivery,idle,memory,customers,analytics` runs a part; `--size 0.1` a tenth
 * of everything. Run when asked for: `--only load --rate 50 --minutes 10`, a steady load, and `--only
 * outage --rate 20 --minutes 3`, the same before and while 50,000 e-mails wait for their server.
 * Nothing here fails because it is slow.
 */
const { values } = parseArgs({
  options: {
    only: { type: 'string', default: 'accept,delivery,idle,memory,customers,analytics' },
    size: { type: 'string', default: '1' },
    rate: { type: 'string', default: '50' },
    minutes: { type: 'string', default: '10' },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) {
  process.stdout.write(
    'npm run bench -- [--only accept,delivery,idle,memory,customers,analytics] [--size 0.1]\n' +
      'npm run bench -- --only load|outage [--rate 50] [--minutes 10]\n',
  );
  process.exit(0);
}
const parts = values.only.split(',');
const sized = (count: number) => Math.max(50, Math.round(count * Number(values.size)));
const say = (line: string) => process.stderr.write(`${line}\n`);

const result: BenchResult = {
  at: new Date().toISOString(),
  node: process.versions.node,
  cpus: cpus().length,
};
const stolen = await watchStolenTime();

say('starting an instance of its own (embedded Postgres, api, worker, scheduler) …');
await withInstance(null, async (instance) => {
  if (parts.includes('idle')) {
    say('idle: one dispatch at a time …');
    await measureIdle(instance, sized(200));
    result.idle = await measureIdle(instance, sized(500));
  }
  if (parts.includes('accept')) {
    say('accept: 32 connections …');
    result.accept = await measureAccept(instance, sized(20_000));
  }
  if (parts.includes('delivery')) result.delivery = { postgres: await delivery(instance) };
  if (parts.includes('memory')) {
    say('memory: before, halfway and after …');
    await instance.stopWorker();
    await instance.startWorker();
    result.memory = await measureMemory(instance, sized(50_000));
  }
  if (parts.includes('load')) {
    const [rate, minutes] = [Number(values.rate), Number(values.minutes)];
    say(`load: ${rate} dispatches a second for ${minutes} minutes …`);
    await measureIdle(instance, sized(200));
    result.load = await measureLoad(instance, rate, minutes);
  }
  if (parts.includes('outage')) {
    const [rate, minutes] = [Number(values.rate), Number(values.minutes)];
    say(`outage: ${rate} dispatches a second for twice ${minutes} minutes …`);
    await measureIdle(instance, sized(200));
    result.outage = await measureOutage(instance, sized(50_000), rate, minutes);
  }
  if (parts.includes('analytics')) {
    const messages = sized(1_000_000);
    say(`analytics: a summary of ${messages} messages …`);
    result.analytics = await measureAnalytics(instance, messages);
  }
  // The last, because it puts other customers in the place of those that dispatches go to.
  if (parts.includes('customers')) {
    const customers = sized(200_000);
    say(`customers: searches among ${customers} …`);
    result.customers = await measureCustomersList(instance, customers, sized(600));
  }
});
if (parts.includes('delivery')) await onRedis();

result.stolen = await stolen();
await mkdir('bench-results', { recursive: true });
const file = join('bench-results', result.at.replaceAll(':', '-'));
await writeFile(`${file}.json`, `${JSON.stringify(result, null, 2)}\n`);
await writeFile(`${file}.md`, toMarkdown(result));
process.stdout.write(toMarkdown(result));
say(`kept in ${file}.json and .md`);

async function delivery(instance: Instance) {
  const messages = sized(5000);
  const backend = instance.redisUrl ? 'redis' : 'postgres';
  say(`delivery on ${backend}: empty jobs, then ${messages} messages …`);
  const floorPerSecond = await measureQueueFloor(instance, messages);
  // Services run for weeks: what is measured is not the compiling of a young one's code.
  await measureEndToEnd(instance, messages, 0);
  const atOnce = await measureEndToEnd(instance, messages, 0);
  const after50Ms = await measureEndToEnd(instance, messages, 50);
  return { floorPerSecond, atOnce, after50Ms };
}

async function onRedis(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'ambacar-bench-redis-'));
  const redis = await startPrivateRedis(folder);
  if (redis) {
    await withInstance(redis, async (instance) => {
      result.delivery = { ...result.delivery, redis: await delivery(instance) };
    });
    redis.stop();
  } else {
    say('delivery on redis: not measured, there is no redis-server on this machine');
  }
  await rm(folder, { recursive: true, force: true });
}

async function withInstance(
  redis: { url: string; pid: number } | null,
  use: (instance: Instance) => Promise<void>,
): Promise<void> {
  const instance = await startInstance({ redis });
  try {
    await use(instance);
  } finally {
    await instance.stop();
  }
}
