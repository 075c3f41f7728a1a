import { connect, createServer, type Server, type Socket } from 'node:net';

/**
 * A way to Postgres that passes on everything but notifications, as a pooler by transaction does
 * for sessions that listen.
 */
export class DeafRoad {
  private readonly sockets = new Set<Socket>();

  private constructor(
    readonly url: string,
    private readonly server: Server,
  ) {}

  /** Opens it on a free port. */
  static async to(databaseUrl: string): Promise<DeafRoad> {
    const target = new URL(databaseUrl);
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const url = new URL(databaseUrl);
    url.hostname = '127.0.0.1';
    url.port = String(typeof address === 'object' && address ? address.port : 0);
    const road = new DeafRoad(url.href, server);
    server.on('connection', (near) => {
      const far = connect(Number(target.port), target.hostname);
      for (const [from, to] of [
        [near, far],
        [far, near],
      ] as const) {
        road.sockets.add(from);
        from.on('close', () => to.destroy());
        from.on('error', () => to.destroy());
      }
      near.pipe(far);
      const withoutNotifications = dropNotifications();
      far.on('data', (chunk) => {
        for (const message of withoutNotifications(chunk)) near.write(message);
      });
    });
    return road;
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.server.close(resolve));
    for (const socket of this.sockets) socket.destroy();
    await closed;
  }
}

/**
 * Cuts what a server says into its messages (a letter, then a length of 4 bytes that counts
 * itself) and leaves out NotificationResponse, 'A'. PostgreSQL, "Message Formats".
 */
function dropNotifications(): (chunk: Buffer) => Buffer[] {
  let rest = Buffer.alloc(0);
  return (chunk) => {
    rest = Buffer.concat([rest, chunk]);
    const kept: Buffer[] = [];
    while (rest.length >= 5) {
      const length = 1 + rest.readInt32BE(1);
      if (rest.length < length) break;
      const message = rest.subarray(0, length);
      if (message[0] !== 'A'.charCodeAt(0)) kept.push(message);
      rest = rest.subarray(length);
    }
    return kept;
  };
}
