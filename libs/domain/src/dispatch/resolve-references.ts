import { findByReference } from '../catalog/catalog.js';
import { type ErrorCode, errors, type FieldErrors } from '../errors.js';
import type { Setup } from '../orchestration/setup.js';
import type { DispatchCommand } from './dispatch-command.js';
import type { Refusal, ResolvedReferences } from './plan.js';

/**
 * Finds what a command names by slug or UUID. Every reference that names nothing is told at once,
 * so that a caller corrects them together.
 *
 * @param customerTallerId the workshop of the customer, which serves where the command names none
 */
export function resolveReferences(
  command: DispatchCommand,
  setup: Setup,
  customerTallerId: string | null,
): ResolvedReferences | Refusal {
  const fields: FieldErrors = {};
  const codes: ErrorCode[] = [];
  const refuse = (field: string, code: ErrorCode, why: string) => {
    fields[field] = [why];
    codes.push(code);
  };

  const serviceType = findByReference(setup.serviceTypes, command.serviceType);
  if (!serviceType) {
    refuse('service_type_id', 'unknown_service_type', namesNoneOf(setup.serviceTypes));
  }
  const subtype =
    command.subtype === null ? null : findByReference(serviceType?.subtypes ?? [], command.subtype);
  if (subtype === undefined && serviceType) {
    refuse('subtype_id', 'unknown_subtype', namesNoneOf(serviceType.subtypes));
  }
  const phase = findByReference(setup.phases, command.phase);
  if (!phase) refuse('phase_id', 'unknown_phase', namesNoneOf(setup.phases));
  const tallerReference = command.tallerId ?? customerTallerId;
  const taller = tallerReference === null ? null : findByReference(setup.talleres, tallerReference);
  if (taller === undefined && command.tallerId !== null) {
    refuse('taller_id', 'unknown_taller', 'names no workshop');
  }

  const [code] = codes;
  if (code !== undefined || !serviceType || subtype === undefined || !phase) {
    const first = code ?? 'validation_failed';
    return { kind: 'refused', code: first, detail: errors[first].en, fields };
  }
  return { serviceType, subtype, phase, taller: taller ?? null };
}

function namesNoneOf(entries: readonly { slug: string }[]): string {
  const known = entries.map(({ slug }) => slug).join(', ');
  return known === '' ? 'the service type has no subtypes' : `names none of: ${known}`;
}
