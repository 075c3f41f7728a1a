import { ApiProperty } from '@nestjs/swagger';

export class ServiceView {
  @ApiProperty({ type: String, example: 'ambacar-notifications' })
  name: string;

  @ApiProperty({ type: String, example: '0.1.0' })
  version: string;

  @ApiProperty({ enum: ['ok'] })
  status: 'ok';
}
