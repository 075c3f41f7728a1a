import { setTimeout as pause } from 'node:timers/promises';
import type { Chance } from './chance.js';
import type { RunJournals } from './journals.js';
import type { PersonKind } from './people.js';

export interface LoadOptions {
  /** Any of them takes a request; one that is away is passed over. */
  apiUrls: readonly string[];
  journals: RunJournals;
  chance: Chance;
  addPerson(kind: PersonKind): Promise<string>;
}

/** How long a client goes on asking before it gives up: longer than any fault lasts. */
const patienceMs = 120_000;

/**
 * Workshop systems that dispatch, each request under its own key, and ask again under the same key
 * whenever they get no answer: then only what nobody was told may be lost.
 */
export class Load {
  private readonly underWay = new Set<Promise<void>>();
  private asked = 0;
  private accepted = 0;
  /** Requests that were never answered with a 202, and what came last. */
  readonly refused: string[] = [];

  constructor(readonly options: LoadOptions) {}

  /** Requests answered with a 202 so far, each key counted once. */
  get acceptedCount(): number {
    return this.accepted;
  }

  /** Dispatches to people of these kinds in turn, `perSecond`, until `isOver` says so. */
  async run(kinds: readonly PersonKind[], perSecond: number, isOver: () => boolean): Promise<void> {
    const { chance } = this.options;
    for (let next = 0; !isOver(); next += 1) {
      const kind = kinds[next % kinds.length];
      if (kind) this.start(kind);
      // Exponential gaps: arrivals of people who know nothing of each other.
      await pause((-Math.log(1 - chance.random()) * 1000) / perSecond);
      while (this.underWay.size > 200) await pause(20);
    }
  }

  /** Dispatches once to somebody new of each kind. */
  start(...kinds: PersonKind[]): void {
    for (const kind of kinds) {
      const request = this.dispatch(kind).finally(() => this.underWay.delete(request));
      this.underWay.add(request);
    }
  }

  /** Resolves when every request has its answer. */
  async settled(): Promise<void> {
    await Promise.all(this.underWay);
  }

  private async dispatch(kind: PersonKind): Promise<void> {
    const { addPerson, chance, journals } = this.options;
    this.asked += 1;
    const number = this.asked;
    const key = `key-${chance.seed}-${number}`;
    // Beyond its first try the database may be away.
    const customer = await untilDone(() => addPerson(kind));
    const draw = chance.random();
    const body = JSON.stringify({
      ...appointment,
      customer_id: customer,
      // Every third goes through the transaction that supersedes older ones, and some find one.
      business_key: draw < 0.33 ? `order-${draw < 0.03 ? number >> 2 : `of-${number}`}` : null,
    });
    journals.add('client', { kind: 'asked', key, atMs: Date.now() });
    const eventId = await this.post(key, body);
    if (eventId === null) return;
    this.accepted += 1;
    journals.add('client', { kind: 'accepted', key, eventId, atMs: Date.now() });
    if (draw < 0.8) return;
    const again = await this.post(key, body);
    if (again === null) return;
    journals.add('client', { kind: 'accepted', key, eventId: again, atMs: Date.now() });
  }

  private async post(key: string, body: string): Promise<string | null> {
    const { apiUrls, chance } = this.options;
    let last = 'nothing';
    for (const givesUpAt = Date.now() + patienceMs; Date.now() < givesUpAt; ) {
      const url = apiUrls[Math.floor(chance.random() * apiUrls.length)];
      const answer = await fetch(`${url}/api/v1/notifications/events/dispatch/`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'idempotency-key': key },
        body,
        signal: AbortSignal.timeout(15_000),
      })
        .then(async (response) => ({ status: response.status, text: await response.text() }))
        .catch((error: unknown) => ({ status: 0, text: String(error) }));
      if (answer.status === 202) return JSON.parse(answer.text).event_id;
      last = `${answer.status} ${answer.text}`;
      const mayAskAgain = [0, 409, 429, 503].includes(answer.status);
      if (!mayAskAgain) break;
      await pause(50 + chance.random() * 200);
    }
    this.refused.push(`${key}: ${last.slice(0, 300)}`);
    return null;
  }
}

async function untilDone<T>(work: () => Promise<T>): Promise<T> {
  for (const givesUpAt = Date.now() + patienceMs; ; ) {
    try {
      return await work();
    } catch (error) {
      if (Date.now() > givesUpAt) throw error;
      await pause(100);
    }
  }
}

const appointment = {
  event_type: 'appointment_scheduled',
  service_type_id: 'mantenimiento-preventivo',
  phase_id: 'phase-schedule',
  target: 'clients',
  context: {
    nombre: 'Zoraida Quishpe',
    placa: 'ABC123',
    vehiculo: 'Haval H6 2024',
    fecha: '20 de Enero, 2026',
    hora: '14:30',
  },
};
