import { describe, expect, test } from '@jest/globals';
import type { AttentionView, ChannelHealthView } from '#contracts/client/types.gen.js';
import { tasksOf } from './tasks.js';

const language = {
  words: {
    accountSilent: (name: string) => `${name} calla`,
    accountMisconfigured: (name: string) => `${name} mal configurado`,
    accountOpen: (name: string) => `${name} falla`,
    accountHalfOpen: (name: string) => `${name} vuelve`,
    waiting: (count: string) => `${count} esperan`,
    providerAway: (name: string) => `${name} no responde`,
    dead: (count: number, kind: string) => `${count} ${kind}`,
    since: (ago: string) => ago,
    causes: {
      retries_used_up: 'sin más reintentos',
      refused_for_good: '',
      no_time_left: '',
      channel_misconfigured: '',
      bounced: '',
      consent_withdrawn: '',
      cannot_be_confirmed: '',
      poison: '',
      unreadable: '',
      readers_died: '',
      run_failed: '',
      run_lost: '',
    },
    cell: (...parts: string[]) => parts.join(' · '),
    more: (count: number) => `y ${count} más`,
    mend: 'Arreglar',
    see: 'Ver',
    write: 'Escribir',
  },
  names: {
    channels: { whatsapp: 'WhatsApp', email: 'Correo', push: 'Push' },
    targets: { clients: 'Al cliente', staff: 'Al personal' },
  },
  tell: (detail: string) => detail,
  formats: { number: String, ago: () => 'hace 5 minutos' },
};
const nothing: AttentionView = {
  dead_letters: [],
  accounts: [],
  cells_without_template: [],
  cells_without_template_count: 0,
};
const account = (changes: Partial<AttentionView['accounts'][number]>) => ({
  account: 'whatsapp:house',
  channel: 'whatsapp',
  taller_id: null,
  state: 'open' as const,
  since: null,
  misconfigured: false,
  silent: false,
  last_error: 'http_503',
  last_error_detail: 'Service Unavailable',
  next_probe_at: null,
  blocked_until: null,
  waiting: 0,
  ...changes,
});
const cell = (id: string) => ({
  service_type: { id, slug: 'averia-revision', name: 'Avería/Revisión' },
  phase: { id: 'p', slug: 'phase-repair', name: 'Reparación', order: 3 },
  channel: 'push' as const,
  target: 'clients' as const,
  taller_id: null,
});
const away: ChannelHealthView = {
  channel: 'whatsapp',
  messages: 0,
  sent: 0,
  failed: 0,
  success_rate_percent: null,
  failure_rate_percent: null,
  provider: { answers: false, detail: 'instance close', checked_at: '2026-11-22T12:00:00Z' },
};

describe('what needs a hand', () => {
  test('is nothing where all is well', () => {
    expect(tasksOf(nothing, [], language)).toEqual([]);
  });

  test('leads to the settings where waiting does not help, and to the queues where it does', () => {
    const places = [{ silent: true }, { misconfigured: true }, {}, { state: 'half_open' as const }]
      .map((changes) => tasksOf({ ...nothing, accounts: [account(changes)] }, [], language))
      .map(([task]) => task?.to);
    expect(places).toEqual(['/ajustes', '/ajustes', '/colas', '/colas']);
    const [open] = tasksOf({ ...nothing, accounts: [account({ waiting: 42 })] }, [], language);
    expect(open?.more).toBe('42 esperan · Service Unavailable');
  });

  test('tells of a provider that is away once', () => {
    expect(tasksOf(nothing, [away], language)).toMatchObject([{ more: 'instance close' }]);
    expect(tasksOf({ ...nothing, accounts: [account({})] }, [away], language)).toHaveLength(1);
  });

  test('tells dead letters by their cause, known or not', () => {
    const group = (
      cause: string,
      count: number,
      kind: 'notification' | 'schedule' = 'notification',
    ) => ({
      kind,
      cause,
      count,
      waiting: 0,
      oldest: '2026-11-22T12:00:00Z',
      newest: '2026-11-22T12:00:00Z',
    });
    const dead_letters = [group('retries_used_up', 12), group('full_moon', 1, 'schedule')];
    expect(tasksOf({ ...nothing, dead_letters }, [], language).map(({ text }) => text)).toEqual([
      '12 notification: sin más reintentos',
      '1 schedule: full moon',
    ]);
  });

  test('names five cells without a template, and counts the others', () => {
    const cells = ['1', '2', '3', '4', '5', '6'].map(cell);
    const tasks = tasksOf(
      { ...nothing, cells_without_template: cells, cells_without_template_count: 60 },
      [],
      language,
    );
    expect(tasks).toHaveLength(6);
    expect(tasks.at(-1)?.text).toBe('y 55 más');
    expect(new Set(tasks.map(({ key }) => key)).size).toBe(6);
  });
});
