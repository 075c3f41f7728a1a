import { ApiProperty } from '@nestjs/swagger';

export class LiveView {
  @ApiProperty({ enum: ['ok'] })
  status: 'ok';
}

export class ReadyView {
  @ApiProperty({ enum: ['ok'] })
  status: 'ok';

  /** What was asked, and that it answers. */
  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'string', enum: ['up'] },
    example: { database: 'up' },
  })
  checks: Record<string, 'up'>;
}

export class DatabaseView {
  @ApiProperty({ enum: ['postgresql'] })
  engine: 'postgresql';

  @ApiProperty({ type: String })
  name: string;

  @ApiProperty({ type: String })
  host: string;

  @ApiProperty({ type: 'integer' })
  port: number;

  @ApiProperty({ type: String })
  user: string;

  @ApiProperty({ type: String, example: 'PostgreSQL 18.4' })
  version: string;

  @ApiProperty({ type: Boolean })
  is_supabase: boolean;
}

export class ConnectionView {
  /** Seconds after which an idle connection is closed. */
  @ApiProperty({ type: 'integer' })
  max_age: number;

  /** Whether a broken idle connection is noticed and replaced. */
  @ApiProperty({ type: Boolean })
  health_checks_enabled: boolean;

  @ApiProperty({ type: 'integer' })
  pool_size: number;

  @ApiProperty({ type: 'integer' })
  open: number;

  @ApiProperty({ type: 'integer' })
  idle: number;

  /** Requests that wait for a connection. */
  @ApiProperty({ type: 'integer' })
  waiting: number;
}

/** Without a caller's key only `status` is told. */
export class DatabaseHealthView {
  @ApiProperty({ enum: ['healthy', 'unhealthy'] })
  status: 'healthy' | 'unhealthy';

  @ApiProperty({ type: DatabaseView, required: false })
  database?: DatabaseView;

  @ApiProperty({ type: ConnectionView, required: false })
  connection?: ConnectionView;
}
