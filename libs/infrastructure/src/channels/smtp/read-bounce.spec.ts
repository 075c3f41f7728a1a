import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { mailReport } from '../../testing/mail-report.js';
import { BounceAddresses } from './bounce-addresses.js';
import { readBounce } from './read-bounce.js';

const addresses = new BounceAddresses('rebotes@example.com', ['k'.repeat(40)]);
const id = '0190aaaa-0000-7000-8000-00000000000a';
const to = addresses.addressFor(id);
const read = (raw: string) => readBounce(Buffer.from(raw, 'latin1'), addresses);

describe('an address for returned mails', () => {
  test('names its message, in whatever case a server writes it', () => {
    fc.assert(
      fc.property(fc.uuid(), (messageId) => {
        const address = addresses.addressFor(messageId);
        expect(address.split('@')[0]?.length).toBeLessThanOrEqual(64);
        expect(addresses.messageIn(`"x" <${address.toUpperCase()}>`)).toBe(messageId);
      }),
    );
  });

  test('that was made up or altered names none', () => {
    const other = new BounceAddresses('rebotes@example.com', ['o'.repeat(40)]);
    expect(addresses.messageIn(other.addressFor(id))).toBeNull();
    expect(addresses.messageIn(to.replace('0190aaaa', '0190aaab'))).toBeNull();
    expect(addresses.messageIn(to.replace('@example.com', '@example.org'))).toBeNull();
    expect(addresses.messageIn('rebotes@example.com')).toBeNull();
  });

  test('is known while the secret is being replaced', () => {
    const next = new BounceAddresses('rebotes@example.com', ['n'.repeat(40), 'k'.repeat(40)]);
    expect(next.messageIn(to)).toBe(id);
  });
});

describe('a report', () => {
  test('of a mailbox that is not there is a bounce, and the address is wrong', async () => {
    expect(await read(mailReport({ to, action: 'failed', status: '5.1.1' }))).toEqual([
      {
        subject: `message:${id}`,
        kind: 'bounced',
        code: 'mail_5_1_1',
        detail: 'smtp; 550 5.1.1 <[address]>: Recipient address rejected',
        addressIsWrong: true,
      },
    ]);
  });

  test.each([
    ['failed', '5.2.2', 'bounced'],
    ['failed', '4.4.7', 'bounced'],
    ['delayed', '4.4.1', 'delayed'],
    ['delivered', '2.0.0', 'delivered'],
  ])('%s %s is %s, and no fault of the address', async (action, status, kind) => {
    expect(await read(mailReport({ to, action, status }))).toMatchObject([
      { kind, addressIsWrong: false },
    ]);
  });

  test('that is relayed further says nothing', async () => {
    expect(await read(mailReport({ to, action: 'relayed', status: '2.0.0' }))).toEqual([]);
  });

  test('is found by the field that a server adds for whom it was', async () => {
    const forwarded = mailReport({
      to: 'postmaster@example.com',
      action: 'failed',
      status: '5.1.1',
    });
    expect(await read(forwarded)).toEqual([]);
    expect(await read(`Delivered-To: ${to}\r\n${forwarded}`)).toHaveLength(1);
  });

  test('to an address that nobody signed says nothing', async () => {
    const forged = to.replace(/\.[0-9a-f]{16}@/, '.0000000000000000@');
    expect(await read(mailReport({ to: forged, action: 'failed', status: '5.1.1' }))).toEqual([]);
  });
});

describe('any other mail', () => {
  test('says nothing, an absence note to the signed address too', async () => {
    expect(await read(`To: ${to}\r\nSubject: Vacaciones\r\n\r\nVuelvo el lunes.\r\n`)).toEqual([]);
    expect(await read('')).toEqual([]);
  });

  test('never makes the reader fail, cut or damaged anywhere', async () => {
    const whole = mailReport({ to, action: 'failed', status: '5.1.1' });
    await fc.assert(
      fc.asyncProperty(
        fc.nat(whole.length),
        fc.nat(whole.length),
        fc.string(),
        async (a, b, text) => {
          const news = await read(whole.slice(0, a) + text + whole.slice(b));
          for (const { subject } of news) expect(subject).toBe(`message:${id}`);
        },
      ),
    );
  });
});
