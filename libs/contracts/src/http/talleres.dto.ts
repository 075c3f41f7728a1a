import { ApiProperty } from '@nestjs/swagger';
import { IsBoolean, IsIn, IsOptional, IsTimeZone } from 'class-validator';
import { defaultNoticeOffsets } from '#domain/reminders/notice-due.js';
import { BooleanField, IntegersField, patchOf, TextField } from './fields.js';
import { ApiMoment } from './moment.js';
import { PageOf, PageQuery } from './page.dto.js';

/** A workshop, as it is made or replaced. */
export class TallerInput {
  @TextField({
    max: 50,
    form: { pattern: /^[a-z0-9]+(?:-[a-z0-9]+)*$/, must: 'be words of a-z and 0-9 joined by "-"' },
    example: 'taller-norte',
  })
  slug: string;

  @TextField({ max: 200, example: 'Taller Norte' })
  name: string;

  // Postgres reads an offset such as "+05:00" the other way round, so a zone is named.
  @IsTimeZone({ message: '$property must be an IANA time zone, e.g. America/Guayaquil' })
  @TextField({
    required: false,
    max: 64,
    form: { pattern: /^[A-Za-z]/, must: 'be an IANA time zone, e.g. America/Guayaquil' },
    default: 'America/Guayaquil',
    description: 'IANA zone.',
  })
  time_zone?: string;

  @TextField({
    required: false,
    min: 2,
    max: 2,
    form: { pattern: /^[A-Z]{2}$/, must: 'be two capital letters, e.g. EC or MX' },
    default: 'EC',
    description: 'ISO 3166-1 alpha-2. Phone numbers without a country code are read as of it.',
  })
  country?: string;

  @IntegersField({
    required: false,
    min: -180,
    max: 180,
    minItems: 1,
    maxItems: 10,
    default: [...defaultNoticeOffsets],
    description: "Days from a reminder's due date on which notices are given; negative before it.",
  })
  reminder_offsets_days?: number[];

  @BooleanField({ required: false, default: true })
  is_active?: boolean;
}

export class TallerPatch extends patchOf(TallerInput) {}

export class TallerView {
  @ApiProperty({ type: String, format: 'uuid' })
  id: string;

  @ApiProperty({ type: String })
  slug: string;

  @ApiProperty({ type: String })
  name: string;

  @ApiProperty({ type: String, example: 'America/Guayaquil' })
  time_zone: string;

  @ApiProperty({ type: String, example: 'EC' })
  country: string;

  @ApiProperty({ type: 'array', items: { type: 'integer' }, example: defaultNoticeOffsets })
  reminder_offsets_days: number[];

  @ApiProperty({ type: Boolean })
  is_active: boolean;

  @ApiMoment()
  created_at: string;

  @ApiMoment()
  updated_at: string;
}

export class TallerPage extends PageOf(TallerView, 'TallerPage') {}

const orderings = ['name', '-name', 'slug', '-slug', 'created_at', '-created_at'] as const;

export class TalleresQuery extends PageQuery {
  @ApiProperty({ enum: orderings, required: false, default: 'name' })
  @IsIn(orderings)
  @IsOptional()
  ordering?: string;

  @ApiProperty({ type: Boolean, required: false })
  @IsBoolean()
  @IsOptional()
  is_active?: boolean;
}
