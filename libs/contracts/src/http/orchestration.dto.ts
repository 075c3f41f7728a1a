import { ApiProperty } from '@nestjs/swagger';
import { IsBoolean, IsIn, IsOptional, IsString, Length } from 'class-validator';
import { type Channel, channels, type Target, targets } from '#domain/catalog/channels.js';
import {
  BooleanField,
  ChoiceField,
  IntegerField,
  ObjectListField,
  patchOf,
  TextField,
} from './fields.js';
import { ApiMoment } from './moment.js';
import { PageOf, PageQuery } from './page.dto.js';

/** What one channel does in one phase. */
export class MatrixCell {
  @TextField({ max: 100, description: 'Slug or UUID; an answer tells the UUID.' })
  phase_id: string;

  @ChoiceField(channels)
  channel: Channel;

  @BooleanField()
  enabled: boolean;

  @IntegerField({
    min: 1,
    max: 100,
    description: '1 is tried first, where the recipient has no order of its own.',
  })
  priority: number;
}

/** More than any workshop has: a hundred phases on all channels. */
const mostCells = 300;

/** Which channels fire in which phase of a service, as it is made or replaced. */
export class OrchestrationInput {
  @TextField({ max: 100, example: 'averia-revision', description: 'Slug or UUID.' })
  service_type_id: string;

  @ChoiceField(targets)
  target: Target;

  @TextField({
    required: false,
    nullable: true,
    max: 100,
    default: null,
    description: 'Slug or UUID; null for every workshop without a configuration of its own.',
  })
  taller_id?: string | null;

  @BooleanField({ required: false, default: true })
  is_active?: boolean;

  @ObjectListField(MatrixCell, {
    required: false,
    max: mostCells,
    description:
      'The whole matrix, as `update_matrix` takes it. Left out, it stays as it is; that of a new configuration is empty.',
  })
  matrix?: MatrixCell[];
}

export class OrchestrationPatch extends patchOf(OrchestrationInput) {}

/** A whole matrix: cells that it leaves out are removed. */
export class MatrixInput {
  @ObjectListField(MatrixCell, { max: mostCells })
  matrix: MatrixCell[];
}

export class OrchestrationView {
  @ApiProperty({ type: String, format: 'uuid' })
  id: string;

  @ApiProperty({ type: String, format: 'uuid' })
  service_type_id: string;

  @ApiProperty({ enum: targets })
  target: Target;

  /** Null: for every workshop without a configuration of its own. */
  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  taller_id: string | null;

  /** One that is not active is passed over, as if it were not there. */
  @ApiProperty({ type: Boolean })
  is_active: boolean;

  /** In the order of the phases. */
  @ApiProperty({ type: [MatrixCell] })
  matrix: MatrixCell[];

  @ApiMoment()
  created_at: string;

  /** Moves with the matrix too. */
  @ApiMoment()
  updated_at: string;
}

export class OrchestrationPage extends PageOf(OrchestrationView, 'OrchestrationPage') {}

const orderings = ['created_at', '-created_at', 'updated_at', '-updated_at', 'target', '-target'];

export class OrchestrationQuery extends PageQuery {
  @ApiProperty({ enum: orderings, required: false, default: 'created_at' })
  @IsIn(orderings)
  @IsOptional()
  ordering?: string;

  /** Slug or UUID. */
  @ApiProperty({ type: String, required: false, minLength: 1, maxLength: 100 })
  @Length(1, 100)
  @IsString()
  @IsOptional()
  service_type_id?: string;

  @ApiProperty({ enum: targets, required: false })
  @IsIn(targets)
  @IsOptional()
  target?: Target;

  /** Slug or UUID; `null` for the global ones. */
  @ApiProperty({ type: String, required: false, minLength: 1, maxLength: 100 })
  @Length(1, 100)
  @IsString()
  @IsOptional()
  taller_id?: string;

  @ApiProperty({ type: Boolean, required: false })
  @IsBoolean()
  @IsOptional()
  is_active?: boolean;
}
