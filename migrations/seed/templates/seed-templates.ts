import { avaluoComercialClients } from './avaluo-comercial-clients.js';
import { avaluoComercialStaff } from './avaluo-comercial-staff.js';
import { avaluoMgClients } from './avaluo-mg-clients.js';
import { avaluoMgStaff } from './avaluo-mg-staff.js';
import { averiaRevisionClients } from './averia-revision-clients.js';
import { averiaRevisionStaff } from './averia-revision-staff.js';
import { colisionPinturaClients } from './colision-pintura-clients.js';
import { colisionPinturaStaff } from './colision-pintura-staff.js';
import { maintenanceReminder } from './maintenance-reminder.js';
import { mantenimientoPreventivoClients } from './mantenimiento-preventivo-clients.js';
import { mantenimientoPreventivoStaff } from './mantenimiento-preventivo-staff.js';
import type { SeedTemplate } from './template-text.js';
import { vehicleDelivered } from './vehicle-delivered.js';
import { workFinished } from './work-finished.js';

/**
 * Every seeded template: for customers on three channels and for staff on two, in each phase of
 * each service type, and those of events whose phase's own text would not fit them.
 */
export const seedTemplates: readonly SeedTemplate[] = [
  ...mantenimientoPreventivoClients,
  ...averiaRevisionClients,
  ...colisionPinturaClients,
  ...avaluoComercialClients,
  ...avaluoMgClients,
  ...mantenimientoPreventivoStaff,
  ...averiaRevisionStaff,
  ...colisionPinturaStaff,
  ...avaluoComercialStaff,
  ...avaluoMgStaff,
  ...maintenanceReminder,
  ...workFinished,
  ...vehicleDelivered,
];
