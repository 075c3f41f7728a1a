import { findByReference } from '#domain/catalog/catalog.js';
import type { FieldErrors } from '#domain/errors.js';
import type { Setup } from '#domain/orchestration/setup.js';
import { Problem } from './problem.js';

/** The members by which a body or a query names a part of the configuration. */
interface References {
  service_type_id?: string;
  phase_id?: string;
}

/**
 * The input with UUIDs where it may name things by their slugs. Every reference that names
 * nothing is told at once (400); absent stays absent.
 */
export function withIds<T extends References>(setup: Setup, input: T): T {
  const known = { service_type_id: setup.serviceTypes, phase_id: setup.phases };
  const ids: References = {};
  const unknown: FieldErrors = {};
  for (const [field, entries] of Object.entries(known)) {
    const reference: unknown = Reflect.get(input, field);
    if (typeof reference !== 'string') continue;
    const entry = findByReference<{ id: string; slug: string }>(entries, reference);
    if (entry) Object.assign(ids, { [field]: entry.id });
    else unknown[field] = ['names nothing known'];
  }
  if (Object.keys(unknown).length > 0) throw new Problem('validation_failed', { errors: unknown });
  return { ...input, ...ids };
}
