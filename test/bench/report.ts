import type { LoadResult } from './load.js';
import type { AcceptResult } from './measure-accept.js';
import type { AnalyticsResult, SummaryTimes } from './measure-analytics.js';
import type { CustomersListResult } from './measure-customers-list.js';
import type { DeliveryResult } from './measure-delivery.js';
import type { SustainedLoad } from './measure-load.js';
import type { MemoryResult } from './measure-memory.js';
import type { OutageResult } from './measure-outage.js';

/** Everything that one run measured. */
export interface BenchResult {
  at: string;
  node: string;
  cpus: number;
  /** The share of the processors that other machines on the host took meanwhile; null: not known. */
  stolen?: number | null;
  accept?: { floor: LoadResult; alone: AcceptResult; draining: AcceptResult };
  delivery?: Record<
    string,
    { floorPerSecond: number; atOnce: DeliveryResult; after50Ms: DeliveryResult }
  >;
  idle?: { p50Ms: number; p99Ms: number };
  load?: SustainedLoad;
  outage?: OutageResult;
  memory?: MemoryResult;
  customers?: CustomersListResult;
  analytics?: AnalyticsResult;
}

/** The run as a Markdown table: each figure beside its floor and what we mean to reach. */
export function toMarkdown(result: BenchResult): string {
  const rows: string[][] = [];
  const { accept, delivery, idle, memory } = result;
  if (accept) {
    const { floor, alone, draining } = accept;
    rows.push(
      ['accept, floor (bare inserts)', perSecond(floor), latency(floor), '', ''],
      [
        'accept, worker stopped',
        perSecond(alone),
        latency(alone),
        ratio(alone, floor, 0.6),
        cpu(alone, 0.8),
      ],
      [
        'accept, worker draining',
        perSecond(draining),
        latency(draining),
        ratio(draining, floor, 0.35),
        '',
      ],
    );
  }
  for (const [backend, { floorPerSecond, atOnce, after50Ms }] of Object.entries(delivery ?? {})) {
    const floor = { perSecond: floorPerSecond };
    const aim = backend === 'redis' ? 0.2 : 0.6;
    rows.push(
      [`delivery on ${backend}, floor (empty jobs)`, perSecond(floor), '', '', ''],
      [
        `delivery on ${backend}, provider at once`,
        perSecond(atOnce),
        '',
        ratio(atOnce, floor, aim),
        cpu(atOnce, 2),
      ],
      [
        `delivery on ${backend}, provider 50 ms`,
        perSecond(after50Ms),
        '',
        ratio(after50Ms, floor, aim),
        cpu(after50Ms, 2),
      ],
    );
  }
  if (idle) {
    const told = `p50 ${idle.p50Ms.toFixed(1)} (≤ 8), p99 ${idle.p99Ms.toFixed(1)} (≤ 30)`;
    rows.push(['idle, POST to provider', '', told, '', '']);
  }
  if (result.load) rows.push(...loadRows(result.load));
  if (result.outage) rows.push(...outageRows(result.outage));
  if (result.analytics) rows.push(...analyticsRows(result.analytics));
  if (result.customers) rows.push(...customersRows(result.customers));
  const lines = [
    `Measured ${result.at} on Node ${result.node}, ${result.cpus} CPUs${stolenWords(result)}.`,
    '',
    '| what | per second | ms | of the floor (aim) | CPU ms each (aim) |',
    '|---|---|---|---|---|',
    ...rows.map((row) => `| ${row.join(' | ')} |`),
  ];
  if (memory) lines.push('', ...memoryTable(memory));
  return `${lines.join('\n')}\n`;
}

function stolenWords({ stolen }: BenchResult): string {
  if (typeof stolen !== 'number') return '';
  return `, of which other machines on the host took ${(100 * stolen).toFixed(1)} %`;
}

