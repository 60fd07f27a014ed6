/** How a program of the project ends. */
export const exitCodes = {
  /** Everything was done. */
  done: 0,
  /** What was to be loaded has faults; nothing was written. */
  faults: 1,
  /** The command, its arguments or the configuration cannot be used. */
  usage: 2,
  /** The database cannot be reached, is not up to date or failed. */
  database: 3,
  /** A fault of the program itself. */
  internal: 4,
} as const;

// What people can mend is told in a sentence; the name of an error says whose fault it is.
const codeOfError: Readonly<Record<string, number>> = {
  PackError: exitCodes.faults,
  BackupError: exitCodes.usage,
  ConfigError: exitCodes.usage,
  CreateMigrationError: exitCodes.usage,
  ExportError: exitCodes.usage,
  FilterError: exitCodes.usage,
  KeyError: exitCodes.usage,
  ManifestError: exitCodes.usage,
  StartError: exitCodes.usage,
  DatabaseError: exitCodes.database,
  EmbeddedError: exitCodes.database,
  MigrationError: exitCodes.database,
};

/** How a program ends that an error stopped; `internal` for one whose reader needs its stack. */
export function exitCodeOf(error: unknown): number {
  return (error instanceof Error ? codeOfError[error.name] : undefined) ?? exitCodes.internal;
}
