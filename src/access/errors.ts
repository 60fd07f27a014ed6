/** A credential that is not accepted; the message is for whoever sent it and never repeats it. */
export class CredentialError extends Error {
  override readonly name = "CredentialError";
}

/** A credential that nobody can judge at the moment: what it is held against cannot be reached. */
export class UnjudgedError extends Error {
  override readonly name = "UnjudgedError";
}

/** A command about keys that cannot be carried out as it was given. */
export class KeyError extends Error {
  override readonly name = "KeyError";
}
