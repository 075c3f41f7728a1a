import { IsTimeZone } from 'class-validator';
import { defaultQuietHours } from '#domain/quiet/quiet-rung.js';
import { defaultNoticeOffsets } from '#domain/reminders/notice-due.js';
import { DatesField } from './dates-field.js';
import { ids } from './examples.js';
import { BooleanField, IntegersField, patchOf, TextField } from './fields.js';
import { ActiveFilter, OrderingFilter } from './filters.js';
import { PageOf, PageQuery } from './page.dto.js';
import {
  FlagShown,
  IdShown,
  IntegersShown,
  MomentShown,
  orNull,
  TextShown,
  TextsShown,
} from './shown.js';

const activeMeaning =
  'One that is not active is not known to new events and gets no reminders; its data stays.';

const holidaysMeaning =
  "The workshop's own quiet days, from midnight to midnight, beside its country's public holidays.";

const timeOfDay = {
  required: false,
  nullable: true,
  min: 5,
  max: 5,
  form: { pattern: /^(?:[01]\d|2[0-3]):[0-5]\d$/, must: 'be a time of day, e.g. 20:00' },
};

/** A workshop, as it is made or replaced. */
export class TallerInput {
  @TextField({
    max: 50,
    form: { pattern: /^[a-z0-9]+(?:-[a-z0-9]+)*$/, must: 'be words of a-z and 0-9 joined by "-"' },
    description: 'Names the workshop wherever its UUID may.',
    example: 'ambacar-quito',
  })
  slug: string;

  @TextField({
    max: 200,
    description: 'For people: `{{Taller}}` of the templates.',
    example: 'Ambacar Service',
  })
  name: string;

  // Postgres reads an offset such as "+05:00" the other way round, so a zone is named.
  @IsTimeZone({ message: '$property must be an IANA time zone, e.g. America/Guayaquil' })
  @TextField({
    required: false,
    max: 64,
    form: { pattern: /^[A-Za-z]/, must: 'be an IANA time zone, e.g. America/Guayaquil' },
    default: 'America/Guayaquil',
    description: 'IANA zone of its days, its mornings and its quiet hours.',
    example: 'America/Guayaquil',
  })
  time_zone?: string;

  @TextField({
    required: false,
    min: 2,
    max: 2,
    form: { pattern: /^[A-Z]{2}$/, must: 'be two capital letters, e.g. EC or MX' },
    default: 'EC',
    description: 'ISO 3166-1 alpha-2. Phone numbers without a country code are read as of it.',
    example: 'EC',
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
    example: [...defaultNoticeOffsets],
  })
  reminder_offsets_days?: number[];

  @TextField({
    ...timeOfDay,
    default: defaultQuietHours.from,
    description:
      'From when WhatsApp and push do not disturb with what can wait (reminders, surveys, offers), by the clock of `time_zone`; null, with `quiet_hours_to`: at no hour.',
    example: defaultQuietHours.from,
  })
  quiet_hours_from?: string | null;

  @TextField({
    ...timeOfDay,
    default: defaultQuietHours.to,
    description: 'Until when; before `quiet_hours_from`: of the next morning.',
    example: defaultQuietHours.to,
  })
  quiet_hours_to?: string | null;

  @DatesField({
    max: 100,
    description: `${holidaysMeaning} Those of Ecuador and Mexico are known by \`country\`.`,
    example: ['2026-12-24'],
  })
  holidays?: string[];

  @BooleanField({ required: false, default: true, description: activeMeaning, example: true })
  is_active?: boolean;
}

export class TallerPatch extends patchOf(TallerInput, 'reminder_offsets_days') {}

export class TallerView {
  @IdShown('The workshop.', ids.taller)
  id: string;

  @TextShown('Names the workshop wherever its UUID may.', 'ambacar-quito')
  slug: string;

  @TextShown('For people: `{{Taller}}` of the templates.', 'Ambacar Service')
  name: string;

  @TextShown('IANA zone of its days, its mornings and its quiet hours.', 'America/Guayaquil')
  time_zone: string;

  @TextShown('ISO 3166-1 alpha-2; phone numbers without a country code are read as of it.', 'EC')
  country: string;

  @IntegersShown(
    "Days from a reminder's due date on which notices are given; negative before it.",
    [...defaultNoticeOffsets],
  )
  reminder_offsets_days: number[];

  @TextShown('`HH:MM`; null: at no hour.', defaultQuietHours.from, orNull)
  quiet_hours_from: string | null;

  @TextShown('`HH:MM`; null: at no hour.', defaultQuietHours.to, orNull)
  quiet_hours_to: string | null;

  @TextsShown(holidaysMeaning, ['2026-12-24'], { format: 'date' })
  holidays: string[];

  @FlagShown(activeMeaning, true)
  is_active: boolean;

  @MomentShown('When it was made.')
  created_at: string;

  @MomentShown('When it was last changed.')
  updated_at: string;
}

export class TallerPage extends PageOf(TallerView, 'TallerPage') {}

const orderings = ['name', '-name', 'slug', '-slug', 'created_at', '-created_at'] as const;

export class TalleresQuery extends PageQuery {
  @OrderingFilter(orderings, 'name')
  ordering?: string;

  @ActiveFilter()
  is_active?: boolean;
}
