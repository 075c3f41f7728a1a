import type { Phase, ServiceType, Subtype } from '../catalog/catalog.js';
import type { Channel } from '../catalog/channels.js';
import type { Address, Recipient } from '../customers/recipient.js';
import type { AdvanceGoal } from '../delivery/climb-ladder.js';
import type { ErrorCode, FieldErrors } from '../errors.js';
import type { Taller } from '../orchestration/setup.js';
import type { HoldableRung, RungStart } from '../quiet/hold-rung.js';
import type { Content } from '../templates/template.js';
import type { Variables } from '../templates/variables.js';
import type { ChannelDecision } from './channel-decision.js';

/** One channel that will be tried, with all that its messages need. */
export interface Rung extends HoldableRung {
  channel: Channel;
  templateVersionId: string;
  /** One message is made for each: push has one for each device. */
  addresses: Address[];
  /**
   * Milliseconds from when its messages are due until the next rung starts, unless `advanceUntil`
   * has come. Absent: only a failure starts the next one.
   */
  advanceAfterMs?: number;
  /** How far a message must come in that time; `sent` where absent. */
  advanceUntil?: AdvanceGoal;
}

/** One recipient's part of an event. */
export interface PlannedNotification {
  recipient: Recipient;
  variables: Variables;
  decision: ChannelDecision[];
  ladder: Rung[];
  /** When the first rung's messages leave. */
  start: RungStart;
  /** What would leave on each rung, in the ladder's order. */
  contents: Content[];
}

/** The references of a command, found. */
export interface ResolvedReferences {
  serviceType: ServiceType;
  subtype: Subtype | null;
  phase: Phase;
  taller: Taller | null;
}

/** An event that can be accepted: who is told what, by which channels, in which order. */
export interface DispatchPlan {
  kind: 'plan';
  references: ResolvedReferences;
  /** Which configuration was found: the workshop's own or the global one. */
  configId: string;
  configScope: 'taller' | 'global';
  notifications: PlannedNotification[];
  dueAt: Date;
  validUntil: Date;
}

/** Why a command cannot be accepted. `fields` names each input that must change. */
export interface Refusal {
  kind: 'refused';
  code: ErrorCode;
  detail: string;
  fields: FieldErrors;
  /** Where no channel can be used or variables are missing: what was decided for each recipient. */
  decisions?: { recipientId: string; decision: ChannelDecision[] }[];
}
