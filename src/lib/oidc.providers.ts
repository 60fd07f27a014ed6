import { readFileSync } from "node:fs";
import { z } from "zod";

/** The path of the desk at which people sign in with a provider. */
export const SIGN_IN_PATH = "/desk/sign-in";

/** Scopes that a provider can give. */
export const grantedScopes = ["EDIT", "PUBLISH", "ADMIN"] as const;

const hosts = ["localhost", "127.0.0.1", "[::1]"];

/** Whether a URL is https, or http on this machine: others could be read and forged on their way. */
function isPrivateUrl(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return url?.protocol === "https:" || (url?.protocol === "http:" && hosts.includes(url.hostname));
}

const words = z.string().trim().min(1, "must not be empty");
const address = words.refine(isPrivateUrl, "must be an https URL, or an http URL on this machine");
const grants = z
  .strictObject({ EDIT: z.array(words), PUBLISH: z.array(words), ADMIN: z.array(words) })
  .partial()
  .default({});

const provider = z
  .strictObject({
    id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/, "must be lower-case letters, digits and hyphens, at most 40"),
    name: words,
    issuer: address.refine((text) => !/[?#]/.test(text), "must have no query and no fragment"),
    clientId: words,
    clientSecret: words.optional(),
    scopes: words
      .default("openid profile email")
      .refine((text) => text.split(/\s+/).includes("openid"), "must include openid"),
    redirectUri: address,
    roleClaim: words.optional(),
    roles: grants,
    subjects: grants,
  })
  .superRefine(({ id, redirectUri, roleClaim, roles, subjects }, context) => {
    const report = (path: string, message: string): void => context.addIssue({ code: "custom", path: [path], message });
    const path = `${SIGN_IN_PATH}/${id}/callback`;
    if (URL.canParse(redirectUri) && redirectUri !== new URL(redirectUri).origin + path)
      report("redirectUri", `must end in ${path} right after the host`);
    const count = (given: Readonly<Record<string, readonly string[] | undefined>>): number =>
      Object.values(given).reduce((sum, list) => sum + (list?.length ?? 0), 0);
    if (count(roles) > 0 && roleClaim === undefined) report("roleClaim", "must name the claim that holds the roles");
    if (count(roles) + count(subjects) === 0) report("roles", "must allow a role, or subjects a subject");
  });

const providers = z.array(provider).superRefine((list, context) => {
  for (const [index, { id }] of list.entries())
    if (list.findIndex((one) => one.id === id) < index)
      context.addIssue({ code: "custom", path: [index, "id"], message: "must differ from that of other providers" });
});

/** An OpenID provider with which editors sign in at the desk. */
export type ProviderConfig = z.output<typeof provider>;

/**
 * Reads the setting SIDELINES_OIDC_PROVIDERS: a JSON list, or the path of a file that holds it. Values are never
 * repeated in messages, because one of them is a secret.
 * @returns The providers, or the faults as ends of sentences that begin with the name of the setting.
 */
export function readProviders(
  text: string,
): { readonly providers: readonly ProviderConfig[] } | { readonly faults: readonly string[] } {
  if (text === "") return { providers: [] };
  const isInline = text.startsWith("[");
  let given: string;
  try {
    given = isInline ? text : readFileSync(text, "utf8");
  } catch (error) {
    return { faults: [`names a file that cannot be read (${(error as NodeJS.ErrnoException).code ?? "unknown"})`] };
  }
  let value: unknown;
  try {
    value = JSON.parse(given);
  } catch {
    return { faults: [isInline ? "is not valid JSON" : "names a file that is not valid JSON"] };
  }
  const result = providers.safeParse(value);
  if (result.success) return { providers: result.data };
  return { faults: result.error.issues.map(({ path, message }) => `${placeOf(path)} ${sentence(message)}`) };
}

/** `[0].redirectUri` */
function placeOf(path: readonly PropertyKey[]): string {
  const place = path.map((part) => (typeof part === "number" ? `[${String(part)}]` : `.${String(part)}`)).join("");
  return place === "" ? "as a whole" : `at ${place}`;
}

/** The messages of the library begin with a capital; ours with "must". */
function sentence(message: string): string {
  return message.startsWith("must") ? message : `is not acceptable: ${message}`;
}
