/** For a machine of one or two cores that does other things too. */
export const durableSettings = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '100',
  shared_buffers: '128MB',
  // BullMQ's commands may meet in a deadlock, which is retried: 1 s is long to find out.
  deadlock_timeout: '100ms',
  jit: 'off',
  // For disks without heads. By the default of 4, claims read a whole young table, not its places.
  random_page_cost: '1.1',
  // The three I/O workers of Postgres 18 cost more than they bring to data that fits in memory.
  io_method: 'sync',
  max_wal_size: '512MB',
  timezone: 'UTC',
  log_timezone: 'UTC',
};

/** For tests: a loss of power would lose the data. */
export const quickSettings = {
  ...durableSettings,
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  max_connections: '200',
  autovacuum: 'off',
};
