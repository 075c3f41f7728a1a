import { accessSync, constants, mkdirSync } from 'node:fs';
import { StartRefusal } from './start-refusal.js';

/** Makes the folder of everything that is kept. Others may pass through it and read nothing. */
export function openDataFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o711 });
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new StartRefusal(
      `No se puede escribir en ${folder} (${code}): arranque como su dueño, o elija otra carpeta con DATA_DIR.`,
      `${folder} cannot be written to (${code}): start as its owner, or choose another folder with DATA_DIR.`,
    );
  }
}
