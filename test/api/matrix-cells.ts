import type { MatrixCell } from '#contracts/http/orchestration.dto.js';
import { channels } from '#domain/catalog/channels.js';

const phases = [
  'phase-schedule',
  'phase-reception',
  'phase-repair',
  'phase-quality',
  'phase-delivery',
];

/** An entry as every caller must say it. */
export const cell = (phase_id: string, channel: string, more: Partial<MatrixCell> = {}) => ({
  phase_id,
  channel,
  enabled: true,
  priority: 1,
  ...more,
});

/** What an answer tells of a cell beside that. */
export const options = {
  advance_after_minutes: null,
  advance_until: 'sent',
  quiet_hours: 'default',
  when_held_too_long: 'email',
};

export const wholeMatrix = (more: Partial<MatrixCell>) =>
  phases.flatMap((phase) => channels.map((channel) => cell(phase, channel, more)));
