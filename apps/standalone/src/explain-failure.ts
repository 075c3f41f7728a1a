import { ConfigurationError } from '#infrastructure/config/configuration.js';
import {
  EmbeddedPostgresError,
  type EmbeddedPostgresFault,
} from '#infrastructure/embedded-postgres/embedded-postgres-error.js';
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

function reasonIn(message: string): string {
  const reason = /\((.+)\)/.exec(message)?.[1];
  return reason ? ` (${reason})` : '';
}
