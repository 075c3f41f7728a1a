import {
  applyDecorators,
  Body,
  Controller,
  Get,
  HttpCode,
  Param,
  Post,
  Query,
  Req,
} from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import {
  DeadLetterDetail,
  DeadLetterGroupPage,
  DeadLetterGroupsQuery,
  DeadLetterPage,
  DeadLettersQuery,
  ReplayGroupInput,
  ReplaysScheduled,
  ReplayView,
} from '#contracts/http/dead-letters.dto.js';
import { ids } from '#contracts/http/examples.js';
import { Backlog } from '#domain/ports/backlog.js';
import { DeadLettersRepository } from '#infrastructure/persistence/dead-letters/dead-letters.repository.js';
import { Replays } from '#infrastructure/persistence/dead-letters/replays.js';
import type { ReplayOutcome } from '#infrastructure/persistence/dead-letters/settle-dead-letter.js';
import { type Caller, CallerParam, Internal, Needs } from '../access/access.js';
import { overloadProblem } from '../dispatch/overload-problem.js';
import { ApiProblems } from '../documentation/api-problems.js';
import { CheckedBody, CheckedQuery } from '../http/checked-input.pipe.js';
import { IdempotencyKey } from '../http/endpoints.js';
import { IdParam } from '../http/id-param.pipe.js';
import { listed, type Window } from '../http/paging.js';
import { UuidInPath } from '../http/path-params.js';
import { found, type Writer, WriterParam } from '../http/writer.js';
import { Writes } from '../http/writes.js';
import { detailView, groupView, letterView, replayView } from './dead-letter-views.js';

/** Whose door to the dead letters it is. */
interface Door {
  path: string;
  tag: string;
  /** Added to the ids of operations, of which there is one each. */
  suffix: string;
  /** A decorator of its own for each operation: it adds to what it was given before. */
  access(): MethodDecorator;
  refused: 401[] | (401 | 403)[];
}

/** For the core system, and for administrators: the same, behind different locks. */
export const InternalDeadLettersController = deadLettersBehind({
  path: 'api/internal/v1/dead-letters',
  tag: 'internal',
  suffix: 'Internally',
  access: Internal,
  refused: [401],
});
export const DeadLettersController = deadLettersBehind({
  path: 'api/v1/notifications/dead-letters',
  tag: 'dead letters',
  suffix: '',
  access: () => Needs('admin'),
  refused: [401, 403],
});

const perMinuteByDefault = 120;

