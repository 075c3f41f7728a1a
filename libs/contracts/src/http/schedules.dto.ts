import { OmitType } from '@nestjs/swagger';
import { PageOf, PageQuery } from './page.dto.js';
import {
  ChoiceShown,
  FlagShown,
  IntegerShown,
  ListShown,
  MapShown,
  MomentShown,
  ObjectShown,
  orNull,
  TextShown,
  TextsShown,
} from './shown.js';

const runStates = ['asked', 'running', 'done', 'failed', 'missed'] as const;

/** One run in the ledger. */
export class ScheduleRunView {
  @MomentShown(
    'The time at which it was due; of a replay, when it was asked for.',
    '2026-01-19T13:00:00.000Z',
  )
  due_at: string;

  @ChoiceShown(
    runStates,
    '`asked`: a replay that waits for a scheduler. `missed`: nobody took it within 12 hours.',
    'done',
  )
  state: (typeof runStates)[number];

  @MomentShown('When a scheduler took it, or a replay was asked for.', '2026-01-19T13:00:02.000Z')
  started_at: string;

  @MomentShown('When it ended; null while it runs.', '2026-01-19T13:00:03.000Z', orNull)
  ended_at: string | null;

  @IntegerShown('How often it was tried.', 1)
  tries: number;

  @MapShown(
    'What it did, counted; or why it failed. Null while it runs.',
    { dispatched: 4 },
    orNull,
  )
  result: Record<string, unknown> | null;
}

/** Something that is done by the clock. */
export class ScheduleView {
  @TextShown('What is done.', 'check_maintenance_reminders')
  name: string;

  @TextShown('Minute, hour, day of the month, month, day of the week.', '0 8 * * *')
  cron: string;

  @TextShown('IANA zone in which these are meant.', 'America/Guayaquil')
  time_zone: string;

  @FlagShown('Whether it fires at all.', true)
  is_active: boolean;

  @TextsShown('The next three times; none where it is not active.', ['2026-01-20T13:00:00.000Z'], {
    format: 'date-time',
  })
  next_runs: string[];

  @ObjectShown(ScheduleRunView, 'Null: it has not run yet.', orNull)
  last_run: ScheduleRunView | null;

  @ListShown(ScheduleRunView, 'Those before, the newest first; five at most.')
  earlier_runs: ScheduleRunView[];
}

export class SchedulePage extends PageOf(ScheduleView, 'SchedulePage') {}

export class SchedulesQuery extends OmitType(PageQuery, ['search']) {}
