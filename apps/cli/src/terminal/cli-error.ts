/** A command that failed in a way that people can mend: its message is all they are told. */
export class CliError extends Error {
  /** @param details what `--json` prints beside the message */
  constructor(
    message: string,
    readonly details: Record<string, unknown> = {},
  ) {
    super(message);
  }
}
