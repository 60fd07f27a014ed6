/** An invalid credential. The message is sent to the client and never contains the credential. */
export class CredentialError extends Error {
  override readonly name = "CredentialError";
}

/** A credential that cannot be checked at the moment, because the keys or the issuer are unavailable. */
export class UnjudgedError extends Error {
  override readonly name = "UnjudgedError";
}

/** A command about keys that cannot be carried out as it was given. */
export class KeyError extends Error {
  override readonly name = "KeyError";
}
