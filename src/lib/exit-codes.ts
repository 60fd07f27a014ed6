/** Exit codes of the programs. */
export const exitCodes = {
  /** Success. */
  done: 0,
  /** Faults in the data to load; nothing was written. */
  faults: 1,
  /** Invalid command, arguments or configuration. */
  usage: 2,
  /** The database is unreachable, not up to date, or failed. */
  database: 3,
  /** An error of the program itself. */
  internal: 4,
} as const;

// The name of an error decides its code. Errors in this list have a message for people.
const codeOfError: Readonly<Record<string, number>> = {
  EditError: exitCodes.faults,
  PackError: exitCodes.faults,
  BackupError: exitCodes.usage,
  ConfigError: exitCodes.usage,
  CreateMigrationError: exitCodes.usage,
  ExportError: exitCodes.usage,
  FilterError: exitCodes.usage,
  KeyError: exitCodes.usage,
  ManifestError: exitCodes.usage,
  ServiceError: exitCodes.usage,
  StartError: exitCodes.usage,
  DraftError: exitCodes.usage,
  DatabaseError: exitCodes.database,
  EmbeddedError: exitCodes.database,
  MigrationError: exitCodes.database,
};

/** Exit code for an error; `internal` if it is not in the list and its stack matters. */
export function exitCodeOf(error: unknown): number {
  return (error instanceof Error ? codeOfError[error.name] : undefined) ?? exitCodes.internal;
}
