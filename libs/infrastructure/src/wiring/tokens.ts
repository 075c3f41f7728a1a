/** Nest tokens of what has no class: the checked environment, and BullMQ's connection. */
export const CONFIGURATION = Symbol('Configuration');
export const QUEUE_CONNECTION = Symbol('QueueConnection');
export const SENDERS = Symbol('ChannelSenders');
/** Of a class, or null where it is not configured. */
export const BOUNCE_ADDRESSES = Symbol('BounceAddresses');
