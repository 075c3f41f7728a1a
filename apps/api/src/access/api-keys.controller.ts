import { Body, Controller, HttpCode, Param, Post, Query, Req } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { DataSource } from 'typeorm';
import {
  ApiKeyInput,
  ApiKeyMade,
  ApiKeyPage,
  ApiKeyPatch,
  ApiKeyRotation,
  ApiKeysQuery,
  ApiKeyView,
  defaultGraceSeconds,
} from '#contracts/http/api-keys.dto.js';
import { ids } from '#contracts/http/examples.js';
import {
  addApiKey,
  endApiKey,
  type MadeApiKey,
  rotateApiKey,
  whyNotRotatable,
} from '#infrastructure/persistence/api-key-changes.js';
import { ApiKeysRepository, keyWithin } from '#infrastructure/persistence/api-keys.repository.js';
import type { Change } from '#infrastructure/persistence/change.js';
import { apiKeyTable } from '#infrastructure/persistence/schema/api-key.schema.js';
import { ApiProblems } from '../documentation/api-problems.js';
import { CheckedBody, CheckedQuery } from '../http/checked-input.pipe.js';
import { endpointsOf, IdempotencyKey, uuidLike } from '../http/endpoints.js';
import { IdParam } from '../http/id-param.pipe.js';
import { OptionalBody } from '../http/optional-body.pipe.js';
import { listed, type Window } from '../http/paging.js';
import { UuidInPath } from '../http/path-params.js';
import { badField } from '../http/problem.js';
import { found, requireMatch, type Writer, WriterParam } from '../http/writer.js';
import { Writes } from '../http/writes.js';
import { tallerOfBody } from '../resources/taller-of-body.js';
import { tallerOfQuery } from '../resources/taller-of-query.js';
import { type Caller, CallerParam, Needs, requireScopes } from './access.js';
import { apiKeyView, madeWithoutKey } from './api-key-view.js';
import { KnownKeys } from './known-keys.js';

const { Lists, Gets, Patches, Removes } = endpointsOf({
  one: 'ApiKey',
  many: 'ApiKeys',
  aThing: 'an API key',
  things: 'API keys, ended ones too',
  view: ApiKeyView,
  page: ApiKeyPage,
  id: uuidLike(ids.apiKey),
  about: {
    list: '`search` looks into the name, and finds a key by how it begins.',
    remove: 'Ends the key for good; here at once, in other processes within 5 seconds.',
  },
  writeScope: 'admin',
  readScope: 'admin',
});

/** Whoever may make keys may read who has one: all of it is for administrators. */
@ApiTags('API keys')
@Controller('api/v1/notifications/api-keys')
export class ApiKeysController {
  constructor(
    private readonly keys: ApiKeysRepository,
    private readonly writes: Writes,
    private readonly dataSource: DataSource,
    private readonly known: KnownKeys,
  ) {}

  @Lists()
  async list(
    @Query(new CheckedQuery(ApiKeysQuery)) query: ApiKeysQuery,
    @CallerParam() { tallerId }: Caller,
    @Req() request: FastifyRequest,
  ): Promise<ApiKeyPage> {
    const wanted = await tallerOfQuery(this.dataSource, query.taller_id);
    const filter = { search: query.search, status: query.status, tallerId: wanted };
    const ordering = query.ordering ?? '-created_at';
    const read = (window: Window) => this.keys.page(tallerId, filter, ordering, window);
    return listed(request, query, read, apiKeyView);
  }

  @Gets()
  async get(
    @Param('id', new IdParam()) id: string,
    @CallerParam() { tallerId }: Caller,
  ): Promise<ApiKeyView> {
    return apiKeyView(found(await this.keys.find(tallerId, id), 'key'));
  }

  @Post('/')
  @HttpCode(201)
  @Needs('admin')
  @ApiOperation({
    operationId: 'createApiKey',
    summary: 'Make an API key, told this once',
    description:
      'The key is told in this answer alone: we keep its hash. Nobody gives away scopes that they have not got.',
  })
  @IdempotencyKey()
  @ApiResponse({ status: 201, type: ApiKeyMade, description: 'Made. Keep the key now.' })
  @ApiProblems(400, 401, 403, 409, 413, 415, 422, 500, 503)
  async create(
    @Body(new CheckedBody(ApiKeyInput)) input: ApiKeyInput,
    @WriterParam() writer: Writer,
  ): Promise<ApiKeyMade> {
    requireScopes(writer.caller, input.scopes);
    const { manager } = this.dataSource;
    const taller = await tallerOfBody(manager, writer.caller, input.taller_id);
    const wanted = {
      name: input.name,
      scopes: input.scopes,
      tallerId: taller.id,
      expiresAt: readExpiry(input.expires_at) ?? null,
    };
    return this.tellOnce(writer, (change) => addApiKey(change, wanted));
  }

