import {
  applyDecorators,
  Delete,
  Get,
  HttpCode,
  Patch,
  Post,
  Put,
  type Type,
  UseInterceptors,
} from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiParam, ApiResponse } from '@nestjs/swagger';
import type { Scope } from '#domain/access/scopes.js';
import type { ErrorCode } from '#domain/errors.js';
import { Needs } from '../access/access.js';
import { ApiProblems } from '../documentation/api-problems.js';
import { EtagInterceptor } from './etag.interceptor.js';

export interface ResourceWords {
  /** In operation ids, such as `Taller` and `Talleres`. */
  one: string;
  many: string;
  /** In sentences, such as `a workshop` and `workshops`. */
  aThing: string;
  things: string;
  view: Type<object>;
  page: Type<object>;
  /** The scope of every change. */
  writeScope: Exclude<Scope, 'read' | 'dispatch'>;
  /** `read` by default. */
  readScope?: Scope;
  /** Whether a DELETE may be refused because other things need this one (409). */
  isDependedOn?: boolean;
  /** What making or changing one may be refused for beside what any route may be. */
  refusals?: readonly ErrorCode[];
  /** The path's parameter: a UUID named `id`, unless it says otherwise. */
  id: {
    name?: string;
    description?: string;
    schema: { type: 'string'; example: string; format?: string; maxLength?: number };
  };
  /** What the document says of the list, of making one, and of deleting one. */
  about: { list: string; create?: string; remove?: string };
}

/**
 * The endpoints of a resource: each decorator bundles route, scope, documentation and the
 * refusals that all share, so that a method is one line.
 */
export function endpointsOf(words: ResourceWords) {
  const { one, many, aThing, things, view, page, writeScope, readScope = 'read', id } = words;
  const { isDependedOn = false, refusals = [], about } = words;
  const { name = 'id', description = 'Its UUID.', schema } = id;
  const path = `:${name}/`;
  const param = ApiParam({ name, description, schema });
  const answer = (status: number, description: string) =>
    ApiResponse({ status, type: view, description, headers: { ETag: etagHeader } });
  const changes = (operationId: string, summary: string, description: string) =>
    applyDecorators(
      param,
      ApiOperation({ operationId, summary, description }),
      Needs(writeScope),
      IfMatch(),
    );

  return {
    Lists: () =>
      applyDecorators(
        Get('/'),
        Needs(readScope),
        ApiOperation({
          operationId: `list${many}`,
          summary: `A page of ${things}`,
          description: about.list,
        }),
        ApiResponse({ status: 200, type: page, description: 'One page.' }),
        ApiProblems(400, 401, 403, 500, 503),
      ),
    Gets: () =>
      applyDecorators(
        Get(path),
        Needs(readScope),
        param,
        ApiOperation({
          operationId: `get${one}`,
          summary: `Read ${aThing}`,
          description:
            'Its `ETag` names the state that is told; a change can be made for it alone.',
        }),
        IfNoneMatch(),
        answer(200, 'As it is.'),
        ApiResponse({ status: 304, description: 'Unchanged.' }),
        ApiProblems(400, 401, 403, 404, 500, 503),
        UseInterceptors(EtagInterceptor),
      ),
    Creates: () =>
      applyDecorators(
        Post('/'),
        HttpCode(201),
        Needs(writeScope),
        ApiOperation({
          operationId: `create${one}`,
          summary: `Make ${aThing}`,
          description: told(about.create, 'With an `Idempotency-Key` a repeat makes nothing.'),
        }),
        IdempotencyKey(),
        answer(201, 'Made.'),
        ApiProblems(400, 401, 403, 409, 413, 415, 422, 500, 503, ...refusals),
        UseInterceptors(EtagInterceptor),
      ),
    Replaces: () =>
      applyDecorators(
        Put(path),
        changes(
          `replace${one}`,
          `Replace ${aThing}; what is left out takes its default`,
          'With `If-Match`, only in the state that it names.',
        ),
        answer(200, 'As it is now.'),
        ApiProblems(400, 401, 403, 404, 412, 413, 415, 500, 503, ...refusals),
        UseInterceptors(EtagInterceptor),
      ),
    Patches: () =>
      applyDecorators(
        Patch(path),
        changes(
          `patch${one}`,
          `Change ${aThing}; what is left out stays`,
          'With `If-Match`, only in the state that it names. Null is taken where a member says what it means.',
        ),
        answer(200, 'As it is now.'),
        ApiProblems(400, 401, 403, 404, 412, 413, 415, 500, 503, ...refusals),
        UseInterceptors(EtagInterceptor),
      ),
    Removes: () =>
      applyDecorators(
        Delete(path),
        HttpCode(204),
        changes(
          `delete${one}`,
          `Delete ${aThing}`,
          told(about.remove, 'With `If-Match`, only in the state that it names.'),
        ),
        ApiResponse({ status: 204, description: 'Gone.' }),
        ApiProblems(400, 401, 403, 404, ...(isDependedOn ? ([409] as const) : []), 412, 500, 503),
      ),
  };
}

const etagExample = '"qJ8Xn2mYl0rB6cT1"';
const etagHeader = {
  description: 'Strong. It names the state of the answer.',
  schema: { type: 'string' },
  example: etagExample,
} as const;

/** The header of an answer that can be asked for again, or changed in one state alone. */
export const taggedAnswer = { ETag: etagHeader };

function told(...sentences: (string | undefined)[]): string {
  return sentences.filter((sentence) => sentence !== undefined).join(' ');
}

/** The id of a thing of ours. */
export function uuidLike(example: string) {
  return { schema: { type: 'string', format: 'uuid', example } as const };
}

/** A POST that a caller may repeat. */
export function IdempotencyKey() {
  return ApiHeader({
    name: 'Idempotency-Key',
    required: false,
    description:
      'A repeat under the same key gets the first answer again, and a 409 while the first still runs. ' +
      'Kept 7 days.',
    schema: { type: 'string', minLength: 1, maxLength: 255, pattern: '^[\\x21-\\x7e]+$' },
    example: 'cita-2026-001',
  });
}

/** A change that can be made for one state alone. */
export function IfMatch() {
  return ApiHeader({
    name: 'If-Match',
    required: false,
    description: 'The ETag of the state that the change is made for; 412 when it is another.',
    schema: { type: 'string' },
    example: etagExample,
  });
}

/** A reading that is answered with 304 when nothing is new. */
export function IfNoneMatch() {
  return ApiHeader({
    name: 'If-None-Match',
    required: false,
    description: 'The ETag of the state that the caller has; 304 when it is still that.',
    schema: { type: 'string' },
    example: etagExample,
  });
}
