import { say } from '../../cli/src/terminal/say.js';

/** Thrown between two stages when somebody asked for the end meanwhile. */
export class StoppedEarly extends Error {}

interface Stage<T> {
  work: () => Promise<T> | T;
  /** What the terminal is told when it is done; null: nothing. */
  told?: (result: T) => string | null;
  /** What undoes it. */
  close?: (result: T) => Promise<void> | void;
}

/**
 * A start in stages, each told on the terminal as it is done, and the way back: what was opened
 * last is closed first.
 */
export class Stages {
  private readonly closers: (() => Promise<void> | void)[] = [];
  private closing: Promise<void> | null = null;
  private stopWanted = false;

  constructor(private readonly print: (line: string) => void) {}

  /** Does one piece of work and returns what it made. Throws {@link StoppedEarly} after it. */
  async run<T>({ work, told, close }: Stage<T>): Promise<T> {
    const begun = performance.now();
    const result = await work();
    if (close) this.closers.push(() => close(result));
    const line = told?.(result);
    if (line) this.print(`✔ ${line} · ${seconds(performance.now() - begun)}`);
    if (this.stopWanted) throw new StoppedEarly();
    return result;
  }

  /** Lets the stage under way be the last. */
  stopSoon(): void {
    this.stopWanted = true;
  }

  /** Closes everything, once. A part that cannot be closed does not keep the others open. */
  close(): Promise<void> {
    this.closing ??= this.closeAll();
    return this.closing;
  }

  private async closeAll(): Promise<void> {
    for (let closer = this.closers.pop(); closer; closer = this.closers.pop()) {
      try {
        await closer();
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        this.print(`✘ ${say('al cerrar', 'while closing')}: ${reason}`);
      }
    }
  }
}

function seconds(milliseconds: number): string {
  const text = (milliseconds / 1000).toFixed(1);
  return `${say(text.replace('.', ','), text)} s`;
}
