import type { NoticeView } from '#contracts/http/inbox.dto.js';
import type { Setup } from '#domain/orchestration/setup.js';
import type { NoticeRow } from '#infrastructure/persistence/inbox/staff-inbox.js';
import { wordsOf } from './notice-sentences.js';

/** @param setup names phases, services and workshops as they are called now */
export function noticeView(row: NoticeRow, setup: Setup): NoticeView {
  const { title, text } = wordsOf(row, setup);
  const phase = setup.phases.find(({ id }) => id === row.phase_id);
  return {
    id: row.id,
    number: row.number,
    kind: row.kind,
    title_es: title.es,
    title_en: title.en,
    text_es: text.es,
    text_en: text.en,
    taller_id: row.taller_id,
    phase:
      row.phase_id === null
        ? null
        : {
            id: row.phase_id,
            slug: phase?.slug ?? null,
            name: phase?.name ?? null,
            order: phase?.order ?? null,
          },
    event_id: row.event_id,
    event_type: row.event_type,
    account: row.data.account ?? null,
    cause: row.data.cause ?? null,
    is_read: row.is_read,
    created_at: row.created_at.toISOString(),
  };
}
