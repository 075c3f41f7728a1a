import { Command } from 'commander';
import {
  type ApiKeyRow,
  type ApiKeyStatus,
  apiKeyTable,
  statusOfApiKey,
} from '#infrastructure/persistence/schema/api-key.schema.js';
import { withDatabase } from '../terminal/database.js';
import { commandConfiguration } from '../terminal/environment.js';
import { print } from '../terminal/print.js';
import { say } from '../terminal/say.js';

/** `keys list`: every key there is or was, the newest first. */
export function listCommand(): Command {
  return new Command('list')
    .description(say('Enumera las claves', 'Lists the keys'))
    .option('--json', say('para máquinas', 'for machines'))
    .action(async (options: { json?: boolean }) => {
      const rows = await withDatabase(commandConfiguration(), (dataSource) =>
        dataSource.manager.find(apiKeyTable.schema, { order: { created_at: 'DESC', id: 'DESC' } }),
      );
      const keys = rows.map((row) => ({ ...row, status: statusOfApiKey(row, new Date()) }));
      print(options.json, keys, () =>
        keys.length === 0
          ? [say('No hay ninguna: npm run cli -- keys create', 'None: npm run cli -- keys create')]
          : keys.map(lineOf),
      );
    });
}

function lineOf(key: ApiKeyRow & { status: ApiKeyStatus }): string {
  const facts = [key.id, `${key.prefix}…`, wordFor(key), key.scopes.join(','), key.name];
  if (key.taller_id) facts.push(say(`taller ${key.taller_id}`, `workshop ${key.taller_id}`));
  const lastUse = key.last_used_at?.toISOString() ?? say('nunca', 'never');
  return [...facts, say(`último uso: ${lastUse}`, `last used: ${lastUse}`)].join('  ');
}

function wordFor({ status, expires_at }: ApiKeyRow & { status: ApiKeyStatus }): string {
  if (status === 'revoked') return say('revocada', 'revoked');
  if (status === 'expired') return say('caducada', 'expired');
  if (!expires_at) return say('activa', 'active');
  const end = expires_at.toISOString();
  return say(`activa hasta ${end}`, `active until ${end}`);
}
