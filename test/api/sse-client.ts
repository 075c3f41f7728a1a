import { setTimeout as pause } from 'node:timers/promises';
import type { NoticeView } from '#contracts/http/inbox.dto.js';

export interface SseEvent {
  id: string | undefined;
  type: string;
  data: string;
}

/** Reads a stream of server-sent events as a browser does, and keeps what came. */
export class SseClient {
  readonly events: SseEvent[] = [];
  /** Resolves when the stream is at its end, whoever ended it. */
  readonly ended: Promise<void>;
  lastEventId = '';

  private constructor(
    private readonly abort: AbortController,
    answer: Response,
  ) {
    this.ended = this.read(answer).catch(() => undefined);
  }

  /** Resolves when the stream stands. Throws when it is refused. */
  static async open(url: string, headers: Record<string, string> = {}): Promise<SseClient> {
    const abort = new AbortController();
    const answer = await fetch(url, {
      headers: { accept: 'text/event-stream', ...headers },
      signal: abort.signal,
    });
    if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
    const client = new SseClient(abort, answer);
    await client.until((events) => events.some(({ type }) => type === 'ready'));
    return client;
  }

  /** Waits until what came is as wanted; throws when the stream ends before. */
  async until(isSo: (events: readonly SseEvent[]) => boolean): Promise<void> {
    let isEnded = false;
    void this.ended.then(() => {
      isEnded = true;
    });
    while (!isSo(this.events)) {
      if (isEnded) throw new Error(`ended after ${JSON.stringify(this.events.slice(-3))}`);
      await pause(2);
    }
  }

  /** Waits for so many notices since the stream was opened. */
  async notices(count: number): Promise<NoticeView[]> {
    const own = () => this.events.filter(({ type }) => type === 'notice');
    await this.until(() => own().length >= count);
    return own().map(({ data }) => JSON.parse(data));
  }

  close(): void {
    this.abort.abort();
  }

  private async read(answer: Response): Promise<void> {
    const decoder = new TextDecoder();
    let text = '';
    for await (const chunk of answer.body ?? []) {
      text += decoder.decode(chunk, { stream: true });
      const blocks = text.split('\n\n');
      text = blocks.pop() ?? '';
      for (const block of blocks) this.take(block);
    }
  }

  private take(block: string): void {
    const fields = new Map(
      block.split('\n').map((line) => [line.replace(/:.*/s, ''), line.replace(/^[^:]*: ?/, '')]),
    );
    const type = fields.get('event');
    if (type === undefined) return;
    this.lastEventId = fields.get('id') ?? this.lastEventId;
    this.events.push({ id: fields.get('id'), type, data: fields.get('data') ?? '' });
  }
}
