import { types } from 'node:util';
import { type DestinationStream, type Logger, pino } from 'pino';
import { maskText } from './mask.js';

export type { Logger } from 'pino';

export interface LoggerOptions {
  level: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'silent';
  /** The process' role on every line: api, worker, scheduler. */
  name: string;
  /** Standard output by default. */
  destination?: DestinationStream;
}

/**
 * One JSON object a line, on standard output. Bodies, headers and query values are never given
 * to it, and what an error's text may quote of them is blanked.
 */
export function createLogger({ level, name, destination }: LoggerOptions): Logger {
  return pino(
    {
      level,
      base: { name },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { err: describeError, req: () => undefined, res: () => undefined },
    },
    destination ?? pino.destination(1),
  );
}

/** What the log keeps of an error: its kind, its code, its masked text, and where it came from. */
function describeError(error: unknown): Record<string, unknown> {
  if (!types.isNativeError(error)) return { type: typeof error };
  return {
    type: error.constructor.name,
    code: 'code' in error && typeof error.code === 'string' ? error.code : undefined,
    message: maskText(error.message),
    // The stack begins with the message again; its frames name files and lines alone.
    stack: error.stack
      ?.split('\n')
      .filter((line) => /^\s+at /.test(line))
      .slice(0, 20)
      .join('\n'),
    cause: error.cause === undefined ? undefined : describeError(error.cause),
  };
}
