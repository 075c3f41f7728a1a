import type { Channel } from '../catalog/channels.js';

/** What a caller gets for an accepted event, now and at every repeat under the same key. */
export interface Receipt {
  eventId: string;
  notifications: {
    notificationId: string;
    recipientId: string;
    recipientName: string;
    /** The planned channels, in the order of the tries. */
    channels: Channel[];
    /** Id of the first rung's first message; null where only the staff inbox is served. */
    taskId: string | null;
  }[];
}
