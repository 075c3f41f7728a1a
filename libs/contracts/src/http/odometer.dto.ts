import { texts } from './examples.js';
import { DateField, IntegerField } from './fields.js';
import { OrderingFilter } from './filters.js';
import { PageOf, PageQuery } from './page.dto.js';
import { DayShown, FlagShown, IntegerShown, MomentShown, TextShown } from './shown.js';

/** What a vehicle's odometer showed. Of one day the latest word counts, so a slip is corrected. */
export class OdometerReadingInput {
  @DateField({ description: 'The day of the reading, not in the future.', example: '2026-01-20' })
  read_on: string;

  @IntegerField({ min: 0, max: 2_000_000, description: 'Kilometres.', example: 9120 })
  km: number;
}

export class OdometerReadingView {
  @TextShown("The core system's own id of the vehicle.", texts.vehicleId)
  vehicle_id: string;

  @DayShown('The day of the reading.', '2026-01-20')
  read_on: string;

  @IntegerShown('Kilometres.', 9120)
  km: number;

  @FlagShown(
    'The other readings contradict it: it goes back, or farther than anyone drives. Reminders do ' +
      'not go by it until later readings bear it out.',
    false,
  )
  is_doubtful: boolean;

  @MomentShown('When it was first written down.', '2026-01-20T19:45:00.000Z')
  created_at: string;

  @MomentShown('When it was last corrected.', '2026-01-20T19:45:00.000Z')
  updated_at: string;
}

export class OdometerReadingPage extends PageOf(OdometerReadingView, 'OdometerReadingPage') {}

const orderings = ['read_on', '-read_on'] as const;

/** `search` finds part of the day or of the kilometres: `2026-03`. */
export class OdometerQuery extends PageQuery {
  @OrderingFilter(orderings, '-read_on')
  ordering?: (typeof orderings)[number];
}
