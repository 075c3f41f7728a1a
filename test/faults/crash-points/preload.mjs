import diagnostics from 'node:diagnostics_channel';
import { writeSync } from 'node:fs';
import { ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import { Socket } from 'node:net';

// `node --import …/preload.mjs` with CRASH_AT set: kills its own process at one exact point of its
// work. The points are found on the wire (statements to Postgres, requests to providers, lines to a
// mail server, answers to callers), so that no line of the product knows of them.
//
// CRASH_AT is a JSON object; catalogue.ts has the forms and says what each is for.

const point = JSON.parse(process.env.CRASH_AT ?? 'null');
let left = point?.nth ?? 1;

/** Kills at the nth time that it is reached. */
function reached() {
  left -= 1;
  if (left !== 0) return;
  writeSync(2, `\ncrashed at ${point.name}\n`);
  process.kill(process.pid, 'SIGKILL');
}

const hooks = { statement, commit, request, smtp, answer };
if (point) hooks[point.hook](point);

/** Before a statement is written, once it is written, or once its answer was read. */
function statement({ when, text, rows = false, inTransaction = false }) {
  const pattern = new RegExp(text, 's');
  aroundQueries(when, rows, (client, said) => {
    if (inTransaction && !client.crashSaid) return false;
    return pattern.test(said);
  });
}

/** Around the COMMIT of a transaction in which a statement stood. */
function commit({ when, of }) {
  const pattern = new RegExp(of, 's');
  aroundQueries(when, false, (client, said) => said === 'COMMIT' && pattern.test(client.crashSaid));
}

function aroundQueries(when, onlyWithRows, isMeant) {
  const { Client } = createRequire(import.meta.url)('pg');
  const original = Client.prototype.query;
  Client.prototype.query = function query(config, ...rest) {
    const said = typeof config === 'string' ? config : `${config?.name ?? ''} ${config?.text}`;
    const isPoint = isMeant(this, said);
    remember(this, said);
    if (isPoint && when === 'before') reached();
    const done = (result) => {
      if (isPoint && when === 'after' && (!onlyWithRows || result?.rowCount > 0)) reached();
      return result;
    };
    const callback = rest.findIndex((value) => typeof value === 'function');
    if (callback >= 0) {
      const call = rest[callback];
      rest[callback] = (error, result) => call(error, error ? result : done(result));
    }
    const answer = original.call(this, config, ...rest);
    // pg writes at the end of this turn, and reads in a later one.
    if (isPoint && when === 'sent') setImmediate(reached);
    return callback < 0 && typeof answer?.then === 'function' ? answer.then(done) : answer;
  };
}

/** What a transaction has said so far; undefined outside of one. */
function remember(client, said) {
  if (/^(?:START TRANSACTION|BEGIN)/i.test(said)) client.crashSaid = ' ';
  else if (/^(?:COMMIT|ROLLBACK)/i.test(said)) client.crashSaid = undefined;
  else if (client.crashSaid) client.crashSaid += said;
}

/** A call to a provider: connected, half written, written, or answered. */
function request({ when, path }) {
  const isMeant = ({ request: { path: called } }) => called.includes(path);
  const on = (name, then) =>
    diagnostics.subscribe(name, (message) => isMeant(message) && then(message));
  if (when === 'connected') on('undici:client:sendHeaders', reached);
  if (when === 'sent') on('undici:request:bodySent', () => setImmediate(reached));
  if (when === 'answered') on('undici:request:headers', reached);
  if (when === 'half') {
    on('undici:client:sendHeaders', ({ socket }) => {
      const { write } = socket;
      socket.write = function half(chunk, ...rest) {
        socket.write = write;
        if (left > 1) {
          left -= 1;
          return write.call(this, chunk, ...rest);
        }
        const bytes = Buffer.from(chunk);
        const wrote = write.call(this, bytes.subarray(0, bytes.length >> 1), reached);
        // The other half waits behind a cork otherwise, and would go with it.
        for (let corks = socket.writableCorked; corks > 0; corks -= 1) socket.uncork();
        return wrote;
      };
    });
  }
}

/** A mail: the session open, the body half written, its final dot written, or its reply read. */
function smtp({ when }) {
  const port = Number(process.env.EMAIL_PORT);
  const { write } = Socket.prototype;
  Socket.prototype.write = function crashing(chunk, ...rest) {
    const stage = this.remotePort === port ? stageOf(this, String(chunk)) : null;
    if (stage === 'envelope' && when === 'connected') reached();
    if (stage === 'dot' && when === 'answered') this.prependOnceListener('data', reached);
    const answer = write.call(this, chunk, ...rest);
    if ((stage === 'body' && when === 'half') || (stage === 'dot' && when === 'sent')) {
      setImmediate(reached);
    }
    return answer;
  };
}

/** What a chunk on a mail session is; null for what no point is at. */
function stageOf(socket, text) {
  if (/^MAIL FROM/i.test(text)) return 'envelope';
  if (/^DATA\r\n/i.test(text)) {
    socket.crashInBody = true;
    return null;
  }
  if (!socket.crashInBody) return null;
  if (!/^(?:\r\n)?\.\r\n$/.test(text)) return 'body';
  socket.crashInBody = false;
  return 'dot';
}

/** An answer of ours to a caller: before its first byte, or after its last. */
function answer({ when, path, header }) {
  if (when === 'after') {
    diagnostics.subscribe('http.server.response.finish', ({ request: { url }, response }) => {
      if (url.includes(path) && response.statusCode < 300) reached();
    });
    return;
  }
  const { writeHead } = ServerResponse.prototype;
  ServerResponse.prototype.writeHead = function crashing(status, ...rest) {
    const headers = rest.at(-1);
    if (this.hasHeader(header) || headers?.[header] !== undefined) reached();
    return writeHead.call(this, status, ...rest);
  };
}
