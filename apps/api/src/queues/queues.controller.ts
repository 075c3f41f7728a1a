import { Controller, Get } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { type QueueName, QueuesView, queueNames } from '#contracts/http/queues.dto.js';
import {
  type QueueCounts,
  QueuesRepository,
} from '#infrastructure/persistence/queues.repository.js';
import { DeliveryQueue } from '#infrastructure/queue/delivery-queue.js';
import { SyncQueue } from '#infrastructure/queue/sync-queue.js';
import { type Caller, CallerParam, Needs } from '../access/access.js';
import { ApiProblems } from '../documentation/api-problems.js';

@ApiTags('queues')
@Controller('api/v1/notifications/queues')
export class QueuesController {
  constructor(
    private readonly counts: QueuesRepository,
    private readonly delivery: DeliveryQueue,
    private readonly sync: SyncQueue,
  ) {}

  @Get('/')
  @Needs('read')
  @ApiOperation({
    operationId: 'getQueues',
    summary: 'How much waits, since when, and who works on it',
    description: 'Counted in the database, not among the jobs that wake workers.',
  })
  @ApiResponse({ status: 200, type: QueuesView, description: 'As it is now.' })
  @ApiProblems(401, 403, 500, 503)
  async get(@CallerParam() { tallerId }: Caller): Promise<QueuesView> {
    const [{ now, schedulerSeenAt, queues }, workers] = await Promise.all([
      this.counts.count(tallerId),
      Promise.all(queueNames.map((name) => this.workersOf(name))),
    ]);
    return {
      counted_at: now.toISOString(),
      queues: queueNames.map((name, place) => ({
        name,
        ...numbersOf(queues.find((each) => each.name === name)),
        workers: workers[place] ?? null,
      })),
      scheduler_seen_at: schedulerSeenAt?.toISOString() ?? null,
    };
  }

  private workersOf(name: QueueName): Promise<number | null> {
    const counted = name === 'sync' ? this.sync.workers() : this.delivery.workers(name);
    return counted.catch(() => null);
  }
}

function numbersOf(counts: QueueCounts | undefined) {
  return {
    waiting: counts?.waiting ?? 0,
    active: counts?.active ?? 0,
    delayed: counts?.delayed ?? 0,
    held: counts?.held ?? 0,
    failed: counts?.failed ?? 0,
    oldest_waiting_since: counts?.oldest?.toISOString() ?? null,
  };
}
