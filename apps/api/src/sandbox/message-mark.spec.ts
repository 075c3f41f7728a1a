import { describe, expect, test } from '@jest/globals';
import { ClickTokens } from '#infrastructure/channels/web-push/click-tokens.js';
import { markOf } from './message-mark.js';

const id = '019bd6f0-1a40-7c13-b7c4-0d9e8f1a2c32';

describe('the mark of a message that arrived', () => {
  test.each([
    ['is our id in a mail', { channel: 'email', messageId: `<${id}@example.com>` }, id, true],
    ['is WhatsApp’s own id', { channel: 'whatsapp', messageId: '3EB0AA' }, '3EB0AA', false],
    ['is our id in what a push gives back', { channel: 'push', messageId: 'x' }, id, true],
  ] as const)('%s', (_, message, mark, ours) => {
    const click = message.channel === 'push' ? new ClickTokens('a key').make(id) : null;
    expect(markOf({ ...message, click })).toEqual({ mark, ours });
  });

  test.each([
    ['mail', { channel: 'email', messageId: '<1.2@elsewhere.example>', click: null }],
    ['push', { channel: 'push', messageId: 'x', click: 'short' }],
    ['WhatsApp message without an id', { channel: 'whatsapp', messageId: null, click: null }],
  ] as const)('is unknown of a %s of somebody else', (_, message) => {
    expect(markOf(message)).toBeUndefined();
  });
});
