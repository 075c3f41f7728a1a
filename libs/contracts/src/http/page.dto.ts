import { ApiProperty } from '@nestjs/swagger';
import { IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';

/** How a list is turned over. Lists add their filters and the `ordering` values they know. */
export class PageQuery {
  /** From 1. Past the last one a page is empty. */
  @ApiProperty({ type: 'integer', required: false, minimum: 1, maximum: 100_000, default: 1 })
  @Max(100_000)
  @Min(1)
  @IsInt()
  @IsOptional()
  page?: number;

  /** Things on a page. */
  @ApiProperty({ type: 'integer', required: false, minimum: 1, maximum: 100, default: 20 })
  @Max(100)
  @Min(1)
  @IsInt()
  @IsOptional()
  page_size?: number;

  /** Part of a text, whatever its case and accents. Empty: everything. */
  @ApiProperty({ type: String, required: false, maxLength: 200 })
  @MaxLength(200)
  @IsString()
  @IsOptional()
  search?: string;
}

/** A list's envelope. */
export interface Page<T> {
  count: number;
  next: string | null;
  previous: string | null;
  results: T[];
}

/**
 * The class of a list's envelope, for the OpenAPI document, which cannot see type parameters.
 *
 * @param name the schema's own, such as `TallerPage`
 */
export function PageOf<T extends object>(item: new () => T, name: string): new () => Page<T> {
  class Envelope implements Page<T> {
    @ApiProperty({ type: 'integer' })
    count: number;

    @ApiProperty({ type: String, nullable: true })
    next: string | null;

    @ApiProperty({ type: String, nullable: true })
    previous: string | null;

    @ApiProperty({ type: [item] })
    results: T[];
  }
  Object.defineProperty(Envelope, 'name', { value: name });
  return Envelope;
}
