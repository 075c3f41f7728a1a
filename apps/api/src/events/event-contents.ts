import type { RungContentView } from '#contracts/http/event-content.dto.js';
import type { TemplateLibrary } from '#domain/ports/template-library.js';
import { missingVariables, renderContent } from '#domain/templates/render-message.js';
import type { Content } from '#domain/templates/template.js';
import type {
  EventsRepository,
  RungSourceRow,
  TallerScope,
} from '#infrastructure/persistence/events.repository.js';

/** Makes the messages of an event again: content is pinned by version and variables, not copied. */
export class EventContents {
  constructor(
    private readonly events: EventsRepository,
    private readonly library: TemplateLibrary,
    private readonly frontendUrl: string,
  ) {}

  /** Null where there is no such event. */
  async of(scope: TallerScope, eventId: string): Promise<RungContentView[] | null> {
    const sources = await this.events.rungSources(scope, eventId);
    return sources && Promise.all(sources.map((source) => this.view(source)));
  }

  private async view(source: RungSourceRow): Promise<RungContentView> {
    const { notification_id, channel, template_id, template_name, version } = source;
    const content = version === null ? null : await this.render(source);
    const rung = source.rung + 1;
    return { notification_id, rung, channel, template_id, template_name, version, content };
  }

  private async render(source: RungSourceRow): Promise<Content | null> {
    const { channel, template_version_id, variables } = source;
    const compiled = await this.library.compiled(template_version_id);
    // The variables of an erased person are emptied.
    if (missingVariables(compiled, variables).length > 0) return null;
    return renderContent(channel, compiled, variables, this.frontendUrl);
  }
}
