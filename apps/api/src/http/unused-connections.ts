import type { Server } from 'node:http';
import type { Socket } from 'node:net';

/** Whoever connects to ask does so at once; one that was only just taken may not be read yet. */
const asksWithinMs = 500;

/**
 * The connections of a server on which nobody waits for an answer, so that its close need not wait
 * for them. Node knows those that were answered. One that never asked counts as busy to it until
 * the headers are due, half a minute long: browsers open such ahead of need, and Node's own `fetch`
 * after a stream was aborted.
 */
export class UnusedConnections {
  private readonly takenAtMs = new Map<Socket, number>();

  /** @param server not listening yet, so that it is known of all connections when they were taken */
  constructor(private readonly server: Server) {
    server.on('connection', (socket) => {
      this.takenAtMs.set(socket, performance.now());
      socket.once('close', () => this.takenAtMs.delete(socket));
    });
  }

  /** Ends those that are unused now; those that become so are ended when it is called again. */
  end(): void {
    this.server.closeIdleConnections();
    const askedBeforeMs = performance.now() - asksWithinMs;
    for (const [socket, takenAtMs] of this.takenAtMs) {
      if (socket.bytesRead === 0 && takenAtMs < askedBeforeMs) socket.destroy();
    }
  }
}
