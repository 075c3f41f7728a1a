/**
 * A wake-up: this task of the core system's records is due. It carries the id alone, so that the
 * queue holds nothing personal and losing it loses nothing. The version stands in the job's name;
 * a worker leaves alone what it does not know.
 */
export interface SyncJobV1 {
  id: string;
}

export const syncJobV1 = 'sync.v1';
