import type { Program } from './programs.js';

export interface SlotEnd {
  atMs: number;
  signal: NodeJS.Signals | null;
  code: number | null;
}

/**
 * A place where one process of a kind always runs: whenever it ends, however, the next is started
 * at once, as an orchestrator would.
 */
export class Slot {
  private running: Program;
  private isOpen = true;
  /** Added to the environment of the next process that is started here, and of that one alone. */
  private forNext: Record<string, string> = {};

  constructor(
    readonly name: string,
    /** Where it says that it is ready. */
    readonly probeUrl: string,
    private readonly start: (extra: Record<string, string>) => Program,
    private readonly onEnd: (program: Program, end: SlotEnd) => void,
  ) {
    this.running = this.next();
  }

  get program(): Program {
    return this.running;
  }

  /** Ends what runs here, and starts the next with these variables added. */
  async replace(extra: Record<string, string>, signal: NodeJS.Signals = 'SIGTERM') {
    this.forNext = extra;
    const { running } = this;
    running.signal(signal);
    await running.ended;
  }

  /** Resolves when the process that runs here now, or one after it, says that it is ready. */
  async ready(withinMs = 120_000): Promise<void> {
    for (const givesUpAt = Date.now() + withinMs; Date.now() < givesUpAt; ) {
      const isReady = await fetch(this.probeUrl).then(
        ({ ok }) => ok,
        () => false,
      );
      if (isReady) return;
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    throw new Error(`${this.name} was not ready in time: ${this.running.said().slice(-2000)}`);
  }

  /** Ends what runs here for good. */
  async close(signal: NodeJS.Signals = 'SIGTERM'): Promise<SlotEnd> {
    this.isOpen = false;
    this.running.signal(signal);
    return this.running.ended;
  }

  private next(): Program {
    const program = this.start(this.forNext);
    this.forNext = {};
    void program.ended.then((end) => {
      this.onEnd(program, end);
      if (this.isOpen) this.running = this.next();
    });
    return program;
  }
}
