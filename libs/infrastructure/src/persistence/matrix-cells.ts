/** A row of `matrix_cell` as the domain's cell; `row` is its name in the query. */
export const cellAsJson = (row: string) => `json_build_object(
  'phaseId', ${row}.phase_id, 'channel', ${row}.channel, 'enabled', ${row}.enabled,
  'priority', ${row}.priority, 'advanceAfterMinutes', ${row}.advance_after_minutes,
  'advanceUntil', ${row}.advance_until, 'quietHours', ${row}.quiet_hours,
  'whenHeldTooLong', ${row}.when_held_too_long)`;
