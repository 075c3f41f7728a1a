import { ApiProperty } from '@nestjs/swagger';
import { type Channel, channels, type Target, targets } from '#domain/catalog/channels.js';

export class CatalogEntry {
  @ApiProperty({ type: String, example: 'averia-frenos' })
  slug: string;

  @ApiProperty({ type: String, example: 'Frenos' })
  name: string;

  /** Name of an icon; empty where none was chosen. */
  @ApiProperty({ type: String, example: 'Circle' })
  icon: string;
}

export class CatalogServiceType extends CatalogEntry {
  @ApiProperty({ type: [CatalogEntry] })
  subtypes: CatalogEntry[];
}

export class CatalogPhase extends CatalogEntry {
  @ApiProperty({ type: 'integer', example: 1 })
  order: number;
}

/** All that a dispatch may name. */
export class CatalogView {
  @ApiProperty({ type: [CatalogServiceType] })
  service_types: CatalogServiceType[];

  /** In order. */
  @ApiProperty({ type: [CatalogPhase] })
  phases: CatalogPhase[];

  /** The event types in use; others are accepted too. */
  @ApiProperty({ type: [String], example: ['appointment_scheduled'] })
  event_types: string[];

  @ApiProperty({ enum: channels, isArray: true })
  channels: Channel[];

  @ApiProperty({ enum: targets, isArray: true })
  targets: Target[];
}
