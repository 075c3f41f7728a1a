import type { DataSource } from 'typeorm';

/** What the suite needs to know of a resource to prove that it behaves like all others. */
export interface ResourceCase {
  /** The collection's path. */
  path: string;
  /** The member by which one is addressed; `id` by default. */
  idMember?: string;
  /** Makes what the bodies refer to. */
  prepare?(dataSource: DataSource): Promise<void>;
  /** A valid body, another one for each number. */
  make(number: number): Record<string, unknown>;
  /** Members that a whole object must have. */
  required: readonly string[];
  /** A change that leaves the object valid. */
  patch: Record<string, unknown>;
  /** Members with values that are refused. */
  invalid: readonly (readonly [member: string, value: unknown])[];
  /** Words that find the object made with a number, whatever their case and accents. */
  search?: (number: number) => string[];
  orderings: readonly string[];
  /** Queries that find the object made with a number, among others. */
  filters: (made: Record<string, unknown>) => string[];
  /** Queries that are refused, with the parameter at fault. */
  badFilters: readonly (readonly [query: string, parameter: string])[];
}

export const northId = '0190aaaa-0000-7000-8000-000000000001';
export const southId = '0190aaaa-0000-7000-8000-000000000002';
