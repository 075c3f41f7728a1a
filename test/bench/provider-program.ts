import { createServer } from 'node:http';
import { z } from 'zod';

/**
 * A WhatsApp provider that does nothing but answer, after `delay_ms` of the last `GET /reset`, and
 * remember when each message arrived and to whom. `GET /arrivals?from=n` waits for nothing and gives
 * those from the n-th on, in the nanoseconds of the machine's monotonic clock.
 */
const { PROVIDER_PORT: port } = z
  .object({ PROVIDER_PORT: z.coerce.number().int() })
  .parse(process.env);

let delayMs = 0;
let arrivals: { at: string; number: string }[] = [];

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
        arrivals: arrivals.slice(Number(url.searchParams.get('from'))),
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
  const at = process.hrtime.bigint().toString();
  let text = '';
  request.setEncoding('utf8').on('data', (part: string) => {
    text += part;
  });
  request.on('end', () => {
    arrivals.push({ at, number: /"number":"(\d+)"/.exec(text)?.[1] ?? '' });
    const sent = {
      key: { remoteJid: '593990000000@s.whatsapp.net', fromMe: true, id: `3EB0${arrivals.length}` },
      status: 'PENDING',
    };
    if (delayMs === 0) answer(201, sent);
    else setTimeout(answer, delayMs, 201, sent);
  });
}).listen(port, '127.0.0.1');
