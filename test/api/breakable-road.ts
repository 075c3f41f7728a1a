import { connect, createServer, type Server, type Socket } from 'node:net';

/** A way to a server that can be cut, so that an outage is one and not a pretence. */
export class BreakableRoad {
  port = 0;
  private server: Server | undefined;
  private readonly sockets = new Set<Socket>();
  private frozen = false;

  constructor(
    private readonly host: string,
    private readonly target: number,
  ) {}

  /** Opens it on a port, by default a free one. */
  open(port = 0): Promise<number> {
    this.frozen = false;
    const server = createServer((near) => {
      const far = connect(this.target, this.host);
      for (const [from, to] of [
        [near, far],
        [far, near],
      ] as const) {
        this.sockets.add(from);
        from.on('close', () => to.destroy());
        from.on('error', () => to.destroy());
        if (!this.frozen) from.pipe(to);
      }
    });
    this.server = server;
    return new Promise((resolve) => {
      server.listen(port, '127.0.0.1', () => {
        const address = server.address();
        this.port = typeof address === 'object' && address ? address.port : 0;
        resolve(this.port);
      });
    });
  }

  /** Passes nothing on any more and keeps every connection, as a network does that lost a way. */
  freeze(): void {
    this.frozen = true;
    for (const socket of this.sockets) socket.unpipe().pause();
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.server?.close(resolve));
    for (const socket of this.sockets) socket.destroy();
    this.sockets.clear();
    await closed;
  }
}
