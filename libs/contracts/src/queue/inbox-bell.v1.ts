/**
 * A NOTIFY under this name, without words, tells listening APIs to look for new notices to staff.
 * Whoever does not hear it finds them half a second later.
 */
export const inboxBellV1 = 'ambacar_inbox_v1';
