import { Logger } from '@nestjs/common';
import type { NoticeView } from '#contracts/http/inbox.dto.js';
import type {
  NoticeReader,
  NoticeRow,
  StaffInbox,
} from '#infrastructure/persistence/inbox/staff-inbox.js';
import type { SetupCache } from '#infrastructure/persistence/setup-cache.js';
import { isWithin } from '../access/taller-reach.js';
import type { Frame, LiveReader } from './live-reader.js';
import { noticeView } from './notice-view.js';

/** Notices read and told at once. */
const pageSize = 100;
/** Whoever leaves more than this untaken is cut; he comes again, and misses nothing. */
const mostWaitingBytes = 256 * 1024;

/** A reader in his place: what he has been told, and whether he is told what comes as it comes. */
interface Seat {
  reader: LiveReader;
  who: NoticeReader;
  toldUpTo: number;
  isLive: boolean;
  /** At the last beat he had not taken what he was sent. */
  wasBehind: boolean;
}

/**
 * Tells notices to those who read along, from the database alone and in the order of their numbers:
 * each reader is told what comes after the last number that he has seen, whichever process told it
 * to him. Notices are read once for all; who comes late is caught up first, by himself.
 */
export class InboxTail {
  private readonly logger = new Logger('InboxTail');
  private readonly seats = new Set<Seat>();
  /** All live readers have been told up to here. */
  private position = 0;
  private round: Promise<void> | undefined;
  private isAskedAgain = false;
  private isClosed = false;

  constructor(
    private readonly inbox: StaffInbox,
    private readonly setups: SetupCache,
  ) {}

  get readers(): number {
    return this.seats.size;
  }

  /**
   * Looks for what is new and tells it. Whoever asks while a look is under way is served by the
   * next one, because that one may have begun before his notice was committed.
   */
  async look(): Promise<void> {
    if (this.round) {
      this.isAskedAgain = true;
      return this.round;
    }
    this.round = this.tellAll().finally(() => {
      this.round = undefined;
    });
    return this.round;
  }

  /**
   * Lets somebody read along.
   *
   * @param lastSeen the last number that he was told; null begins with what comes from now on
   */
  async join(reader: LiveReader, who: NoticeReader, lastSeen: number | null): Promise<void> {
    const seat: Seat = {
      reader,
      who,
      toldUpTo: Math.min(lastSeen ?? this.position, this.position),
      isLive: false,
      wasBehind: false,
    };
    this.seats.add(seat);
    reader.onGone(() => this.seats.delete(seat));
    if (this.isClosed) reader.end();
    // He may have gone before anybody listened for that.
    if (reader.isGone()) this.seats.delete(seat);
    reader.send({ type: 'ready', number: seat.toldUpTo });
    await this.catchUp(seat).catch((error) => {
      // He comes again, and is told from the same number on.
      this.logger.warn({ msg: 'a reader could not be caught up', error: String(error) });
      reader.cut();
    });
  }

  tellEveryone(frame: Frame): void {
    for (const seat of this.seats) {
      const isBehind = seat.reader.waitingBytes() > 0;
      if (frame.type === 'beat') {
        if (isBehind && seat.wasBehind) seat.reader.cut();
        seat.wasBehind = isBehind;
      }
      send(seat, frame);
    }
  }

  /** Ends every stream; browsers come again by themselves, to another process. */
  close(): void {
    this.isClosed = true;
    for (const { reader } of this.seats) reader.end();
  }

  private async tellAll(): Promise<void> {
    do {
      this.isAskedAgain = false;
      const newest = await this.inbox.newest();
      if (![...this.seats].some(({ isLive }) => isLive)) {
        this.position = Math.max(this.position, newest);
        continue;
      }
      while (this.position < newest) {
        const rows = await this.inbox.between(this.position, newest, pageSize);
        await this.tell(rows, rows.length < pageSize ? newest : (rows.at(-1)?.number ?? newest));
      }
    } while (this.isAskedAgain);
  }

  private async tell(rows: readonly NoticeRow[], upTo: number): Promise<void> {
    const views = await this.viewsOf(rows);
    // Nothing is waited for from here on, so nobody becomes live between two notices.
    this.position = upTo;
    for (const seat of this.seats) {
      if (!seat.isLive) continue;
      for (const view of views) {
        if (isWithin(seat.who, view.taller_id)) send(seat, { type: 'notice', notice: view });
      }
      seat.toldUpTo = upTo;
    }
  }

  private async catchUp(seat: Seat): Promise<void> {
    while (seat.toldUpTo < this.position && this.seats.has(seat)) {
      const upTo = this.position;
      const rows = await this.inbox.missed(seat.who, seat.toldUpTo, upTo, pageSize);
      for (const notice of await this.viewsOf(rows)) send(seat, { type: 'notice', notice });
      seat.toldUpTo = rows.length < pageSize ? upTo : (rows.at(-1)?.number ?? upTo);
      await seat.reader.flushed();
    }
    seat.isLive = true;
  }

  private async viewsOf(rows: readonly NoticeRow[]): Promise<NoticeView[]> {
    if (rows.length === 0) return [];
    const setup = await this.setups.current();
    return rows.map((row) => noticeView(row, setup));
  }
}

function send({ reader }: Seat, frame: Frame): void {
  reader.send(frame);
  if (reader.waitingBytes() > mostWaitingBytes) reader.cut();
}
