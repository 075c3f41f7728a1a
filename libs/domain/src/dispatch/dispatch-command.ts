import type { Target } from '../catalog/channels.js';

/** What a workshop system says happened, already of the right form but not yet resolved. */
export interface DispatchCommand {
  eventType: string;
  /** Slug or UUID, as the caller named it. */
  serviceType: string;
  subtype: string | null;
  phase: string;
  target: Target;
  /** The core system's own ids. */
  customerId: string;
  vehicleId: string | null;
  tallerId: string | null;
  context: Readonly<Record<string, unknown>>;
  /** The appointment or work order; a newer event with the same key supersedes this one. */
  businessKey: string | null;
  validUntil: Date | null;
  scheduledFor: Date | null;
  priority: 'normal' | 'high';
  critical: boolean;
  requestId: string | null;
}

/** A caller's promise that a repeat of the same request is meant as one. */
export interface IdempotencyClaim {
  caller: string;
  operation: string;
  key: string;
  /** SHA-256 of the canonical body. */
  bodyHash: Uint8Array;
}
