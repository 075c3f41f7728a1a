import { setTimeout } from 'node:timers/promises';
import { Controller, Get, Param, Post, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { DataSource } from 'typeorm';
import { CustomerExport, ErasureView } from '#contracts/http/customer-data.dto.js';
import { times } from '#contracts/http/examples.js';
import { Changes } from '#infrastructure/persistence/changes.js';
import { type ErasureState, Erasures } from '#infrastructure/persistence/erasure/erasures.js';
import { readPersonRecords } from '#infrastructure/persistence/person-records.js';
import { SetupCache } from '#infrastructure/persistence/setup-cache.js';
import { type Caller, CallerParam, Needs } from '../access/access.js';
import { ApiProblems } from '../documentation/api-problems.js';
import { CustomerInPath } from '../http/path-params.js';
import { TextIdParam } from '../http/text-id-param.pipe.js';
import { found, type Writer, WriterParam } from '../http/writer.js';
import { customerExport } from './customer-export.js';

const IdInPath = () => Param('customer_id', new TextIdParam('customer_id'));

/** How long a caller waits for the end of an erasure before it is told that it goes on. */
const patienceMs = 10_000;

/** What a person may ask of us: to see what we hold of him, and to be forgotten. */
@ApiTags('customers')
@Controller('api/v1/notifications/customers/:customer_id')
export class CustomerDataController {
  constructor(
    private readonly dataSource: DataSource,
    private readonly setups: SetupCache,
    private readonly changes: Changes,
    private readonly erasures: Erasures,
  ) {}

  @Get('export/')
  @Needs('admin')
  @CustomerInPath()
  @ApiOperation({
    operationId: 'exportCustomer',
    summary: 'Everything that is held of a customer, as one document',
    description:
      'Profile, preferences, vehicles, reminders, browsers, addresses and the log of everything sent.',
  })
  @ApiResponse({ status: 200, type: CustomerExport, description: 'As of one moment.' })
  @ApiProblems(400, 401, 403, 404, 500, 503)
  async export(
    @IdInPath() id: string,
    @CallerParam() { tallerId }: Caller,
  ): Promise<CustomerExport> {
    const records = found(await readPersonRecords(this.dataSource, tallerId, id), 'customer');
    return customerExport(id, records, await this.setups.current());
  }

  /**
   * It takes no idempotency key, which would be kept with the customer's id: asking again while it
   * goes on joins in, and afterwards there is no such customer.
   */
  @Post('erase/')
  @Needs('admin')
  @CustomerInPath()
  @ApiOperation({
    operationId: 'eraseCustomer',
    summary: 'Forget a customer; counts and states stay, and nothing that names him',
    description:
      'Within seconds as a rule (200); 202 when it takes longer, and it goes on by itself. It cannot be undone. It takes no idempotency key: asking again while it goes on joins in, and afterwards there is no such customer.',
  })
  @ApiResponse({ status: 200, type: ErasureView, description: 'Erased.' })
  @ApiResponse({
    status: 202,
    type: ErasureView,
    description: 'Begun; the rest follows.',
    example: {
      state: 'erasing',
      pseudonym: 'erased-6f1c1f6e-7e0a-4a53-9d8f-0d8f4f0f4c11',
      requested_at: times.created,
      erased_at: null,
      events: 14,
      canceled: 1,
    },
  })
  @ApiProblems(400, 401, 403, 404, 500, 503)
  async erase(
    @IdInPath() id: string,
    @WriterParam() { caller, author }: Writer,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const erasureId = await this.changes.run(author, async (change) => {
      const begun = found(
        await this.erasures.begin(change.manager, caller.tallerId, id),
        'customer',
      );
      await change.note({
        action: 'erased',
        resource: 'customer',
        resourceId: begun.id,
        tallerId: begun.tallerId,
        changes: {},
      });
      return begun.id;
    });
    const state = await this.finishInTime(erasureId);
    reply.code(state.erasedAt ? 200 : 202).send(erasureView(state));
  }

  /** What is not done in time is left to the sweep: a batch may wait for somebody's lock. */
  private async finishInTime(erasureId: string): Promise<ErasureState> {
    const patience = new AbortController();
    const finished = this.erasures.finish(erasureId, () => !patience.signal.aborted);
    const late = setTimeout(patienceMs, null, { signal: patience.signal });
    try {
      return (await Promise.race([finished, late])) ?? (await this.erasures.stateOf(erasureId));
    } finally {
      patience.abort();
      for (const left of [finished, late]) left.catch(() => undefined);
    }
  }
}

function erasureView(state: ErasureState): ErasureView {
  return {
    state: state.erasedAt ? 'erased' : 'erasing',
    pseudonym: state.pseudonym,
    requested_at: state.requestedAt.toISOString(),
    erased_at: state.erasedAt?.toISOString() ?? null,
    events: state.events,
    canceled: state.canceled,
  };
}
