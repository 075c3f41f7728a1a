import { ApiProperty } from '@nestjs/swagger';
import { ApiMoment } from './moment.js';
import { PageOf, PageQuery } from './page.dto.js';
import { TemplateTextView } from './templates.dto.js';

/** A text that a template has or had. It never changes. */
export class TemplateVersionView extends TemplateTextView {
  @ApiProperty({ type: String, format: 'uuid' })
  id: string;

  @ApiProperty({ type: String, format: 'uuid' })
  template_id: string;

  /** From 1, without a gap. */
  @ApiProperty({ type: 'integer', minimum: 1 })
  version: number;

  /** The text in force. */
  @ApiProperty({ type: Boolean })
  is_current: boolean;

  @ApiMoment()
  created_at: string;
}

export class TemplateVersionPage extends PageOf(TemplateVersionView, 'TemplateVersionPage') {}

/** The newest first. The search is in the text. */
export class TemplateVersionsQuery extends PageQuery {}
