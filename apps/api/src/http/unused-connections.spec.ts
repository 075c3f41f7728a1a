import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import { connect, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { UnusedConnections } from './unused-connections.js';

let server: Server;
let ending: NodeJS.Timeout;
let answers: ServerResponse[];
beforeEach(async () => {
  answers = [];
  server = createServer((_request, response) => answers.push(response));
  const unused = new UnusedConnections(server);
  ending = setInterval(() => unused.end(), 20);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterEach(() => {
  clearInterval(ending);
  server.closeAllConnections();
  server.close();
});

async function open(): Promise<Socket> {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  const socket = connect(address.port, '127.0.0.1').resume();
  await Promise.all([once(socket, 'connect'), once(server, 'connection')]);
  return socket;
}

describe('a server that closes', () => {
  test('does not wait for a connection on which nobody has asked anything', async () => {
    const socket = await open();
    server.close();
    await Promise.all([once(server, 'close'), once(socket, 'close')]);
  }, 5000);

  test('answers who has asked, and waits for the answer', async () => {
    const silent = await open();
    const asking = await open();
    asking.write('GET / HTTP/1.1\r\nhost: a\r\n\r\n');
    const said: Buffer[] = [];
    asking.on('data', (chunk: Buffer) => said.push(chunk));
    await once(server, 'request');
    server.close();
    await once(silent, 'close');
    expect(asking.destroyed).toBe(false);
    answers[0]?.end('here');
    await Promise.all([once(server, 'close'), once(asking, 'close')]);
    expect(Buffer.concat(said).toString()).toMatch(/^HTTP\/1\.1 200 [\s\S]*here/);
  }, 5000);
});
