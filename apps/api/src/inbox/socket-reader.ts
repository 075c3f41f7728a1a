import type { WebSocket } from 'ws';
import type { LiveReader } from './live-reader.js';

/** Going away (RFC 6455, section 7.4.1): the client comes again, and finds another process. */
const goingAway = 1001;
/** A client that does not answer the farewell is left to itself. */
const farewellMs = 1000;

/**
 * Speaks JSON over a WebSocket, one object a frame, with its kind in `type`. A client that answers
 * no ping is cut at the next beat.
 */
export function socketReader(socket: WebSocket): LiveReader {
  let answers = true;
  socket.on('pong', () => {
    answers = true;
  });
  // What is wrong with a connection ends it, and is told by 'close'.
  socket.on('error', () => undefined);
  return {
    send: (frame) => {
      if (socket.readyState !== socket.OPEN) return;
      socket.send(JSON.stringify(frame), () => undefined);
      if (frame.type !== 'beat') return;
      if (!answers) {
        socket.terminate();
        return;
      }
      answers = false;
      socket.ping();
    },
    waitingBytes: () => socket.bufferedAmount,
    flushed: () =>
      new Promise((resolve) => {
        if (socket.readyState !== socket.OPEN || socket.bufferedAmount === 0) resolve();
        else {
          socket.once('close', () => resolve());
          // Sent after all that waits, and taken after it.
          socket.ping('', false, () => resolve());
        }
      }),
    end: () => {
      socket.close(goingAway);
      setTimeout(() => socket.terminate(), farewellMs).unref();
    },
    cut: () => socket.terminate(),
    isGone: () => socket.readyState === socket.CLOSED,
    onGone: (listener) => socket.once('close', listener),
  };
}
