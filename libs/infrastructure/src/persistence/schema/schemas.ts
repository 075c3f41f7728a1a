import type { EntitySchema } from 'typeorm';
import { channelSettingTable } from './channel-setting.schema.js';
import { odometerReadingTable } from './odometer-reading.schema.js';
import { reminderTable } from './reminder.schema.js';
import { tallerTable } from './taller.schema.js';

/** Every table that is read and written row by row; the hot path has its own statements. */
export const schemas: EntitySchema[] = [
  channelSettingTable.schema,
  tallerTable.schema,
  reminderTable.schema,
  odometerReadingTable.schema,
];
