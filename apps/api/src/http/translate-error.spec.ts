import { describe, expect, test } from '@jest/globals';
import { QueryFailedError } from 'typeorm';
import { translateError } from './translate-error.js';

/** An error as TypeORM gives the driver's on. */
function databaseError(code: string, message = 'of the database'): QueryFailedError {
  const cause = Object.assign(new Error(message), { code });
  return Object.assign(new QueryFailedError('SELECT', [], cause), { code });
}

describe('what the database could not do for now is 503 with the time to come back', () => {
  test.each([
    ['08000', 'connection exception'],
    ['08001', 'no connection to be had'],
    ['08003', 'connection does not exist'],
    ['08006', 'connection failure'],
    ['25006', 'read-only after a failover'],
    ['40001', 'serialization failure, tried again in vain'],
    ['40P01', 'deadlock, tried again in vain'],
    ['53100', 'disk full'],
    ['53200', 'out of memory'],
    ['53300', 'too many connections'],
    ['53400', 'configuration limit exceeded'],
    ['55P03', 'lock not available'],
    ['57014', 'statement timeout'],
    ['57P01', 'admin shutdown'],
    ['57P02', 'crash shutdown'],
    ['57P03', 'starting up'],
    ['ECONNREFUSED', 'nobody listens'],
    ['ECONNRESET', 'reset'],
    ['EPIPE', 'broken pipe'],
    ['ETIMEDOUT', 'no answer'],
    ['ENOTFOUND', 'no such host'],
  ])('%s, %s', (code) => {
    const problem = translateError(databaseError(code));
    expect(problem).toMatchObject({ code: 'unavailable', headers: { 'retry-after': '5' } });
    expect(problem.status).toBe(503);
  });

  test.each([
    'Connection terminated unexpectedly',
    'Connection terminated due to connection timeout',
    'Client has encountered a connection error and is not queryable',
    'timeout exceeded when trying to connect',
    'Query read timeout',
  ])('what the driver says without a code: %s', (message) => {
    expect(translateError(new Error(message)).status).toBe(503);
  });
});

describe('what the database says of the data is the caller’s to mend', () => {
  test.each(['22001', '22003', '22007', '22021', '22P02', '22P05', '23502', '23514', '54001'])(
    '%s is 400',
    (code) => {
      expect(translateError(databaseError(code)).status).toBe(400);
    },
  );
});

describe('what is our fault is 500, and says nothing of itself', () => {
  test.each(['42601', '42703', '42P01', '0A000', 'XX000'])('%s', (code) => {
    const problem = translateError(databaseError(code, 'column "secret" does not exist'));
    expect(problem.status).toBe(500);
    expect(problem.message).not.toContain('secret');
  });
});