  @Patches()
  patch(
    @Param('id', new IdParam()) id: string,
    @Body(new CheckedBody(ApiKeyPatch)) { expires_at, ...patch }: ApiKeyPatch,
    @WriterParam() writer: Writer,
  ): Promise<ApiKeyView> {
    requireScopes(writer.caller, patch.scopes ?? []);
    const expiresAt = readExpiry(expires_at);
    const where = keyWithin(writer.caller.tallerId, id);
    return this.ending(() =>
      this.writes.run(writer, async (change) => {
        const row = await change.update(apiKeyTable, where, (key) => {
          requireMatch(writer, apiKeyView(key));
          if (key.revoked_at) throw badField('id', 'has been revoked');
          Object.assign(key, patch, expiresAt === undefined ? {} : { expires_at: expiresAt });
        });
        return apiKeyView(found(row, 'key'));
      }),
    );
  }

  @Removes()
  async revoke(
    @Param('id', new IdParam()) id: string,
    @WriterParam() writer: Writer,
  ): Promise<void> {
    const where = keyWithin(writer.caller.tallerId, id);
    await this.ending(() =>
      this.writes.run(writer, async (change) => {
        found(
          await endApiKey(change, where, (key) => requireMatch(writer, apiKeyView(key))),
          'key',
        );
      }),
    );
  }

  @Post(':id/rotate/')
  @HttpCode(201)
  @Needs('admin')
  @ApiOperation({
    operationId: 'rotateApiKey',
    summary: 'Replace an API key by a new one, told this once',
    description:
      'Same name, scopes and workshop, and the same caller: an idempotency key used with the old ' +
      'one counts with the new one. The old one goes on for the grace, a day by default.',
  })
  @UuidInPath('The key to replace.', ids.apiKey)
  @ApiBody({ type: ApiKeyRotation, required: false })
  @IdempotencyKey()
  @ApiResponse({ status: 201, type: ApiKeyMade, description: 'The new one. Keep the key now.' })
  @ApiProblems(400, 401, 403, 404, 409, 413, 415, 422, 500, 503)
  rotate(
    @Param('id', new IdParam()) id: string,
    @Body(new OptionalBody(ApiKeyRotation)) input: ApiKeyRotation,
    @WriterParam() writer: Writer,
  ): Promise<ApiKeyMade> {
    const where = keyWithin(writer.caller.tallerId, id);
    const graceMs = (input.grace_seconds ?? defaultGraceSeconds) * 1000;
    const wanted = { graceMs, expiresAt: readExpiry(input.expires_at) };
    return this.ending(() =>
      this.tellOnce(writer, async (change) => {
        const made = await rotateApiKey(change, where, wanted, (old) => {
          requireScopes(writer.caller, old.scopes);
          const fault = whyNotRotatable(old);
          if (fault) throw badField('id', fault);
        });
        return found(made, 'key');
      }),
    );
  }

  /** The key is told to who made it, and never kept with the idempotency key. */
  private async tellOnce(
    writer: Writer,
    make: (change: Change) => Promise<MadeApiKey>,
  ): Promise<ApiKeyMade> {
    let key: string | null = null;
    const view = await this.writes.run(writer, async (change) => {
      const made = await make(change);
      key = made.key;
      return madeWithoutKey(made.row);
    });
    return { ...view, key };
  }

  /** What ended is known here at once, and in other processes within 5 seconds. */
  private ending<T>(work: () => Promise<T>): Promise<T> {
    return work().finally(() => this.known.forget());
  }
}

function readExpiry(text: string | null | undefined): Date | null | undefined {
  if (text === undefined || text === null) return text;
  const date = new Date(text);
  if (date > new Date()) return date;
  throw badField('expires_at', 'must be in the future');
}
