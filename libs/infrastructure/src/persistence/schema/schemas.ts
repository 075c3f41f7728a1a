import type { EntitySchema } from 'typeorm';
import { tallerTable } from './taller.schema.js';

/** Every table that is read and written row by row; the hot path has its own statements. */
export const schemas: EntitySchema[] = [tallerTable.schema];
