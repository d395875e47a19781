// The line between the desk and the server: what is sent over it, and the truth about whether it arrived. The words are
// those of the last answer; whether the server can be reached is asked of the server, never of the browser.
"use strict";
const Line = (() => {
  const PROBE_MS = 3000;
  const ANSWER_MS = 20000;
  const form = document.querySelector("form[data-keep]");
  const place = form.querySelector("[data-line]");
  const dialog = document.querySelector("[data-log-in]");

  const say = (look, words, values = {}) => {
    place.hidden = false;
    place.className = `line-state is-${look}`;
    const text = Object.entries(values).reduce((said, [name, value]) => said.replace(`{${name}}`, value), place.dataset[words] || words);
    if (place.textContent !== text) place.textContent = text;
  };

  const ask = (address, options, within) => {
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), within);
    return fetch(address, { redirect: "manual", cache: "no-store", credentials: "same-origin", signal: stop.signal, ...options })
      .finally(() => clearTimeout(timer));
  };

  // Only what holds something crosses the line: most fields of an entry are blank.
  const body = (more) => {
    const sent = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (value !== "") sent.append(name, value);
    for (const [name, value] of Object.entries(more)) if (value) sent.set(name, value);
    return sent;
  };

  const post = (address, data, { keepalive = false } = {}) => ask(
    address, { method: "POST", body: data, keepalive, headers: { "HX-Request": "true" } }, ANSWER_MS,
  );

  // Who is logged in, and a token for the next form; null where the server does not answer.
  const session = async () => {
    try {
      const answer = await ask(dialog.dataset.session, {}, PROBE_MS);
      return answer.ok ? await answer.json() : null;
    } catch {
      return null;
    }
  };

  const take = (token) => {
    for (const box of document.querySelectorAll("[name=csrfmiddlewaretoken]")) box.value = token;
  };

  // True once this page may send again as the person it was opened by.
  const mine = async () => {
    const told = await session();
    if (!told || told.user !== dialog.dataset.user) return told;
    take(told.token);
    return true;
  };

  const waiting = [];
  // True: may send again; false: nobody, or somebody else, is logged in; null: the server cannot be reached.
  const loggedOut = async () => {
    const told = await mine();
    if (told === true || told === null) return told;
    if (told.user) {
      say("offline", "other", { user: told.user });
      return false;
    }
    say("offline", "out");
    if (!dialog.open) dialog.showModal();
    return new Promise((resolve) => waiting.push(resolve));
  };

  const done = (came) => {
    dialog.close();
    waiting.splice(0).forEach((resolve) => resolve(came));
  };

  dialog.querySelector("form").addEventListener("submit", async (event) => {
    event.preventDefault();
    const password = dialog.querySelector("[type=password]");
    const shown = (name) => dialog.querySelectorAll(".error").forEach((line) => { line.hidden = !line.matches(`[data-${name}]`); });
    const told = await session();
    if (!told) return shown("unreached");
    const data = new URLSearchParams({ username: dialog.dataset.user, password: password.value, csrfmiddlewaretoken: told.token });
    try {
      const answer = await ask(dialog.dataset.door, { method: "POST", body: data }, ANSWER_MS);
      if (answer.type !== "opaqueredirect") return shown("refused");
    } catch {
      return shown("unreached");
    }
    password.value = "";
    shown("none");
    return done((await mine()) === true);
  });
  dialog.querySelector("[data-close]").addEventListener("click", () => done(false));
  dialog.addEventListener("cancel", () => done(false));

  return { form, say, body, post, session, loggedOut };
})();
