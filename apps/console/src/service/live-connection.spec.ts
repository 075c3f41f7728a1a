import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { LiveConnection, type Source, type Topic } from './live-connection.js';

/** A stream whose words the test says. */
class SpokenSource implements Source {
  onerror: (() => void) | null = null;
  isClosed = false;
  private readonly listeners = new Map<
    string,
    (event: { data: string; lastEventId: string }) => void
  >();

  constructor(readonly lastSeen: string | null) {}

  addEventListener(
    type: string,
    listener: (event: { data: string; lastEventId: string }) => void,
  ): void {
    this.listeners.set(type, listener);
  }

  close(): void {
    this.isClosed = true;
  }

  say(type: string, number: number, data: unknown = {}): void {
    this.listeners.get(type)?.({ data: JSON.stringify(data), lastEventId: String(number) });
  }
}

let sources: SpokenSource[];
let connection: LiveConnection<{ number: number }>;
let changes: (readonly Topic[])[];
let seen: number[];
const newest = () => {
  const source = sources.at(-1);
  if (!source) throw new Error('nothing was opened');
  return source;
};

beforeEach(() => {
  jest.useFakeTimers();
  sources = [];
  changes = [];
  seen = [];
  connection = new LiveConnection((lastSeen) => {
    sources.push(new SpokenSource(lastSeen));
    return newest();
  });
});
afterEach(() => jest.useRealTimers());

const listen = () =>
  connection.listen({
    onChange: (topics) => changes.push(topics),
    onNotice: ({ number }) => seen.push(number),
  });

describe('the stream of a tab', () => {
  test('is one for all who listen, and ends with the last of them', () => {
    const [first, second] = [listen(), listen()];
    expect(sources).toHaveLength(1);
    first();
    expect(newest().isClosed).toBe(false);
    second();
    expect(newest().isClosed).toBe(true);
  });

  test('goes on after the last number, and has everything asked anew after a break', () => {
    listen();
    newest().say('ready', 4);
    newest().say('notice', 5, { number: 5 });
    expect(changes).toEqual([]);
    newest().onerror?.();
    expect(connection.state).toBe('waiting');
    jest.advanceTimersByTime(500);
    expect(newest().lastSeen).toBe('5');
    newest().say('ready', 5);
    expect(connection.state).toBe('connected');
    expect(changes.at(-1)).toEqual(expect.arrayContaining(['messages', 'inbox']));
    expect(seen).toEqual([5]);
  });

  test('is tried ever more seldom while it is refused, and at once when the network is back', () => {
    listen();
    for (const pauseMs of [500, 1000, 2000, 4000]) {
      const tries = sources.length;
      newest().onerror?.();
      jest.advanceTimersByTime(pauseMs - 1);
      expect(sources).toHaveLength(tries);
      jest.advanceTimersByTime(1);
      expect(sources).toHaveLength(tries + 1);
    }
    newest().onerror?.();
    const tries = sources.length;
    connection.retryNow();
    expect(sources).toHaveLength(tries + 1);
  });

  test('that is silent for longer than two beats is taken for dead', () => {
    listen();
    newest().say('ready', 1);
    jest.advanceTimersByTime(40_000);
    newest().say('beat', 1);
    jest.advanceTimersByTime(40_000);
    expect(connection.state).toBe('connected');
    jest.advanceTimersByTime(5_000);
    expect(connection.state).toBe('waiting');
  });

  test('asks once about notices that come together', () => {
    listen();
    newest().say('ready', 1);
    for (const number of [2, 3, 4]) newest().say('notice', number, { number });
    jest.advanceTimersByTime(1000);
    expect(changes).toEqual([['inbox']]);
  });
});
