import { Body, Controller, Param, Query, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { uuidv7 } from 'uuidv7';
import { ids } from '#contracts/http/examples.js';
import {
  TalleresQuery,
  TallerInput,
  TallerPage,
  TallerPatch,
  TallerView,
} from '#contracts/http/talleres.dto.js';
import { defaultQuietHours } from '#domain/quiet/quiet-rung.js';
import { defaultNoticeOffsets } from '#domain/reminders/notice-due.js';
import { type TallerRow, tallerTable } from '#infrastructure/persistence/schema/taller.schema.js';
import { TalleresRepository } from '#infrastructure/persistence/talleres.repository.js';
import { type Caller, CallerParam, requireEveryTaller, requireTaller } from '../access/access.js';
import { CheckedBody, CheckedQuery } from '../http/checked-input.pipe.js';
import { endpointsOf, uuidLike } from '../http/endpoints.js';
import { IdParam } from '../http/id-param.pipe.js';
import { listed, type Window } from '../http/paging.js';
import { Problem } from '../http/problem.js';
import { found, requireMatch, type Writer, WriterParam } from '../http/writer.js';
import { Writes } from '../http/writes.js';

const { Lists, Gets, Creates, Replaces, Patches, Removes } = endpointsOf({
  one: 'Taller',
  many: 'Talleres',
  aThing: 'a workshop',
  things: 'workshops',
  view: TallerView,
  page: TallerPage,
  id: uuidLike(ids.taller),
  about: {
    list: '`search` looks into name and slug.',
    create: 'Only by who may act for all workshops.',
    remove:
      'Refused (409) while customers belong to it. Its staff, API keys, templates and configurations go with it.',
  },
  writeScope: 'admin',
  isDependedOn: true,
});

@ApiTags('talleres')
@Controller('api/v1/notifications/talleres')
export class TalleresController {
  constructor(
    private readonly talleres: TalleresRepository,
    private readonly writes: Writes,
  ) {}

  @Lists()
  async list(
    @Query(new CheckedQuery(TalleresQuery)) query: TalleresQuery,
    @CallerParam() { tallerId }: Caller,
    @Req() request: FastifyRequest,
  ): Promise<TallerPage> {
    const filter = { search: query.search, isActive: query.is_active };
    const ordering = query.ordering ?? 'name';
    const read = (window: Window) => this.talleres.page(tallerId, filter, ordering, window);
    return listed(request, query, read, viewOf);
  }

  @Gets()
  async get(
    @Param('id', new IdParam()) id: string,
    @CallerParam() { tallerId }: Caller,
  ): Promise<TallerView> {
    return viewOf(found(await this.talleres.find(tallerId, id), 'workshop'));
  }

  @Creates()
  create(
    @Body(new CheckedBody(TallerInput)) input: TallerInput,
    @WriterParam() writer: Writer,
  ): Promise<TallerView> {
    requireEveryTaller(writer.caller);
    const row = { ...defaults, ...input, id: uuidv7() };
    requireQuietHours(row);
    return this.writes.run(writer, async (change) => viewOf(await change.insert(tallerTable, row)));
  }

  @Replaces()
  replace(
    @Param('id', new IdParam()) id: string,
    @Body(new CheckedBody(TallerInput)) input: TallerInput,
    @WriterParam() writer: Writer,
  ): Promise<TallerView> {
    return this.alter(id, writer, { ...defaults, ...input });
  }

  @Patches()
  patch(
    @Param('id', new IdParam()) id: string,
    @Body(new CheckedBody(TallerPatch)) patch: TallerPatch,
    @WriterParam() writer: Writer,
  ): Promise<TallerView> {
    return this.alter(id, writer, patch);
  }

  @Removes()
  async remove(@Param('id', new IdParam()) id: string, @WriterParam() writer: Writer) {
    requireEveryTaller(writer.caller);
    await this.writes.run(writer, async (change) => {
      const check = (row: TallerRow) => requireMatch(writer, viewOf(row));
      found(await change.remove(tallerTable, { id }, check), 'workshop');
    });
  }

  private alter(id: string, writer: Writer, changed: Partial<TallerRow>): Promise<TallerView> {
    requireTaller(writer.caller, id, 'workshop');
    return this.writes.run(writer, async (change) => {
      const row = await change.update(tallerTable, { id }, (current) => {
        requireMatch(writer, viewOf(current));
        Object.assign(current, changed);
        requireQuietHours(current);
      });
      return viewOf(found(row, 'workshop'));
    });
  }
}

const defaults = {
  time_zone: 'America/Guayaquil',
  country: 'EC',
  reminder_offsets_days: [...defaultNoticeOffsets],
  quiet_hours_from: defaultQuietHours.from,
  quiet_hours_to: defaultQuietHours.to,
  holidays: [],
  is_active: true,
};

type QuietColumns = Pick<TallerRow, 'quiet_hours_from' | 'quiet_hours_to'>;

/** Of a row as it would be after the change: a PATCH may bring one of the two alone. */
function requireQuietHours({ quiet_hours_from: from, quiet_hours_to: to }: QuietColumns): void {
  const isWhole = from === null ? to === null : to !== null && from !== to;
  if (isWhole) return;
  const why = 'must be another time than quiet_hours_from, or null with it';
  throw new Problem('validation_failed', { errors: { quiet_hours_to: [why] } });
}

function viewOf(row: TallerRow): TallerView {
  return {
    ...row,
    created_at: row.created_at.toISOString(),
    updated_at: row.updated_at.toISOString(),
  };
}
