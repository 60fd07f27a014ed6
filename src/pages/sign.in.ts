import { html, type Html } from "./html.js";

/** The reason why a browser was not signed in at the desk. */
export type ShownProblem =
  | "expired"
  | "cancelled"
  | "unreachable"
  | "rejected"
  | "misconfigured"
  | "not-allowed"
  | "elsewhere"
  | "often"
  | "unavailable";

interface Facts {
  /** The name of the provider. */
  readonly name: string;
  /** The account, if it is known. */
  readonly subject: string | undefined;
  /** The address at which the sign-in begins. */
  readonly again: string;
  /** The address of the desk, with its host. */
  readonly desk: string;
}

const withKey = "Until then, sign in with a key.";

const words: Readonly<
  Record<ShownProblem, (facts: Facts) => { readonly title: string; readonly text: string; readonly isFinal?: true }>
> = {
  expired: () => ({
    title: "This sign-in has expired",
    text: "It took longer than ten minutes, was used already, or was begun in another browser or tab. Try again.",
  }),
  cancelled: ({ name }) => ({
    title: "You are not signed in",
    text: `${name} did not sign you in, perhaps because it was cancelled there. Try again, or sign in with a key.`,
  }),
  unreachable: ({ name }) => ({
    title: `${name} cannot be reached`,
    text: "Try again in a few minutes, or sign in with a key.",
  }),
  rejected: ({ name }) => ({
    title: `The answer of ${name} was not accepted`,
    text: `It could not be verified. Try again; if this happens twice, ask an administrator of this service. ${withKey}`,
  }),
  misconfigured: ({ name }) => ({
    title: `Sign-in with ${name} is not set up correctly`,
    text:
      "An administrator of this service has to check issuer, clientId, clientSecret and scopes in " +
      `SIDELINES_OIDC_PROVIDERS. ${withKey}`,
  }),
  "not-allowed": ({ name, subject = "" }) => ({
    title: "Your account may not edit here",
    text:
      `${name} signed you in as ${subject}, but this account is not allowed at the desk. Ask an administrator of ` +
      "this service to allow it, then try again.",
  }),
  elsewhere: ({ name, desk }) => ({
    title: "Open the desk at its own address",
    text: `${name} knows the desk as ${desk}. Open that address, and sign in there.`,
    isFinal: true,
  }),
  often: () => ({ title: "Too many sign-ins", text: "Wait a few minutes, then try again." }),
  unavailable: () => ({ title: "The desk cannot be reached", text: "Try again in a few minutes." }),
};

/** The notice after a sign-in that was not carried out, with the ways out. */
export function showSignInProblem(
  problem: ShownProblem,
  facts: Facts,
): { readonly title: string; readonly main: Html } {
  const { title, text, isFinal } = words[problem](facts);
  const again = isFinal ? html`` : html`<a href="${facts.again}">Try again</a> · `;
  const desk = isFinal ? facts.desk : "/desk";
  return {
    title,
    main: html`<p class="sum" role="alert">${text}</p>
      <p>${again}<a href="${desk}">Open the desk</a></p>`,
  };
}
