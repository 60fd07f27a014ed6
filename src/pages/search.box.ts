import { createHash } from "node:crypto";

/**
 * The script of the search box: a combobox that suggests names and days while a search is typed. Without it the box is a
 * plain form. It follows the pattern "editable combobox with list autocomplete" of the ARIA authoring practices.
 */
export const SEARCH_BOX_SCRIPT = `"use strict";
for (const form of document.querySelectorAll("form.find")) {
  const input = form.querySelector("input[name=q]");
  const list = document.createElement("ul");
  const status = document.createElement("span");
  list.id = "suggestions";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Suggestions");
  status.className = "heard";
  status.setAttribute("role", "status");
  input.type = "text";
  input.inputMode = "search";
  input.autocomplete = "off";
  for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"], ["aria-controls", list.id]])
    input.setAttribute(name, value);
  form.append(list, status);
  let active = -1, waiting = 0, asked;
  const options = () => [...list.children];
  const choose = (index) => {
    active = index;
    options().forEach((option, at) => option.setAttribute("aria-selected", String(at === index)));
    const option = options()[index];
    if (option) { input.setAttribute("aria-activedescendant", option.id); option.scrollIntoView({ block: "nearest" }); }
    else input.removeAttribute("aria-activedescendant");
  };
  const close = () => {
    clearTimeout(waiting);
    asked?.abort();
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    choose(-1);
  };
  const show = (found) => {
    list.replaceChildren(...found.map(({ kind, label, address }, at) => {
      const option = document.createElement("li");
      const what = document.createElement("span");
      const name = document.createElement("bdi");
      option.id = "suggestion-" + at;
      option.setAttribute("role", "option");
      option.dataset.address = address;
      what.textContent = kind;
      name.textContent = label;
      option.append(name, " ", what);
      return option;
    }));
    list.hidden = found.length === 0;
    input.setAttribute("aria-expanded", String(found.length > 0));
    status.textContent = found.length === 0 ? "No suggestions" : found.length === 1 ? "1 suggestion" : found.length + " suggestions";
    choose(-1);
  };
  const ask = async () => {
    asked?.abort();
    asked = new AbortController();
    const given = new URLSearchParams(new FormData(form));
    if (given.get("q").trim() === "") return close();
    try {
      const answer = await fetch("/suggestions?" + given, { signal: asked.signal });
      if (answer.ok) show(await answer.json());
    } catch { /* The form works without suggestions. */ }
  };
  input.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(ask, 120); });
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const count = list.hidden ? 0 : list.children.length;
    if (event.key === "Escape" && count > 0) { event.preventDefault(); close(); }
    else if (event.key === "ArrowDown" && count === 0) { event.preventDefault(); ask(); }
    else if (event.key === "ArrowDown" && count > 0) { event.preventDefault(); choose(active + 1 < count ? active + 1 : -1); }
    else if (event.key === "ArrowUp" && count > 0) { event.preventDefault(); choose(active < 0 ? count - 1 : active - 1); }
    else if (event.key === "Enter" && active >= 0) { event.preventDefault(); location.assign(options()[active].dataset.address); }
  });
  input.addEventListener("blur", close);
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) location.assign(option.dataset.address);
  });
}
`;

/** The address of the script. Its content never changes under it. */
export const SEARCH_BOX_ADDRESS = `/search-box.${createHash("sha256").update(SEARCH_BOX_SCRIPT).digest("hex").slice(0, 16)}.js`;
