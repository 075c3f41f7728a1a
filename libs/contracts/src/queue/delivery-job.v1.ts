/**
 * A wake-up: these messages of one channel are due. It carries ids alone, so that the queue holds
 * nothing personal and losing it loses nothing. The version stands in the job's name; a worker
 * leaves alone what it does not know.
 */
export interface DeliveryJobV1 {
  /** Ids of messages, at most {@link maximumIdsPerJob}. */
  ids: string[];
}

export const deliveryJobV1 = 'deliver.v1';

export const maximumIdsPerJob = 200;
