import { Controller, Get, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { HealthCheckService, HealthIndicatorService } from '@nestjs/terminus';
import type { FastifyReply } from 'fastify';
import { DatabaseHealthView, LiveView, ReadyView } from '#contracts/http/health.dto.js';
import { type Caller, CallerParam, Public } from '../access/access.js';
import { ApiProblems } from '../documentation/api-problems.js';
import { Problem } from '../http/problem.js';
import { DatabaseReport } from './database-report.js';
import { Readiness, type ReadinessCheck } from './readiness.js';

/** A probe that takes longer counts as no answer. */
const probeTimeoutMs = 1000;
/** Probes come from many places; the database is asked once for all of them. */
const believedForMs = 1000;

@ApiTags('health')
@Controller()
export class HealthController {
  constructor(
    private readonly health: HealthCheckService,
    private readonly indicators: HealthIndicatorService,
    private readonly readiness: Readiness,
    private readonly database: DatabaseReport,
  ) {}

  @Get('health/live')
  @Public()
  @ApiOperation({
    operationId: 'isLive',
    summary: 'Whether the process answers',
    description: 'For a liveness probe: it asks nothing of database or queue.',
  })
  @ApiResponse({ status: 200, type: LiveView, description: 'It does.' })
  live(): LiveView {
    return { status: 'ok' };
  }

  @Get('health/ready')
  @Public()
  @ApiOperation({
    operationId: 'isReady',
    summary: 'Whether requests can be answered now',
    description: 'For a readiness probe: it asks the database and the queue, not the providers.',
  })
  @ApiResponse({ status: 200, type: ReadyView, description: 'Everything needed answers.' })
  @ApiProblems(503)
  async ready(): Promise<ReadyView> {
    if (this.readiness.stopping) throw notReady({ process: ['is stopping'] });
    const results = await this.health
      .check(this.readiness.checks.map((check) => () => this.ask(check)))
      .catch((error: unknown) => Promise.reject(notReady(downIn(error))));
    const checks = Object.keys(results.details).map((name) => [name, 'up'] as const);
    return { status: 'ok', checks: Object.fromEntries(checks) };
  }

  @Get('api/v1/health/database/')
  @Public()
  @ApiOperation({
    operationId: 'getDatabaseHealth',
    summary: 'Whether the database answers; with a key, which one it is',
    description:
      'Anyone is told the status. With a key also which database it is, and how we are connected.',
  })
  @ApiResponse({ status: 200, type: DatabaseHealthView, description: 'It answers.' })
  @ApiResponse({
    status: 503,
    type: DatabaseHealthView,
    description: 'It does not.',
    example: { status: 'unhealthy' },
  })
  async databaseHealth(
    @CallerParam() caller: Caller | undefined,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const report = await this.database.read();
    const answer = caller ? report : { status: report.status };
    reply.code(report.status === 'healthy' ? 200 : 503).send(answer);
  }

  private async ask({ name, probe }: ReadinessCheck) {
    return this.indicators
      .check(name)
      .attempt(async () => void (await probe()))
      .withTimeout(probeTimeoutMs)
      .cacheFor(believedForMs);
  }
}

function notReady(errors: Record<string, string[]>): Problem {
  return new Problem('unavailable', { errors, headers: { 'retry-after': '5' } });
}

/** Which checks failed, out of what terminus throws. Why is for the log, not for the caller. */
function downIn(error: unknown): Record<string, string[]> {
  const failed: unknown =
    error instanceof Error && 'getResponse' in error && typeof error.getResponse === 'function'
      ? error.getResponse()
      : undefined;
  const names =
    typeof failed === 'object' && failed !== null && 'error' in failed && failed.error
      ? Object.keys(failed.error)
      : ['process'];
  return Object.fromEntries(names.map((name) => [name, ['does not answer']]));
}
