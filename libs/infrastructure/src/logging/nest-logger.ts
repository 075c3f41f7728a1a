import type { LoggerService } from '@nestjs/common';
import type { Logger } from './logger.js';
import { maskText } from './mask.js';

/** Sends what Nest itself says into our log. Its start-up chatter is for `debug`. */
export class NestLogger implements LoggerService {
  constructor(private readonly logger: Logger) {}

  log(message: unknown, ...rest: unknown[]): void {
    this.write('debug', message, rest);
  }

  debug(message: unknown, ...rest: unknown[]): void {
    this.write('debug', message, rest);
  }

  verbose(message: unknown, ...rest: unknown[]): void {
    this.write('debug', message, rest);
  }

  warn(message: unknown, ...rest: unknown[]): void {
    this.write('warn', message, rest);
  }

  error(message: unknown, ...rest: unknown[]): void {
    this.write('error', message, rest);
  }

  fatal(message: unknown, ...rest: unknown[]): void {
    this.write('fatal', message, rest);
  }

  private write(level: 'debug' | 'warn' | 'error' | 'fatal', message: unknown, rest: unknown[]) {
    const context = contextOf(rest);
    if (message instanceof Error) this.logger[level]({ context, err: message }, 'failed');
    else if (typeof message === 'object' && message !== null) {
      this.logger[level]({ context, ...maskMembers(message) });
    } else this.logger[level]({ context }, maskText(String(message)));
  }
}

// Nest gives the name of the class that speaks as the last argument; a stack may stand before it.
function contextOf(rest: readonly unknown[]): string | undefined {
  const last = rest.at(-1);
  return typeof last === 'string' && !last.includes('\n') ? last : undefined;
}

function maskMembers(message: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(message).map(([name, value]) => [
      name,
      typeof value === 'string' ? maskText(value) : value,
    ]),
  );
}
