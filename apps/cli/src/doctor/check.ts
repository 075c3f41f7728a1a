/** One thing that must be right for notifications to reach people. */
export interface Finding {
  name: string;
  ok: boolean;
  detail: string;
  /** What to do about it; with `ok` only where there is something to know. */
  fix?: string;
}

/** Runs one check; what it throws is its detail. */
export async function check(
  name: string,
  fix: string,
  work: () => Promise<string> | string,
): Promise<Finding> {
  try {
    return { name, ok: true, detail: await work() };
  } catch (error) {
    const { message, code } = error as NodeJS.ErrnoException;
    return { name, ok: false, detail: message || code || String(error), fix };
  }
}
