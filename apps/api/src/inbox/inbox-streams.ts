import { Logger } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { inboxBellV1 } from '#contracts/queue/inbox-bell.v1.js';
import { allows } from '#domain/access/scopes.js';
import type { TableActivity } from '#infrastructure/persistence/inbox/table-activity.js';
import { Listening } from '#infrastructure/queue/listening.js';
import type { Caller } from '../access/access.js';
import type { Callers } from '../access/callers.js';
import { Problem } from '../http/problem.js';
import { readerOf } from './inbox.controller.js';
import type { InboxTail } from './inbox-tail.js';
import type { LiveReader } from './live-reader.js';

/** For what the bell did not tell: it was out of order, or somebody else had just rung it. */
const sweepMs = 500;
const activityMs = 1000;
const beatMs = 20_000;
/** How long a key that was revoked, or a session that has ended, still reads along. */
const askAgainMs = 5000;

/** A stream that stands, and whose it is. */
interface Open {
  reader: LiveReader;
  request: FastifyRequest;
  caller: Caller;
}

/**
 * The streams of this process: when to look for notices, and who may go on reading. One connection
 * listens for all of them; it only says that there is something to look for.
 */
export class InboxStreams {
  private readonly logger = new Logger('InboxStreams');
  private readonly bell: Listening;
  private readonly timers: NodeJS.Timeout[] = [];
  private readonly open = new Set<Open>();
  private isClosed = false;
  private isTroubled = false;

  /** @param sessionUrl the database where a session keeps its connection */
  constructor(
    private readonly tail: InboxTail,
    private readonly activity: TableActivity,
    private readonly callers: Callers,
    sessionUrl: string,
  ) {
    this.bell = new Listening(sessionUrl, inboxBellV1, 'ambacar-inbox', {
      onWord: () => this.look(),
      onReady: () => this.look(),
      onTrouble: (error) =>
        this.logger.warn({
          msg: 'the bell of the inbox is out of order; notices come half a second later',
          error: String(error),
        }),
    });
  }

  start(): void {
    this.bell.start();
    this.every(sweepMs, () => this.look());
    this.every(activityMs, () => this.tellActivity());
    this.every(beatMs, () => this.tail.tellEveryone({ type: 'beat' }));
    this.every(askAgainMs, () => this.askAgain());
  }

  /**
   * Makes sure that a stream can be opened, before its answer has begun.
   *
   * @throws Problem 503 when this process stops; the driver's error when the database is away
   */
  async prepare(): Promise<void> {
    if (this.isClosed) throw new Problem('unavailable', { headers: { 'retry-after': '1' } });
    // Else what changes before the first count is never told to the first who reads.
    await Promise.all([this.tail.look(), this.activity.begin()]);
  }

  /** Lets a caller read along until he goes, or may no longer. */
  async add(stream: Open, lastSeen: number | null): Promise<void> {
    this.open.add(stream);
    stream.reader.onGone(() => this.open.delete(stream));
    if (stream.reader.isGone()) this.open.delete(stream);
    await this.tail.join(stream.reader, readerOf(stream.caller), lastSeen);
  }

  /** Ends all streams and takes no more. */
  async close(): Promise<void> {
    this.isClosed = true;
    for (const timer of this.timers) clearInterval(timer);
    this.tail.close();
    await this.bell.close();
  }

  private every(intervalMs: number, work: () => unknown): void {
    this.timers.push(setInterval(work, intervalMs));
  }

  private look(): void {
    this.tail.look().then(
      () => {
        this.isTroubled = false;
      },
      (error) => this.tellTrouble(error),
    );
  }

  private async tellActivity(): Promise<void> {
    if (this.tail.readers === 0) return;
    try {
      const topics = await this.activity.changed();
      if (topics.length > 0) this.tail.tellEveryone({ type: 'activity', topics });
    } catch (error) {
      this.tellTrouble(error);
    }
  }

  /** Once for an outage, not twice a second. */
  private tellTrouble(error: unknown): void {
    if (this.isTroubled || this.isClosed) return;
    this.isTroubled = true;
    this.logger.warn({ msg: 'the inbox cannot be read now', error: String(error) });
  }

  private async askAgain(): Promise<void> {
    await Promise.all([...this.open].map((stream) => this.endIfForbidden(stream)));
  }

  private async endIfForbidden({ request, caller, reader }: Open): Promise<void> {
    const identity = await this.callers.identify(request, async () => false);
    // What cannot be looked up now is asked again.
    if (identity.kind === 'unsettled') return;
    const goesOn =
      identity.kind === 'caller' &&
      identity.caller.id === caller.id &&
      identity.caller.tallerId === caller.tallerId &&
      allows(identity.caller.scopes, 'read');
    if (!goesOn) reader.end();
  }
}
