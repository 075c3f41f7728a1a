import { OmitType } from '@nestjs/swagger';
import { ids, texts } from './examples.js';
import { BooleanField, IntegerField, TextField } from './fields.js';
import { OrderingFilter, PhaseFilter, TallerFilter } from './filters.js';
import { PageOf, PageQuery } from './page.dto.js';
import { PhaseReferenceView } from './references.dto.js';
import {
  ChoiceShown,
  FlagShown,
  IdShown,
  IntegerShown,
  MomentShown,
  ObjectShown,
  orNull,
  TextShown,
} from './shown.js';

const noticeKinds = ['event', 'account_failing', 'account_recovered', 'dead_letters'] as const;
export type NoticeKindName = (typeof noticeKinds)[number];

/** What a member of staff should see. */
export class NoticeView {
  @IdShown('The notice.', ids.event)
  id: string;

  @IntegerShown(
    'Its place in the order in which notices are told. A stream goes on after the last one seen.',
    417,
  )
  number: number;

  @ChoiceShown(
    noticeKinds,
    '`event`: something happened in the workshop that staff follow. `account_failing`, `account_recovered`: what messages leave by fails, or takes them again. `dead_letters`: messages or tasks began to fail for good for one cause.',
    'event',
  )
  kind: NoticeKindName;

  @TextShown('What it is, in Spanish.', 'Recepción · Mantenimiento Preventivo')
  title_es: string;

  @TextShown('What it is, in English.', 'Recepción · Mantenimiento Preventivo')
  title_en: string;

  @TextShown('More of it, in Spanish.', 'Carlos Mendoza · Haval H6 2024 · ABC123')
  text_es: string;

  @TextShown('More of it, in English.', 'Carlos Mendoza · Haval H6 2024 · ABC123')
  text_en: string;

  @IdShown('Whose it is; null: it concerns every workshop.', ids.taller, orNull)
  taller_id: string | null;

  @ObjectShown(PhaseReferenceView, 'The phase of an event; null for everything else.', orNull)
  phase: PhaseReferenceView | null;

  @IdShown('The event; null for everything else.', ids.event, orNull)
  event_id: string | null;

  @TextShown('The event’s type; null for everything else.', texts.eventType, orNull)
  event_type: string | null;

  @TextShown('The account that fails or recovered; null for everything else.', null, orNull)
  account: string | null;

  @TextShown('The cause that dead letters are grouped by; null for everything else.', null, orNull)
  cause: string | null;

  @FlagShown('Whether the caller has marked it as read.', false)
  is_read: boolean;

  @MomentShown('When it came about.')
  created_at: string;
}

export class NoticePage extends PageOf(NoticeView, 'NoticePage') {}

export class NoticesQuery extends OmitType(PageQuery, ['search']) {
  @OrderingFilter(['-number'], '-number')
  ordering?: string;

  @TallerFilter('notices of every workshop')
  taller_id?: string;

  @PhaseFilter('The phase of an event, by slug or UUID.')
  phase_id?: string;

  @BooleanField({
    required: false,
    description: 'Only what is not read yet, or only what is. Without it: both.',
    example: true,
  })
  unread?: boolean;
}

export class UnreadQuery {
  @TallerFilter('notices of every workshop')
  taller_id?: string;

  @PhaseFilter('The phase of an event, by slug or UUID.')
  phase_id?: string;
}

/** How many notices a caller has not read. */
export class UnreadNotices {
  @IntegerShown('Notices that the caller has not marked as read.', 3)
  unread: number;

  @IntegerShown('The last number that was told to anybody; 0 before the first.', 417)
  newest: number;
}

/** Which notices are read. */
export class ReadAllInput {
  @IntegerField({
    required: false,
    min: 0,
    max: Number.MAX_SAFE_INTEGER,
    description: 'The last number that was seen; what came after it stays unread. All by default.',
    example: 417,
  })
  up_to?: number;

  @TextField({
    required: false,
    max: 100,
    description: 'Only those of this workshop, by slug or UUID; `null` for those of every one.',
    example: texts.taller,
  })
  taller_id?: string;

  @TextField({
    required: false,
    max: 100,
    description: 'Only those of this phase, by slug or UUID.',
    example: texts.phase,
  })
  phase_id?: string;
}

export class StreamQuery {
  @IntegerField({
    required: false,
    min: 0,
    max: Number.MAX_SAFE_INTEGER,
    description:
      'The last number that was seen, for who cannot send it as a header. Without it the stream begins with what comes from now on.',
    example: 417,
  })
  last_event_id?: number;
}