function deadLettersBehind({ path, tag, suffix, access, refused }: Door) {
  const operation = (operationId: string, summary: string, description: string) =>
    applyDecorators(
      access(),
      ApiOperation({ operationId: operationId + suffix, summary, description }),
    );
  const id = UuidInPath('The id of what failed.', ids.notification);

  @ApiTags(tag)
  @Controller(path)
  class DeadLettersDoor {
    constructor(
      private readonly letters: DeadLettersRepository,
      private readonly replays: Replays,
      private readonly writes: Writes,
      private readonly backlog: Backlog,
    ) {}

    @Get('/')
    @operation('listDeadLetters', 'What failed for good', '`search` looks into cause and detail.')
    @ApiResponse({ status: 200, type: DeadLetterPage, description: 'One page.' })
    @ApiProblems(400, ...refused, 500, 503)
    async list(
      @Query(new CheckedQuery(DeadLettersQuery)) query: DeadLettersQuery,
      @CallerParam() { tallerId }: Caller,
      @Req() request: FastifyRequest,
    ): Promise<DeadLetterPage> {
      const { ordering = '-at', page: _page, page_size: _size, ...filter } = query;
      const read = (window: Window) => this.letters.page(tallerId, filter, ordering, window);
      return listed(request, query, read, letterView);
    }

    @Get('groups/')
    @operation(
      'groupDeadLetters',
      'What failed for good and is not settled, by cause',
      'For a look at what to repair before anything is replayed.',
    )
    @ApiResponse({ status: 200, type: DeadLetterGroupPage, description: 'The largest first.' })
    @ApiProblems(400, ...refused, 500, 503)
    async groups(
      @Query(new CheckedQuery(DeadLetterGroupsQuery)) query: DeadLetterGroupsQuery,
      @CallerParam() { tallerId }: Caller,
      @Req() request: FastifyRequest,
    ): Promise<DeadLetterGroupPage> {
      const { kind } = query;
      const read = (window: Window) => this.letters.groups(tallerId, { kind }, window);
      return listed(request, query, read, groupView);
    }

    @Get(':id/')
    @id
    @operation(
      'getDeadLetter',
      'One dead letter, with what it was',
      'For a notification its event and recipient, for a task the records that could not be applied, for a webhook who sent it, for a run its schedule.',
    )
    @ApiResponse({ status: 200, type: DeadLetterDetail, description: 'As it is.' })
    @ApiProblems(400, ...refused, 404, 500, 503)
    async get(
      @Param('id', new IdParam()) letterId: string,
      @CallerParam() { tallerId }: Caller,
    ): Promise<DeadLetterDetail> {
      const letter = found(await this.letters.find(tallerId, letterId), 'dead letter');
      return detailView(letter, await this.letters.thingOf(letterId));
    }

    @Post('replay/')
    @HttpCode(202)
    @operation(
      'replayDeadLetters',
      'Replay all of one cause, one after the other',
      'Each is looked at again when its time has come: consent, expiry and cancellation may refuse it.',
    )
    @IdempotencyKey()
    @ApiResponse({ status: 202, type: ReplaysScheduled, description: 'Each has its time.' })
    @ApiProblems(400, ...refused, 409, 413, 415, 422, 500, 503)
    replayGroup(
      @Body(new CheckedBody(ReplayGroupInput)) { kind, cause, per_minute }: ReplayGroupInput,
      @WriterParam() writer: Writer,
    ): Promise<ReplaysScheduled> {
      const { tallerId } = writer.caller;
      const group = { kind, cause, perMinute: per_minute ?? perMinuteByDefault };
      return this.writes.run(writer, async (change) => {
        const { count, lastDueAt } = await this.replays.schedule(change.manager, tallerId, group);
        await change.note({
          action: 'replayed',
          resource: 'dead_letters',
          resourceId: `${kind}/${cause}`,
          tallerId,
          changes: { scheduled: [0, count] },
        });
        return { scheduled: count, last_due_at: lastDueAt?.toISOString() ?? null };
      });
    }

    @Post(':id/replay/')
    @HttpCode(200)
    @id
    @operation(
      'replayDeadLetter',
      'Replay one dead letter, once',
      'Consent, expiry and cancellation are looked at again. Asking again replays nothing, and is told the same.',
    )
    @IdempotencyKey()
    @ApiResponse({
      status: 200,
      type: ReplayView,
      description: 'What came of it. Asking again replays nothing, and is told the same.',
    })
    @ApiProblems(400, ...refused, 404, 409, 422, 500, 503)
    async replay(
      @Param('id', new IdParam()) letterId: string,
      @WriterParam() writer: Writer,
    ): Promise<ReplayView> {
      const letter = found(
        await this.letters.find(writer.caller.tallerId, letterId),
        'dead letter',
      );
      const overload = this.backlog.overload(letter.taller_id);
      if (overload) throw overloadProblem(overload);
      const prepared = await this.replays.prepare(letter);
      const outcomes: ReplayOutcome[] = [];
      const view = await this.writes.run(writer, async (change) => {
        const tried = await this.replays.carryOut(change.manager, prepared);
        const outcome = found(tried, 'dead letter');
        outcomes.push(outcome);
        const settled = replayView(letterId, outcome);
        await change.note({
          action: 'replayed',
          resource: 'dead_letter',
          resourceId: letterId,
          tallerId: letter.taller_id,
          changes: { outcome: [null, settled.refusal ?? settled.outcome] },
        });
        return settled;
      });
      for (const outcome of outcomes) this.replays.wake(outcome);
      return view;
    }
  }
  Object.defineProperty(DeadLettersDoor, 'name', { value: `DeadLetters${suffix}Controller` });
  return DeadLettersDoor;
}
