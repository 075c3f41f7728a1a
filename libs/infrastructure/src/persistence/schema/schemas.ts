import type { EntitySchema } from 'typeorm';
import { apiKeyTable } from './api-key.schema.js';
import { auditEntrySchema } from './audit-entry.schema.js';
import { phaseSchema, serviceTypeSchema } from './catalog.schema.js';
import { channelSettingTable } from './channel-setting.schema.js';
import { customerTable } from './customer.schema.js';
import { deadLetterSchema } from './dead-letter.schema.js';
import { odometerReadingTable } from './odometer-reading.schema.js';
import { orchestrationConfigTable } from './orchestration-config.schema.js';
import { reminderTable } from './reminder.schema.js';
import { staffMemberTable } from './staff-member.schema.js';
import { tallerTable } from './taller.schema.js';
import { templateTable } from './template.schema.js';
import { vehicleTable } from './vehicle.schema.js';

/** Every table that is read and written row by row; the hot path has its own statements. */
export const schemas: EntitySchema[] = [
  apiKeyTable.schema,
  channelSettingTable.schema,
  tallerTable.schema,
  templateTable.schema,
  orchestrationConfigTable.schema,
  staffMemberTable.schema,
  auditEntrySchema,
  phaseSchema,
  serviceTypeSchema,
  customerTable.schema,
  vehicleTable.schema,
  reminderTable.schema,
  odometerReadingTable.schema,
  deadLetterSchema,
];