function loadRows({ dispatchesPerSecond, minutes, ...measured }: SustainedLoad): string[][] {
  const told = ({ p50Ms, p99Ms }: { p50Ms: number; p99Ms: number }, aimMs: number) =>
    `p50 ${p50Ms.toFixed(1)}, p99 ${p99Ms.toFixed(1)} (≤ ${aimMs})`;
  const slopes = Object.entries(measured.mibPerHour).map(
    ([name, mib]) => `${name} ${mib.toFixed(1)}`,
  );
  const during = `${minutes} minutes of load`;
  return [
    [`${during}, accept`, `${dispatchesPerSecond}`, told(measured.accept, 100), '', ''],
    [`${during}, POST to provider`, '', told(measured.endToEnd, 1000), '', ''],
    [`${during}, memory won in MiB per hour: ${slopes.join(', ')}`, '', '', '', ''],
  ];
}

function outageRows({ waiting, before, during, triesPerMinute }: OutageResult): string[][] {
  const told = ({ endToEnd: { p50Ms, p99Ms } }: SustainedLoad) =>
    `p50 ${p50Ms.toFixed(1)}, p99 ${p99Ms.toFixed(1)}`;
  const ratio = `${(during.endToEnd.p99Ms / before.endToEnd.p99Ms).toFixed(2)} (≤ 1.1)`;
  const rate = String(before.dispatchesPerSecond);
  return [
    ['WhatsApp, nothing waiting', rate, told(before), '', ''],
    [`WhatsApp, ${waiting} e-mails waiting`, rate, told(during), ratio, ''],
    [`e-mails tried in a minute: ${triesPerMinute.toFixed(1)} (≤ 2)`, '', '', '', ''],
  ];
}

function analyticsRows(result: AnalyticsResult): string[][] {
  const { messages, rollUpRows, folded, oneTaller, unfolded, plainMs } = result;
  const row = (what: string, { p50Ms, p95Ms, cpuMsEach }: SummaryTimes, aim = '') => [
    what,
    '',
    `p50 ${p50Ms.toFixed(1)}${aim}, p95 ${p95Ms.toFixed(1)}`,
    '',
    cpuMsEach.toFixed(1),
  ];
  return [
    [`plain query over ${messages} messages`, '', plainMs.toFixed(0), '', ''],
    row(`summary of them, from ${rollUpRows} rows`, folded, ' (≤ 25)'),
    row('summary of one of ten workshops', oneTaller),
    row(`summary, ${unfolded.differences} differences not yet folded`, unfolded),
  ];
}

function customersRows({ customers, trigrams, api, floor }: CustomersListResult): string[][] {
  const told = ({ p50Ms, p95Ms }: CustomersListResult['api']) =>
    `p50 ${p50Ms.toFixed(1)}, p95 ${p95Ms.toFixed(1)}`;
  const ratio = `${(api.p95Ms / floor.p95Ms).toFixed(2)} (≤ 1.5)`;
  const how = trigrams ? 'trigrams' : 'no trigrams';
  return [
    [`search among ${customers} (${how}), floor (the same SQL)`, '', told(floor), '', ''],
    [`search among ${customers}, list of 20`, '', told(api), ratio, ''],
  ];
}

function memoryTable({ dispatches, restMib, halfwayMib, afterMib }: MemoryResult): string[] {
  return [
    `| PSS in MiB | at rest | after ${dispatches / 2} | after ${dispatches} |`,
    '|---|---|---|---|',
    ...Object.keys(restMib).map((name) => {
      const told = [restMib, halfwayMib, afterMib].map((mib) => (mib[name] ?? 0).toFixed(0));
      return `| ${name}${name === 'total' ? ' (≤ 326)' : ''} | ${told.join(' | ')} |`;
    }),
  ];
}

function perSecond({ perSecond: value }: { perSecond: number }): string {
  return value.toFixed(0);
}

function latency({ p50Ms, p99Ms }: LoadResult): string {
  return `p50 ${p50Ms.toFixed(1)}, p99 ${p99Ms.toFixed(1)}`;
}

function ratio(value: { perSecond: number }, floor: { perSecond: number }, aim: number): string {
  return `${(value.perSecond / floor.perSecond).toFixed(2)} (≥ ${aim})`;
}

function cpu({ cpuMsEach }: { cpuMsEach: number }, aim: number): string {
  return `${cpuMsEach.toFixed(2)} (≤ ${aim})`;
}
