import { ConfigurationError } from '#infrastructure/config/configuration.js';
import {
  EmbeddedPostgresError,
  type EmbeddedPostgresFault,
} from '#infrastructure/embedded-postgres/embedded-postgres-error.js';
import { type QueueFault, QueueRefusal } from '#infrastructure/queue/queue-refusal.js';
import { inSpanish } from '../../cli/src/terminal/say.js';
import { StartRefusal } from './start-refusal.js';

/**
 * What a person is told about a start that failed: one sentence for what they can mend, and the
 * whole trace for what they cannot.
 */
export function explainFailure(error: unknown): string {
  if (error instanceof StartRefusal || error instanceof ConfigurationError) return error.message;
  if (error instanceof EmbeddedPostgresError) {
    return inSpanish() ? spanish[error.fault](error) : error.message;
  }
  if (error instanceof QueueRefusal) {
    return inSpanish() ? spanishOfQueue[error.fault](error.subject) : error.message;
  }
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

const spanish: Record<EmbeddedPostgresFault, (error: EmbeddedPostgresError) => string> = {
  in_use: ({ subject, pid }) =>
    `Los datos de ${subject} los usa el proceso ${pid}: termínelo primero, o elija otra carpeta con DATA_DIR.`,
  port_taken: ({ subject }) =>
    `El puerto ${subject} está ocupado: cierre el programa que lo usa, o elija otro.`,
  no_right: ({ subject }) =>
    `Este usuario no puede leer y escribir en ${subject}: arranque como su dueño, o elija otra carpeta con DATA_DIR.`,
  damaged: ({ subject, message }) =>
    `Los datos de ${subject} no se pueden usar${reasonIn(message)}: reponga una copia de la carpeta, o muévala a otro lugar para empezar con una base vacía.`,
  disk_full: ({ subject }) => `El disco de ${subject} está lleno: libere al menos 100 MB.`,
  unsupported_platform: ({ subject }) =>
    `Aquí no hay Postgres incluido (${subject}): ejecute npm ci sin --omit=optional, o indique un Postgres propio en DATABASE_URL.`,
  failed: ({ message }) => message,
};

const spanishOfQueue: Record<QueueFault, (subject: string) => string> = {
  deaf: (where) =>
    `La base de datos en ${where} no transmite avisos (LISTEN): parece estar detrás de un pooler por transacción. Indique en QUEUE_DATABASE_URL una conexión directa o de sesión; con Supabase es el puerto 5432 en lugar del 6543.`,
  elsewhere: (where) =>
    `QUEUE_DATABASE_URL (${where}) no lleva a la base de datos de DATABASE_URL: las dos deben indicar la misma.`,
  evicts: (policy) =>
    `Redis tiene maxmemory-policy ${policy} y puede desechar trabajos: póngala en noeviction (CONFIG SET maxmemory-policy noeviction, y en redis.conf).`,
};

function reasonIn(message: string): string {
  const reason = /\((.+)\)/.exec(message)?.[1];
  return reason ? ` (${reason})` : '';
}
