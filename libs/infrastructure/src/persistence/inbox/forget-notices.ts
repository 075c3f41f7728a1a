import type { DataSource } from 'typeorm';

/** Rows deleted by one statement, so that none holds its locks for long. */
const batchSize = 5000;

/** Forgets notices to staff after 30 days, with who has read them. Gives back how many. */
export async function forgetNotices(dataSource: DataSource): Promise<number> {
  let forgotten = 0;
  for (;;) {
    const [, count] = await dataSource.query<[unknown, number]>(
      `DELETE FROM staff_notice WHERE ctid = ANY(ARRAY(
         SELECT ctid FROM staff_notice
         WHERE created_at < clock_timestamp() - interval '30 days' LIMIT ${batchSize}))`,
    );
    forgotten += count;
    if (count < batchSize) break;
  }
  // A mark below all that is left says nothing: whoever comes again has it all before him anyway.
  await dataSource.query(
    'DELETE FROM notice_reader WHERE read_until < (SELECT min(number) FROM staff_notice)',
  );
  return forgotten;
}
