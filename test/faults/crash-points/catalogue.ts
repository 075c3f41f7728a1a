import type { Channel } from '#domain/catalog/channels.js';

/** Where on the wire a process kills itself; preload.mjs carries it out. */
export type Hook =
  /** `rows`: only when the answer has rows; `inTransaction`: only inside of one. */
  | {
      hook: 'statement';
      when: 'before' | 'sent' | 'after';
      text: string;
      rows?: boolean;
      inTransaction?: boolean;
    }
  /** The COMMIT of a transaction in which `of` was said. */
  | { hook: 'commit'; when: 'before' | 'sent' | 'after'; of: string }
  | { hook: 'request'; when: 'connected' | 'half' | 'sent' | 'answered'; path: string }
  | { hook: 'smtp'; when: 'connected' | 'half' | 'sent' | 'answered' }
  | { hook: 'answer'; when: 'before' | 'after'; path?: string; header?: string };

export interface CrashPoint {
  /** Of the catalogue of faults, and what it means here. */
  name: string;
  process: 'api' | 'worker' | 'scheduler';
  /** It comes by seldom, so the first time counts, and only where a provider refuses for now. */
  needsRetries?: boolean;
  hook: Hook;
}

const dispatchText = 'INSERT INTO idempotency_key .*INSERT INTO event';

/**
 * The points of the API. An event is written by one statement, or, with a business key, in a
 * transaction; there is no moment at which the event is written and its messages are not.
 */
export const apiPoints: readonly CrashPoint[] = [
  at('cp01 before the event is written', { when: 'before', text: dispatchText }),
  at('cp02 written, not committed', { when: 'after', text: dispatchText, inTransaction: true }),
  commit('cp03 before the commit', 'before', dispatchText),
  at('cp03 commit under way', { when: 'sent', text: dispatchText }),
  commit('cp04 committed, not answered', 'after', dispatchText),
  at('cp04 committed at once, not answered', { when: 'after', text: dispatchText }),
  {
    name: 'cp05 answered, not woken',
    process: 'api',
    hook: { hook: 'answer', when: 'after', path: '/dispatch/' },
  },
  at('cp06 wake-up half written', { when: 'sent', text: 'add_job' }),
  at('cp07 woken, nobody knows', { when: 'after', text: 'add_job' }),
  at('cp21 receipt under way', { when: 'sent', text: 'INSERT INTO received_webhook' }),
  at('cp21 receipt kept, not answered', { when: 'after', text: 'INSERT INTO received_webhook' }),
  {
    name: 'cp22 repeat found, not answered',
    process: 'api',
    hook: { hook: 'answer', when: 'before', header: 'idempotency-replayed' },
  },
];

function at(name: string, how: Omit<Extract<Hook, { hook: 'statement' }>, 'hook'>): CrashPoint {
  return { name, process: 'api', hook: { hook: 'statement', ...how } };
}

function commit(name: string, when: 'before' | 'sent' | 'after', of: string): CrashPoint {
  return { name, process: 'api', hook: { hook: 'commit', when, of } };
}

const requestPaths = { whatsapp: '/message/sendText/', push: '/push/' };
const accountText = 'UPDATE provider_account';
const recordText = 'record_attempts';
const nextRungText = 'INSERT INTO message .*rung';

/** The points of a worker that sends on this channel. */
export function workerPoints(channel: Channel): readonly CrashPoint[] {
  const call = (when: 'connected' | 'half' | 'sent' | 'answered'): Hook =>
    channel === 'email'
      ? { hook: 'smtp', when }
      : { hook: 'request', when, path: requestPaths[channel] };
  const statement = (when: 'before' | 'sent' | 'after', text: string, rows = false): Hook => ({
    hook: 'statement',
    when,
    text,
    rows,
  });
  const points: [string, Hook][] = [
    ['cp08 claim under way', statement('sent', 'claim_due_messages')],
    ['cp09 claimed, intent written', statement('after', 'claim_due_messages', true)],
    ['cp10 connected', call('connected')],
    ['cp11 half written', call('half')],
    ['cp12 written, not answered', call('sent')],
    ['cp13 answered', call('answered')],
    ['cp13 answered, before the record', statement('before', recordText)],
    ['cp14 record under way', statement('sent', recordText)],
    ['cp15 recorded, job open', statement('after', recordText)],
    ['cp16 next rung, not committed', { hook: 'commit', when: 'before', of: nextRungText }],
    ['cp16 next rung, not woken', { hook: 'commit', when: 'after', of: nextRungText }],
    ['cp17 account not committed', { hook: 'commit', when: 'before', of: accountText }],
    ['cp17 account committed', { hook: 'commit', when: 'after', of: accountText }],
    ['cp18 swept, not woken', statement('after', 'SET enqueued_at = clock_timestamp', true)],
  ];
  // Only WhatsApp tells in webhooks what became of a message.
  if (channel === 'whatsapp') {
    points.push(
      [
        'cp21 receipt read, not applied',
        { hook: 'commit', when: 'before', of: 'INSERT INTO receipt ' },
      ],
      [
        'cp21 receipt applied, not committed',
        { hook: 'commit', when: 'before', of: 'UPDATE receipt r' },
      ],
    );
  }
  return points.map(([name, hook]) => ({
    name,
    process: 'worker',
    hook,
    needsRetries: /^cp1[78]/.test(name),
  }));
}

/** The points of a scheduler. */
export const schedulerPoints: readonly CrashPoint[] = [
  run('cp19 run taken, no work done', 'after', 'INSERT INTO schedule_run'),
  run('cp20 in the middle of the work', 'after', 'DELETE FROM analytics_delta'),
  run('cp20 work done, run not ended', 'before', 'UPDATE schedule_run SET state'),
];

function run(name: string, when: 'before' | 'after', text: string): CrashPoint {
  return {
    name,
    process: 'scheduler',
    hook: { hook: 'statement', when, text, rows: when === 'after' && text.startsWith('INSERT') },
  };
}

const replayText = 'UPDATE dead_letter SET resolved_at';

/** The points of an API that replays a dead letter. */
export const replayPoints: readonly CrashPoint[] = [
  commit('cp23 replay not committed', 'before', replayText),
  commit('cp23 replay committed, not woken', 'after', replayText),
];
