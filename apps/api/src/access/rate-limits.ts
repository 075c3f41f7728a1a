import type { FastifyReply } from 'fastify';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { Configuration } from '#infrastructure/config/configuration.js';
import { Problem } from '../http/problem.js';

const windowSeconds = 60;

/**
 * How many requests this process takes in a minute: of one caller, and with something wrong to
 * show from one address. Each process counts for itself, so that of several a caller may get as
 * many times the limit: it is there to hold back one who runs wild, not to bill.
 */
export class RateLimits {
  private readonly requests: Limit | null;
  private readonly failures: Limit | null;

  constructor({ perMinute, failedPerMinute }: Configuration['rateLimit']) {
    this.requests = limitOf('requests', perMinute);
    this.failures = limitOf('failed-authentications', failedPerMinute);
  }

  /** Counts a request and tells what is left. Throws a 429 past the limit. */
  async count(who: string, reply: FastifyReply): Promise<void> {
    await this.requests?.take(who, reply);
  }

  /** The same, for a request that showed something wrong. */
  async countFailure(address: string, reply: FastifyReply): Promise<void> {
    await this.failures?.take(address, reply);
  }

  /** Whether the next failure from there is past the limit. */
  async isSlowed(address: string): Promise<boolean> {
    return (await this.failures?.isSpent(address)) ?? false;
  }
}

/** The fields are of draft-ietf-httpapi-ratelimit-headers-10: structured fields, in seconds. */
class Limit {
  private readonly limiter: RateLimiterMemory;
  private readonly policy: string;

  constructor(
    private readonly name: string,
    points: number,
  ) {
    this.limiter = new RateLimiterMemory({ points, duration: windowSeconds });
    this.policy = `"${name}";q=${points};w=${windowSeconds}`;
  }

  async take(who: string, reply: FastifyReply): Promise<void> {
    try {
      this.tell(await this.limiter.consume(who), reply);
    } catch (refusal) {
      if (!(refusal instanceof RateLimiterRes)) throw refusal;
      const seconds = this.tell(refusal, reply);
      throw new Problem('rate_limited', { headers: { 'retry-after': String(seconds) } });
    }
  }

  async isSpent(who: string): Promise<boolean> {
    const taken = await this.limiter.get(who);
    return taken !== null && taken.remainingPoints === 0;
  }

  private tell({ remainingPoints, msBeforeNext }: RateLimiterRes, reply: FastifyReply): number {
    const seconds = Math.max(1, Math.ceil(msBeforeNext / 1000));
    reply.header('ratelimit-policy', this.policy);
    reply.header('ratelimit', `"${this.name}";r=${remainingPoints};t=${seconds}`);
    return seconds;
  }
}

function limitOf(name: string, points: number): Limit | null {
  return points === 0 ? null : new Limit(name, points);
}
