import {
  applyDecorators,
  Body,
  Controller,
  HttpCode,
  Param,
  type PipeTransform,
  Post,
  UseInterceptors,
} from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { ids } from '#contracts/http/examples.js';
import { MatrixInput, OrchestrationView } from '#contracts/http/orchestration.dto.js';
import { defaultCells } from '#domain/orchestration/default-cells.js';
import { withOptions } from '#domain/orchestration/edit-matrix.js';
import { SetupCache } from '#infrastructure/persistence/setup-cache.js';
import { Needs } from '../access/access.js';
import { ApiProblems } from '../documentation/api-problems.js';
import { CheckedBody } from '../http/checked-input.pipe.js';
import { IdempotencyKey, IfMatch, taggedAnswer } from '../http/endpoints.js';
import { EtagInterceptor } from '../http/etag.interceptor.js';
import { IdParam } from '../http/id-param.pipe.js';
import { UuidInPath } from '../http/path-params.js';
import { type Writer, WriterParam } from '../http/writer.js';
import { OrchestrationEdits } from './orchestration-edits.js';
import { cellsOf } from './orchestration-view.js';

/** The matrix of a configuration as one thing: all of it is changed, or nothing. */
@ApiTags('orchestration')
@Controller('api/v1/notifications/orchestration/:id')
export class MatrixController {
  constructor(
    private readonly edits: OrchestrationEdits,
    private readonly setups: SetupCache,
  ) {}

  @Post('update_matrix/')
  @ChangesMatrix({
    operationId: 'updateMatrix',
    summary: 'Replace the whole phase × channel matrix',
    description:
      'All entries are taken or none: each one at fault is named (`matrix.3.phase_id`), an entry that comes twice too. Cells that the body leaves out are removed; the options that an entry leaves out stay as they are. The list of cells may also come bare, as the body itself.',
  })
  async update(
    @Param('id', new IdParam()) id: string,
    @Body(eitherForm()) { matrix }: MatrixInput,
    @WriterParam() writer: Writer,
  ): Promise<OrchestrationView> {
    const { phases } = await this.setups.current();
    const cells = cellsOf(matrix, phases);
    return this.edits.alter(writer, id, phases, (_, before) => withOptions(cells, before));
  }

  @Post('initialize_phases/')
  @ChangesMatrix({
    operationId: 'initializePhases',
    summary: 'Give every phase and channel without a cell its default',
    description: 'Cells that are there stay as they are, so running it again changes nothing.',
  })
  async initialize(
    @Param('id', new IdParam()) id: string,
    @WriterParam() writer: Writer,
  ): Promise<OrchestrationView> {
    const { phases } = await this.setups.current();
    return this.edits.alter(writer, id, phases, ({ target }, cells) => [
      ...cells,
      ...defaultCells(target, phases, cells),
    ]);
  }
}

function ChangesMatrix(operation: { operationId: string; summary: string; description: string }) {
  return applyDecorators(
    HttpCode(200),
    Needs('write'),
    UuidInPath('The configuration.', ids.config),
    ApiOperation(operation),
    IdempotencyKey(),
    IfMatch(),
    ApiResponse({
      status: 200,
      type: OrchestrationView,
      description: 'As it is now.',
      headers: taggedAnswer,
    }),
    ApiProblems(400, 401, 403, 404, 409, 412, 413, 415, 422, 500, 503),
    UseInterceptors(EtagInterceptor),
  );
}

function eitherForm(): PipeTransform<unknown, MatrixInput> {
  const whole = new CheckedBody(MatrixInput);
  return {
    transform: (value) => whole.transform(Array.isArray(value) ? { matrix: value } : value),
  };
}
