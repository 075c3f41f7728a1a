import { ids } from './examples.js';
import { PageOf, PageQuery } from './page.dto.js';
import { FlagShown, IdShown, IntegerShown, MomentShown } from './shown.js';
import { TemplateTextView } from './templates.dto.js';

/** A text that a template has or had. It never changes. */
export class TemplateVersionView extends TemplateTextView {
  @IdShown('The version.', ids.templateVersion)
  id: string;

  @IdShown('The template.', ids.template)
  template_id: string;

  @IntegerShown('From 1, without a gap.', 1, { minimum: 1 })
  version: number;

  @FlagShown('Whether it is the text in force.', true)
  is_current: boolean;

  @MomentShown('When it was saved.')
  created_at: string;
}

export class TemplateVersionPage extends PageOf(TemplateVersionView, 'TemplateVersionPage') {}

/** The newest first. The search is in the text. */
export class TemplateVersionsQuery extends PageQuery {}
