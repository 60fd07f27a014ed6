import { useEffect, useState, type ReactNode } from "react";

/** Goes to an address of the desk. */
export function navigate(to: string): void {
  history.pushState(null, "", to);
  dispatchEvent(new PopStateEvent("popstate"));
  scrollTo(0, 0);
  // Readers of screens hear the heading of the new page.
  requestAnimationFrame(() => document.querySelector<HTMLElement>("main")?.focus());
}

/** The path of the address. */
export function usePath(): string {
  const [path, setPath] = useState(location.pathname);
  useEffect(() => {
    const follow = (): void => setPath(location.pathname);
    addEventListener("popstate", follow);
    return () => removeEventListener("popstate", follow);
  }, []);
  return path;
}

/** A link within the desk. */
export function Link({
  to,
  children,
  current,
}: {
  readonly to: string;
  readonly children: ReactNode;
  readonly current?: boolean;
}) {
  return (
    <a
      href={to}
      aria-current={current === true ? "page" : undefined}
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
        event.preventDefault();
        navigate(to);
      }}
    >
      {children}
    </a>
  );
}
