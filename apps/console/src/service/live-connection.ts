/** Kinds of things that may have changed, as the stream names them. */
export type Topic =
  | 'events'
  | 'messages'
  | 'dead_letters'
  | 'accounts'
  | 'customers'
  | 'templates'
  | 'configuration'
  | 'inbox';

/** `waiting`: the stream does not stand, and is tried again by itself. */
export type LiveState = 'connected' | 'waiting';

export interface LiveListener<Notice> {
  onState?(state: LiveState): void;
  onNotice?(notice: Notice): void;
  /** After a break all topics are told: what changed meanwhile was told to nobody. */
  onChange?(topics: readonly Topic[]): void;
}

/** What an `EventSource` is to us, so that its ways can be tried without a browser. */
export interface Source {
  onerror: (() => void) | null;
  addEventListener(
    type: string,
    listener: (event: { data: string; lastEventId: string }) => void,
  ): void;
  close(): void;
}

const allTopics: readonly Topic[] = [
  'events',
  'messages',
  'dead_letters',
  'accounts',
  'customers',
  'templates',
  'configuration',
  'inbox',
];

/** The service beats every 20 s; a stream that is silent for longer is dead, and does not know. */
const silentForMs = 45_000;
const firstPauseMs = 500;
const longestPauseMs = 30_000;
/** Notices that come together are asked about once. */
const settleMs = 300;

/**
 * One stream for all of a tab. It is opened with the first who listens and closed after the last.
 * A break is mended here and not by the browser, which gives up for good at the first refusal; the
 * last number that was seen goes with every try, so that nothing is missed.
 */
export class LiveConnection<Notice> {
  state: LiveState = 'waiting';
  private readonly listeners = new Set<LiveListener<Notice>>();
  private source: Source | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private lastSeen: string | null = null;
  private failures = 0;
  private settling: ReturnType<typeof setTimeout> | undefined;

  /** @param open opens the stream after the number given */
  constructor(private readonly open: (lastSeen: string | null) => Source) {}

  /** Gives back what ends the listening. */
  listen(listener: LiveListener<Notice>): () => void {
    this.listeners.add(listener);
    if (!this.source && this.timer === undefined) this.connect();
    return () => {
      this.listeners.delete(listener);
      if (this.listeners.size === 0) this.stop();
    };
  }

  /** Tries at once, as when the network is back. */
  retryNow(): void {
    if (this.state === 'connected' || this.listeners.size === 0) return;
    this.drop();
    this.connect();
  }

  private connect(): void {
    const source = this.open(this.lastSeen);
    this.source = source;
    this.expectWord();
    source.onerror = () => this.lose();
    source.addEventListener('ready', ({ lastEventId }) => this.stand(lastEventId));
    source.addEventListener('notice', ({ data, lastEventId }) => {
      this.lastSeen = lastEventId;
      this.expectWord();
      const notice: Notice = JSON.parse(data);
      for (const listener of this.listeners) listener.onNotice?.(notice);
      this.settle();
    });
    source.addEventListener('activity', ({ data }) => {
      this.expectWord();
      const { topics }: { topics: Topic[] } = JSON.parse(data);
      this.change(topics);
    });
    source.addEventListener('beat', () => this.expectWord());
  }

  private stand(number: string): void {
    const isAgain = this.lastSeen !== null;
    this.lastSeen = number;
    this.failures = 0;
    this.expectWord();
    this.become('connected');
    if (isAgain) this.change(allTopics);
  }

  private lose(): void {
    this.drop();
    this.become('waiting');
    const pauseMs = Math.min(firstPauseMs * 2 ** this.failures, longestPauseMs);
    this.failures += 1;
    this.timer = setTimeout(() => this.connect(), pauseMs);
  }

  private expectWord(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.lose(), silentForMs);
  }

  private drop(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.source?.close();
    this.source = null;
  }

  private stop(): void {
    this.drop();
    clearTimeout(this.settling);
    this.settling = undefined;
    this.become('waiting');
  }

  private settle(): void {
    this.settling ??= setTimeout(() => {
      this.settling = undefined;
      this.change(['inbox']);
    }, settleMs);
  }

  private change(topics: readonly Topic[]): void {
    for (const listener of this.listeners) listener.onChange?.(topics);
  }

  private become(state: LiveState): void {
    if (this.state === state) return;
    this.state = state;
    for (const listener of this.listeners) listener.onState?.(state);
  }
}
