import type { DataSource } from 'typeorm';
import { findByReference } from '#domain/catalog/catalog.js';
import type { DispatchCommand } from '#domain/dispatch/dispatch-command.js';
import type { SetupCache } from '#infrastructure/persistence/setup-cache.js';
import { Problem } from '../http/problem.js';

/** No customer has an empty id. */
const nobody = '';

/** Keeps the key of one workshop to that workshop's own customers. */
export class TallerScope {
  constructor(
    private readonly dataSource: DataSource,
    private readonly setups: SetupCache,
  ) {}

  /**
   * The command as a caller may give it. A key without a workshop may give any; a workshop's key
   * only its own (403). A customer of another one is as nobody to it, and told of in the same words.
   */
  async confine(command: DispatchCommand, tallerId: string | null): Promise<DispatchCommand> {
    if (tallerId === null) return command;
    if (command.tallerId !== null) {
      const { talleres } = await this.setups.current();
      if (findByReference(talleres, command.tallerId)?.id !== tallerId) {
        throw new Problem('forbidden', { detail: 'The key belongs to another workshop.' });
      }
    }
    const [customer] = await this.dataSource.query<{ taller_id: string | null }[]>(
      'SELECT taller_id FROM customer WHERE id = $1',
      [command.customerId],
    );
    const isForeign = customer?.taller_id != null && customer.taller_id !== tallerId;
    return { ...command, tallerId, customerId: isForeign ? nobody : command.customerId };
  }
}
