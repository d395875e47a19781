// Keeps what is typed as a private draft: on leaving a field, and soon enough that no more than the last two seconds can be
// lost, however long somebody types without a pause. Nothing is ever said to be kept before the server has said so; while
// it cannot be reached, it is asked again, at most a minute apart.
"use strict";
const Draft = (() => {
  const EVERY_MS = 1700;
  const LEAVING_MS = 150;
  const SLOW_MS = 1000;
  const FIRST_S = 2;
  const LAST_S = 60;
  const { form, say } = Line;
  const again = form.querySelector("[data-try]");
  const over = form.querySelector("[data-take]");
  const random = () => crypto.getRandomValues(new Uint8Array(16));
  const mark = [...random()].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  let found = form.dataset.found;
  let typed = 0;
  let sent = 0;
  let kept = 0;
  // How it stands with the server. Drafts go out while it is "well", and once more when it is "doubted", after a new
  // token. They rest when it is "lost", until it answers; when these words are "refused", until others are typed; when it
  // is "held", until somebody decides; and while the form itself is being "saved", until that is over.
  let state = "well";
  // When the first key was typed that is not on its way yet.
  let since = 0;
  // How often in a row the server was not reached.
  let failures = 0;
  let busy = null;
  let talking = false;
  let timer = 0;
  let due = false;

  const later = (ms) => {
    clearTimeout(timer);
    due = true;
    timer = setTimeout(() => { due = false; send(); }, ms);
  };
  const stop = () => {
    clearTimeout(timer);
    due = false;
  };
  const flows = () => state === "well" || state === "doubted";
  // What an answer to a draft says is nothing to a form that is being saved meanwhile.
  const become = (next) => { if (state !== "saved") state = next; };
  const inTime = () => later(Math.max(0, since + EVERY_MS - Date.now()));

  const lost = () => {
    if (state === "saved") return;
    state = "lost";
    failures += 1;
    const seconds = Math.min(LAST_S, FIRST_S * 2 ** (failures - 1)) * (0.8 + Math.random() * 0.4);
    const until = Date.now() + seconds * 1000;
    again.hidden = false;
    const count = () => {
      const left = Math.ceil((until - Date.now()) / 1000);
      if (left <= 0) return probe();
      say("offline", "lost", { seconds: left });
      timer = setTimeout(count, 1000);
      return undefined;
    };
    stop();
    count();
  };

  const probe = async () => {
    stop();
    say("saving", "waiting");
    const answered = await Line.session();
    if (state !== "lost") return undefined;
    if (answered === null) return lost();
    reached();
    return send();
  };

  const reached = () => {
    state = "well";
    failures = 0;
    again.hidden = true;
    form.dispatchEvent(new CustomEvent("reached"));
  };

  const heard = async (answer, now) => {
    if (answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 403) {
      const back = await Line.loggedOut();
      if (state === "saved") return;
      // Once more, with the new token; who is refused then may no longer type here.
      if (back === null) lost();
      else if (back && state === "well") { state = "doubted"; later(0); } else {
        if (back) say("offline", "failed");
        become("held");
        again.hidden = false;
      }
      return;
    }
    if (answer.status === 409) {
      const told = await answer.json();
      become("held");
      over.hidden = false;
      over.dataset.window = told.window;
      say("offline", told.detail);
      return;
    }
    // Asked again once more is typed, or by the button: the same words would be refused again.
    if (!answer.ok) { say("offline", "failed"); become("refused"); again.hidden = false; return; }
    const told = await answer.json();
    become("well");
    again.hidden = true;
    kept = now;
    if (told.at) say("saved", "kept", { time: told.at });
    if (told.words) form.dispatchEvent(new CustomEvent("words", { detail: told.words }));
    if (kept === typed) form.dispatchEvent(new CustomEvent("kept"));
  };

  const send = async (options) => {
    if (state === "held" || state === "saved" || talking || kept === typed) return;
    stop();
    talking = true;
    const now = sent = typed;
    const slow = setTimeout(() => say("saving", "waiting"), SLOW_MS);
    busy = Line.post(form.dataset.keep, Line.body({ window: mark, found }), options);
    let answer = null;
    try { answer = await busy; } catch { /* told below */ }
    clearTimeout(slow);
    busy = null;
    try {
      if (state === "saved") return;
      if (!answer || answer.status >= 500) { lost(); return; }
      if (state === "lost") reached();
      await heard(answer, now);
    } finally {
      talking = false;
    }
    if (kept !== typed && flows()) inTime();
  };

  form.addEventListener("input", (event) => {
    if (event.target.closest("[data-aside]")) return;
    if (typed === sent || state === "refused") since = Date.now();
    typed += 1;
    if (state === "refused") state = "well";
    if (!flows()) return;
    say("typing", "typing");
    if (!due && !talking) inTime();
  });
  form.addEventListener("focusout", () => { if (kept !== typed && flows()) later(LEAVING_MS); });
  document.addEventListener("visibilitychange", () => { if (document.hidden) send({ keepalive: true }); });
  again.addEventListener("click", () => {
    become("lost");
    failures = Math.max(failures, 1);
    probe();
  });
  over.addEventListener("click", () => {
    found = over.dataset.window;
    become("well");
    over.hidden = true;
    later(0);
  });

  return {
    lost,
    get unkept() { return kept !== typed; },
    get typed() { return typed; },
    // While a form is being saved its draft rests, so that a late one does not outlive it.
    async rest() {
      stop();
      state = "saved";
      try { await busy; } catch { /* the save tells */ }
    },
    wake() { state = "well"; if (kept !== typed) later(EVERY_MS); },
    begin() { typed = sent = kept = failures = 0; found = ""; state = "well"; again.hidden = true; over.hidden = true; },
  };
})();
