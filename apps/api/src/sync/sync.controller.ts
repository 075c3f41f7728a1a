import { applyDecorators, Body, Controller, HttpCode, Post, type Type } from '@nestjs/common';
import {
  ApiBody,
  ApiExtraModels,
  ApiOperation,
  ApiResponse,
  ApiTags,
  getSchemaPath,
} from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import {
  mostSyncRecords,
  SyncCustomer,
  SyncReceipt,
  SyncVehicle,
} from '#contracts/http/sync.dto.js';
import { addSyncTask, type SyncPayload } from '#infrastructure/persistence/sync/sync-tasks.js';
import { SyncQueue } from '#infrastructure/queue/sync-queue.js';
import { Internal } from '../access/access.js';
import { ApiProblems } from '../documentation/api-problems.js';
import { CheckedBody } from '../http/checked-input.pipe.js';
import { IdempotencyKey } from '../http/endpoints.js';
import { type Records, RecordsBody, readEach } from '../http/records-body.pipe.js';
import { type Writer, WriterParam } from '../http/writer.js';
import { Writes } from '../http/writes.js';
import { readCustomer, readVehicle, type Talleres } from './read-records.js';

const customerBody = new CheckedBody(SyncCustomer);
const vehicleBody = new CheckedBody(SyncVehicle);

/**
 * Takes what the core system knows of customers and vehicles. What can be seen to be wrong is
 * refused with the whole payload; the rest is committed, and the worker applies it.
 */
@ApiTags('internal')
@Controller('api/internal/v1')
export class SyncController {
  constructor(
    private readonly dataSource: DataSource,
    private readonly writes: Writes,
    private readonly queue: SyncQueue,
  ) {}

  @TakesRecords('customers', SyncCustomer)
  async customers(
    @Body(new RecordsBody(mostSyncRecords)) body: Records<unknown>,
    @WriterParam() writer: Writer,
  ): Promise<SyncReceipt> {
    const talleres = await this.talleres();
    const records = await readEach(body, (record) =>
      readCustomer(customerBody.transform(record), talleres),
    );
    return this.accept({ kind: 'customers', records }, writer);
  }

  @TakesRecords('vehicles', SyncVehicle)
  async vehicles(
    @Body(new RecordsBody(mostSyncRecords)) body: Records<unknown>,
    @WriterParam() writer: Writer,
  ): Promise<SyncReceipt> {
    const now = new Date();
    const records = await readEach(body, (record) =>
      readVehicle(vehicleBody.transform(record), now),
    );
    return this.accept({ kind: 'vehicles', records }, writer);
  }

  private async accept(payload: SyncPayload, writer: Writer): Promise<SyncReceipt> {
    const receipt = await this.writes.run(writer, async ({ manager }) => ({
      task_id: await addSyncTask(manager, payload, writer.author.requestId),
      records: payload.records.length,
    }));
    this.queue.wake([receipt.task_id]);
    return receipt;
  }

  private async talleres(): Promise<Talleres> {
    const rows = await this.dataSource.query<{ id: string; slug: string; country: string }[]>(
      'SELECT id, slug, country FROM taller',
    );
    return new Map(rows.flatMap((taller) => [[taller.slug, taller] as const, [taller.id, taller]]));
  }
}

function TakesRecords(things: 'customers' | 'vehicles', type: Type<object>) {
  const record = { $ref: getSchemaPath(type) };
  const list = { type: 'array', items: record, minItems: 1, maxItems: mostSyncRecords };
  const Things = `${things.charAt(0).toUpperCase()}${things.slice(1)}`;
  return applyDecorators(
    Post(`${things}/sync/`),
    HttpCode(202),
    Internal(),
    IdempotencyKey(),
    ApiOperation({
      operationId: `sync${Things}`,
      summary: `Take over ${things} from the core system, in any order`,
      description:
        'Of what is said of one thing the newest holds, by `version` or `updated_at`, whatever ' +
        'the order of arrival. It overwrites what people edited here; an older record does not.',
    }),
    ApiExtraModels(type),
    ApiBody({ schema: { anyOf: [record, list] } as object }),
    ApiResponse({
      status: 202,
      type: SyncReceipt,
      description: 'Committed: the records will be applied, or end among the dead letters.',
    }),
    ApiProblems(400, 401, 409, 413, 415, 422, 500, 503),
  );
}
