import "./desk.css";
import { StrictMode, useEffect, useId, useState, type FormEvent } from "react";
import { createRoot } from "react-dom/client";
import { AccountPage } from "./account.page.js";
import { knownProviders, loadSession, onSession, signIn, type Provider, type Session } from "./api.js";
import { DraftsPage } from "./drafts.page.js";
import { InboxPage, NewReportPage } from "./inbox.page.js";
import { RecordPage } from "./record.page.js";
import { ReviewPage } from "./review.page.js";
import { Link, usePath } from "./router.js";

type State = "loading" | "unreachable" | Session | null;

function Desk() {
  const [state, setState] = useState<State>("loading");
  const [hasBegun, setBegun] = useState(false);
  const path = usePath();
  useEffect(() => {
    const load = (): void => {
      loadSession().then(setState, () => setState("unreachable"));
    };
    load();
    addEventListener("online", load);
    const stop = onSession(setState);
    return () => {
      stop();
      removeEventListener("online", load);
    };
  }, []);
  const isSignedIn = state !== null && typeof state === "object";
  useEffect(() => {
    if (isSignedIn) setBegun(true);
  }, [isSignedIn]);
  if (state === "loading")
    return (
      <p className="waiting" role="status">
        Opening the desk …
      </p>
    );
  if (state === "unreachable")
    return (
      <p className="waiting" role="alert">
        The service cannot be reached. <button onClick={() => location.reload()}>Try again</button>
      </p>
    );
  // A page that is open stays, with all that is on it, below the form.
  if (!isSignedIn && !hasBegun) return <SignIn isAgain={false} />;
  return (
    <>
      <a className="skip" href="#main">
        Skip to content
      </a>
      <header className="top">
        <Link to="/desk">
          <Mark /> Sidelines desk
        </Link>
        <nav aria-label="Desk">
          <Link to="/desk" current={path === "/desk"}>
            Inbox
          </Link>
          <Link to="/desk/drafts" current={path === "/desk/drafts"}>
            Drafts
          </Link>
          <Link to="/desk/account" current={path === "/desk/account"}>
            {isSignedIn ? (state.name ?? "Account") : "Account"}
          </Link>
          <a href="/">Record</a>
        </nav>
      </header>
      {!isSignedIn && <SignIn isAgain={true} />}
      <main id="main" tabIndex={-1}>
        <Page path={path} />
      </main>
    </>
  );
}

function Page({ path }: { readonly path: string }) {
  const [, , section, id] = path.split("/");
  if (section === "new") return <NewReportPage />;
  if (section === "reports" && id !== undefined) return <ReviewPage key={id} id={id} />;
  if (section === "drafts") return <DraftsPage />;
  if (section === "account") return <AccountPage />;
  if (section === "records" && id !== undefined) return <RecordPage key={id} id={id} />;
  return <InboxPage />;
}

function Mark() {
  return (
    <svg viewBox="0 0 32 32" width="26" height="26" aria-hidden="true">
      <path d="M4 9.5h24" stroke="currentColor" strokeWidth="2.6" strokeLinecap="round" />
      <circle cx="11" cy="20" r="4.4" fill="currentColor" />
      <circle cx="21.5" cy="20" r="4.4" fill="none" stroke="currentColor" strokeWidth="2.6" />
    </svg>
  );
}

/** The address at which a sign-in with a provider begins. It leads back to the page that is open. */
function addressOf({ id }: Provider): string {
  return `/desk/sign-in/${id}?${new URLSearchParams({ return: location.pathname }).toString()}`;
}

function SignIn({ isAgain }: { readonly isAgain: boolean }) {
  const [key, setKey] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const id = useId();
  const providers = knownProviders();
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    try {
      await signIn(key);
      setKey("");
      setProblem(null);
    } catch (error) {
      setProblem((error as Error).message);
    } finally {
      setBusy(false);
    }
  };
  const form = (
    <form onSubmit={(event) => void submit(event)} aria-labelledby={`${id}-title`}>
      {isAgain ? <h2 id={`${id}-title`}>Sign in again</h2> : <h1 id={`${id}-title`}>Sign in to the desk</h1>}
      {isAgain && (
        <p>Your session has ended. Nothing is lost: decisions are kept on this device and sent after you sign in.</p>
      )}
      {providers.length > 0 && (
        <>
          <ul className="providers">
            {providers.map((provider) => (
              <li key={provider.id}>
                <a className="button primary" href={addressOf(provider)}>
                  Sign in with {provider.name}
                </a>
              </li>
            ))}
          </ul>
          <p className="or">or with a key:</p>
        </>
      )}
      <label htmlFor={`${id}-key`}>Key</label>
      <input
        id={`${id}-key`}
        type="password"
        autoComplete="current-password"
        required
        autoFocus={providers.length === 0}
        placeholder="sdl_…"
        value={key}
        onChange={(event) => setKey(event.target.value)}
      />
      {problem !== null && (
        <p className="problem" role="alert">
          {problem}
        </p>
      )}
      <button className={providers.length === 0 ? "primary" : undefined} disabled={isBusy}>
        Sign in
      </button>
    </form>
  );
  if (isAgain)
    return (
      <section className="sign-in again" aria-label="Sign in again">
        {form}
      </section>
    );
  return (
    <main className="sign-in" id="main">
      <p className="brand">
        <Mark /> Sidelines
      </p>
      {form}
      <section aria-labelledby={`${id}-how`}>
        <h2 id={`${id}-how`}>No key yet?</h2>
        <p>Keys are made on the machine of the service. This command prints one, once:</p>
        <pre tabIndex={0}>npm run -s sidelines -- key create --name "Your name" --scope EDIT</pre>
        <p>
          The key is sent once, to open a session in this browser. Scripts cannot read the session, and revoking the key
          ends it.
        </p>
      </section>
    </main>
  );
}

const root = document.getElementById("root");
if (root)
  createRoot(root).render(
    <StrictMode>
      <Desk />
    </StrictMode>,
  );
