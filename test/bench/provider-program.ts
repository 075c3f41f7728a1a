import { createServer } from 'node:http';
import { z } from 'zod';

/**
 * A WhatsApp provider that does nothing but answer, after PROVIDER_DELAY_MS, and remember when
 * each message arrived. `GET /arrivals?from=n` waits for nothing and gives the times from the
 * n-th on, in the nanoseconds of the machine's monotonic clock.
 */
const { PROVIDER_PORT: port } = z
  .object({ PROVIDER_PORT: z.coerce.number().int() })
  .parse(process.env);

let delayMs = 0;
let arrivals: string[] = [];

createServer((request, response) => {
  const answer = (status: number, body: unknown) => {
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(body));
  };
  const url = new URL(request.url ?? '/', 'http://localhost');
  switch (url.pathname) {
    case '/arrivals':
      answer(200, {
        count: arrivals.length,
        times: arrivals.slice(Number(url.searchParams.get('from'))),
      });
      return;
    case '/count':
      answer(200, { count: arrivals.length });
      return;
    case '/reset':
      arrivals = [];
      delayMs = Number(url.searchParams.get('delay_ms'));
      answer(200, {});
      return;
  }
  const arrivedAt = process.hrtime.bigint().toString();
  request.resume();
  request.on('end', () => {
    arrivals.push(arrivedAt);
    const sent = {
      key: { remoteJid: '593990000000@s.whatsapp.net', fromMe: true, id: `3EB0${arrivals.length}` },
      status: 'PENDING',
    };
    if (delayMs === 0) answer(201, sent);
    else setTimeout(answer, delayMs, 201, sent);
  });
}).listen(port, '127.0.0.1');
