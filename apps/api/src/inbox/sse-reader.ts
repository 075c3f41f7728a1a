import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import type { FastifyReply } from 'fastify';
import type { Frame, LiveReader } from './live-reader.js';

/** How long a browser waits before it comes again. */
const comeAgainMs = 1000;

/**
 * Answers a request with a stream of server-sent events (HTML Living Standard, section 9.2). Every
 * notice carries its number as the event's id, which browsers send back as `Last-Event-ID`.
 */
export function sseReader(reply: FastifyReply): LiveReader {
  const stream = new PassThrough();
  // Its end is told by 'close'; who is gone in the middle of a write is no fault of ours.
  stream.on('error', () => undefined);
  stream.write(`retry: ${comeAgainMs}\n\n`);
  void reply
    .header('content-type', 'text/event-stream; charset=utf-8')
    .header('cache-control', 'no-store')
    // Else nginx keeps what it has until its buffer is full.
    .header('x-accel-buffering', 'no')
    .send(stream);
  const socket = reply.raw;
  return {
    send: (frame) => {
      if (stream.writable) stream.write(textOf(frame));
    },
    waitingBytes: () => stream.writableLength + stream.readableLength + socket.writableLength,
    flushed: async () => {
      if (!stream.writableNeedDrain || stream.destroyed) return;
      await Promise.race([once(stream, 'drain'), once(stream, 'close')]);
    },
    end: () => stream.end(),
    cut: () => {
      stream.destroy();
      socket.destroy();
    },
    isGone: () => socket.closed || socket.destroyed,
    onGone: (listener) => socket.once('close', listener),
  };
}

function textOf(frame: Frame): string {
  switch (frame.type) {
    case 'ready':
      return `id: ${frame.number}\nevent: ready\ndata: {}\n\n`;
    case 'notice':
      return `id: ${frame.notice.number}\nevent: notice\ndata: ${JSON.stringify(frame.notice)}\n\n`;
    case 'activity':
      return `event: activity\ndata: ${JSON.stringify({ topics: frame.topics })}\n\n`;
    case 'beat':
      return 'event: beat\ndata: {}\n\n';
  }
}
