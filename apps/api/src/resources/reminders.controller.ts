import { Body, Controller, HttpCode, Param, Post, Query, Req } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { uuidv7 } from 'uuidv7';
import { ids } from '#contracts/http/examples.js';
import {
  ReminderInput,
  ReminderPage,
  ReminderPatch,
  RemindersQuery,
  ReminderView,
} from '#contracts/http/reminders.dto.js';
import { RemindersRepository } from '#infrastructure/persistence/reminders.repository.js';
import {
  type ReminderRow,
  reminderTable,
} from '#infrastructure/persistence/schema/reminder.schema.js';
import { SetupCache } from '#infrastructure/persistence/setup-cache.js';
import { type Caller, CallerParam, Needs } from '../access/access.js';
import { ApiProblems } from '../documentation/api-problems.js';
import { CheckedBody, CheckedQuery } from '../http/checked-input.pipe.js';
import { endpointsOf, IdempotencyKey, uuidLike } from '../http/endpoints.js';
import { IdParam } from '../http/id-param.pipe.js';
import { listed, type Window } from '../http/paging.js';
import { UuidInPath } from '../http/path-params.js';
import { Problem } from '../http/problem.js';
import { withIds } from '../http/with-ids.js';
import { found, requireMatch, type Writer, WriterParam } from '../http/writer.js';
import { Writes } from '../http/writes.js';
import { settleReminder } from './reminder-rules.js';
import { reminderViewOf } from './reminder-view.js';

const { Lists, Gets, Creates, Replaces, Patches, Removes } = endpointsOf({
  one: 'Reminder',
  many: 'Reminders',
  aThing: 'a reminder',
  things: 'reminders',
  view: ReminderView,
  page: ReminderPage,
  id: uuidLike(ids.reminder),
  about: {
    list: '`search` looks into the description, and finds customer and vehicle as their lists do.',
    create:
      'At least one of `due_on` and `due_km` is given. Notices are given by the offsets of the workshop, on its mornings.',
    remove: 'Nobody is reminded of it any more.',
  },
  writeScope: 'write',
  refusals: ['unknown_customer', 'unknown_vehicle'],
});

/** Whose workshop a reminder is of is its customer's. */
@ApiTags('reminders')
@Controller('api/v1/notifications/reminders')
export class RemindersController {
  constructor(
    private readonly reminders: RemindersRepository,
    private readonly setups: SetupCache,
    private readonly writes: Writes,
  ) {}

  @Lists()
  async list(
    @Query(new CheckedQuery(RemindersQuery)) query: RemindersQuery,
    @CallerParam() { tallerId }: Caller,
    @Req() request: FastifyRequest,
  ): Promise<ReminderPage> {
    const filter = {
      search: query.search,
      status: query.status,
      customerId: query.customer_id,
      vehicleId: query.vehicle_id,
      dueAfter: query.due_after,
      dueBefore: query.due_before,
    };
    const ordering = query.ordering ?? 'due_on';
    const read = (window: Window) => this.reminders.page(tallerId, filter, ordering, window);
    return listed(request, query, read, reminderViewOf);
  }

  @Gets()
  async get(
    @Param('id', new IdParam()) id: string,
    @CallerParam() { tallerId }: Caller,
  ): Promise<ReminderView> {
    return reminderViewOf(found(await this.reminders.find(tallerId, id), 'reminder'));
  }

  @Creates()
  async create(
    @Body(new CheckedBody(ReminderInput)) input: ReminderInput,
    @WriterParam() writer: Writer,
  ): Promise<ReminderView> {
    const known = withIds(await this.setups.current(), input);
    return this.writes.run(writer, async (change) => {
      const row = { projected_on: null, ...defaults, ...known, id: uuidv7() };
      await settleReminder(change.manager, writer.caller.tallerId, row);
      return reminderViewOf(await change.insert(reminderTable, row));
    });
  }

  @Replaces()
  replace(
    @Param('id', new IdParam()) id: string,
    @Body(new CheckedBody(ReminderInput)) input: ReminderInput,
    @WriterParam() writer: Writer,
  ): Promise<ReminderView> {
    return this.alter(id, writer, { ...defaults, ...input });
  }

  @Patches()
  patch(
    @Param('id', new IdParam()) id: string,
    @Body(new CheckedBody(ReminderPatch)) patch: ReminderPatch,
    @WriterParam() writer: Writer,
  ): Promise<ReminderView> {
    return this.alter(id, writer, patch);
  }

  @Removes()
  async remove(
    @Param('id', new IdParam()) id: string,
    @WriterParam() writer: Writer,
  ): Promise<void> {
    found(await this.reminders.find(writer.caller.tallerId, id), 'reminder');
    await this.writes.run(writer, async (change) => {
      const check = (row: ReminderRow) => requireMatch(writer, reminderViewOf(row));
      found(await change.remove(reminderTable, { id }, check), 'reminder');
    });
  }

  @Post(':id/complete/')
  @HttpCode(200)
  @Needs('write')
  @UuidInPath('The reminder.', ids.reminder)
  @IdempotencyKey()
  @ApiOperation({
    operationId: 'completeReminder',
    summary: 'Say that what was due is done; no further notices are given',
    description: 'Asking again changes nothing.',
  })
  @ApiResponse({
    status: 200,
    type: ReminderView,
    description: 'Completed. Asking again changes nothing. A cancelled one is a 409.',
  })
  @ApiProblems(400, 401, 403, 404, 409, 422, 500, 503)
  async complete(
    @Param('id', new IdParam()) id: string,
    @WriterParam() writer: Writer,
  ): Promise<ReminderView> {
    found(await this.reminders.find(writer.caller.tallerId, id), 'reminder');
    return this.writes.run(writer, async (change) => {
      const row = await change.update(reminderTable, { id }, (current) => {
        if (current.status === 'cancelled') {
          throw new Problem('conflict', { detail: 'The reminder was cancelled.' });
        }
        current.status = 'completed';
      });
      return reminderViewOf(found(row, 'reminder'));
    });
  }

  private async alter(id: string, writer: Writer, input: ReminderPatch): Promise<ReminderView> {
    const { tallerId } = writer.caller;
    found(await this.reminders.find(tallerId, id), 'reminder');
    const known = withIds(await this.setups.current(), input);
    return this.writes.run(writer, async (change) => {
      const row = await change.update(reminderTable, { id }, async (current) => {
        requireMatch(writer, reminderViewOf(current));
        const before = { ...current };
        Object.assign(current, known);
        await settleReminder(change.manager, tallerId, current, before);
      });
      return reminderViewOf(found(row, 'reminder'));
    });
  }
}

const defaults = { description: '', due_on: null, due_km: null, status: 'pending' as const };
