/** The roads by which a message can reach a person. A new channel starts with a value here. */
export const channels = ['email', 'whatsapp', 'push'] as const;
export type Channel = (typeof channels)[number];

/** For whom a notification is meant: the workshop's customers, or its own people. */
export const targets = ['clients', 'staff'] as const;
export type Target = (typeof targets)[number];
