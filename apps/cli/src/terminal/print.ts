/** Prints a result: as one JSON object for machines, or as lines for people. */
export function print(json: boolean | undefined, result: unknown, lines: () => string[]): void {
  const text = json ? JSON.stringify(result, null, 2) : lines().join('\n');
  process.stdout.write(`${text}\n`);
}

/** Prints one step of something that goes on: a line of NDJSON, or of words. */
export function printStep(json: boolean | undefined, step: unknown, line: string): void {
  process.stdout.write(`${json ? JSON.stringify(step) : line}\n`);
}
