import type { DataSource } from 'typeorm';
import { anywhere, findPage, type PageOfRows, type PageWindow } from './find-page.js';
import { type OdometerReadingRow, odometerReadingTable } from './schema/odometer-reading.schema.js';

/** Reads what odometers showed. A key that is bound to a workshop sees its customers' vehicles. */
export class OdometerRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** A vehicle's readings; null when the caller sees no such vehicle. */
  async page(
    scope: string | null,
    vehicleId: string,
    filter: { search?: string },
    ordering: string,
    window: PageWindow,
  ): Promise<PageOfRows<OdometerReadingRow> | null> {
    const [vehicle] = await this.dataSource.query<unknown[]>(
      `SELECT FROM vehicle v JOIN customer c ON c.id = v.customer_id
       WHERE v.id = $1 AND ($2::uuid IS NULL OR c.taller_id = $2)`,
      [vehicleId, scope],
    );
    if (!vehicle) return null;
    const query = this.dataSource.manager
      .createQueryBuilder(odometerReadingTable.schema, 'o')
      .where('o.vehicle_id = :vehicleId', { vehicleId });
    if (filter.search !== undefined) {
      const shown = "concat_ws(' ', o.read_on, o.km)";
      query.andWhere(`${shown} LIKE :words`, { words: anywhere(filter.search) });
    }
    return findPage(query, ordering, 'read_on', window);
  }
}
