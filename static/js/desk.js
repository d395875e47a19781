// The entry desk: an entry is saved behind the page and the next one begins on the spot, by keys alone. Without this
// script the form is sent as any other; what the checks say comes from the server either way.
"use strict";
(() => {
  const { form, say } = Line;
  const recent = document.querySelector("[data-recent]");
  const keys = document.querySelector("[data-desk-keys]");
  const sharedWork = document.querySelector("[data-shared-work]");
  const FIELDS = ".field[data-field]";
  const fields = () => [...form.querySelectorAll(FIELDS)];
  const control = (field) => field.querySelector(".field-row > :first-child");
  const beside = (field) => field.querySelector("select.state");
  const named = (name) => form.querySelector(`${FIELDS}[data-field="${name}"]`);
  const seen = (element) => element.getClientRects().length > 0;
  let saving = false;
  let leaving = false;
  let attempt = null;
  let refusals = 0;
  let before = null;
  // How often in a row a field was left blank: after three entries Enter passes it by, Tab never does.
  const blanks = new Map();
  const ENOUGH = 3;

  // -- what the checks say ---------------------------------------------------------------------------
  const unsay = () => {
    for (const said of form.querySelectorAll(".said")) said.remove();
    for (const field of fields()) {
      field.classList.remove("has-error", "has-warning");
      control(field).removeAttribute("aria-describedby");
      control(field).removeAttribute("aria-invalid");
    }
  };

  const answered = (html) => {
    const told = new DOMParser().parseFromString(html, "text/html");
    unsay();
    form.querySelector("#answers").replaceWith(told.querySelector("#answers"));
    const parts = [...told.querySelectorAll(".said")];
    for (const said of parts) {
      const field = named(said.dataset.about);
      const group = field.closest("details");
      if (group) group.open = true;
      field.classList.add(said.dataset.look);
      field.querySelector(".field-body").append(said);
      control(field).setAttribute("aria-describedby", said.id);
      if (said.dataset.look === "has-error") control(field).setAttribute("aria-invalid", "true");
    }
    const first = parts.find((said) => said.matches("[data-look=has-error]"))
      || parts.find((said) => said.querySelector("input:not(:checked)"));
    if (first) control(named(first.dataset.about)).focus();
    else form.querySelector("#answers").scrollIntoView({ block: "center" });
  };

  // Enter goes where there is something to type: not to what was carried on, nor to what these pages never have.
  const passed = (place) => {
    const field = place.closest(FIELDS);
    if (!field || !place.matches(".field-row > :first-child")) return false;
    return field.matches(".is-carried") || (field.matches(".is-passed") && place.value === "");
  };

  // -- from one entry to the next -----------------------------------------------------------------------
  const empty = (field) => {
    control(field).value = "";
    for (const hidden of field.querySelectorAll("input[type=hidden]")) hidden.remove();
  };

  // Where the book says nothing, or nothing that can be read, it does not say what the entry before had: words beside
  // such a statement are taken for a doubtful reading.
  const UNREAD = ["not_written", "illegible"];
  const settle = (field) => {
    if (!field.matches(".is-carried") || beside(field).value === "") return;
    if (UNREAD.includes(beside(field).value)) empty(field);
    field.classList.remove("is-carried");
    control(field).dispatchEvent(new Event("input", { bubbles: true }));
  };

  const clear = (field) => {
    const kept = field.classList.contains("is-kept") && beside(field).value === "" && control(field).value !== "";
    field.classList.toggle("is-carried", kept);
    if (kept) return;
    empty(field);
    beside(field).value = "";
  };

  const listed = ({ address, number, subject }) => {
    if (!recent) return;
    const line = recent.querySelector("template").content.cloneNode(true);
    const link = line.querySelector("a");
    link.href = address;
    link.textContent = number;
    line.querySelector("span").textContent = subject;
    recent.querySelector("ul").prepend(line);
    recent.hidden = false;
  };

  const begin = (told) => {
    before = new Map(fields().map((field) => [field.dataset.field, control(field).value]));
    for (const [name, value] of before) blanks.set(name, value === "" ? (blanks.get(name) || 0) + 1 : 0);
    unsay();
    form.querySelector("#answers").replaceChildren();
    for (const field of fields()) {
      clear(field);
      field.classList.toggle("is-passed", blanks.get(field.dataset.field) >= ENOUGH);
    }
    for (const [name, value] of Object.entries(told.follows)) if (named(name)) control(named(name)).value = value;
    form.elements.intent.value = told.intent;
    Draft.begin();
    form.dispatchEvent(new CustomEvent("begun"));
    form.dispatchEvent(new CustomEvent("kept"));
    listed(told.saved);
    say("saved", "saved", { number: told.saved.number, time: told.saved.at });
    sharedWork.textContent = told.told;
    sharedWork.closest(".notice").hidden = told.told === "";
    const blank = fields().find((field) => seen(control(field)) && control(field).value === "" && !passed(control(field)));
    window.scrollTo({ top: 0 });
    if (blank) control(blank).focus();
  };

  // -- saving -----------------------------------------------------------------------------------------
  const unsent = (then, data) => {
    attempt = { then, data, typed: Draft.typed };
    Draft.wake();
    Draft.lost();
  };

  const heard = async (answer, then, data) => {
    if (answer.status === 401 || answer.status === 403) {
      const back = await Line.loggedOut();
      Draft.wake();
      refusals += 1;
      if (back === null) unsent(then, data);
      else if (back && refusals < 2) { saving = false; await save(then); } else if (back) say("offline", "failed");
    } else if (answer.status >= 500) {
      unsent(then, data);
    } else if (answer.status === 422) {
      answered(await answer.text());
      say("offline", "answer");
      Draft.wake();
    } else if (answer.ok) {
      refusals = 0;
      const told = await answer.json();
      if (!told.go) { begin(told); return; }
      leaving = true;
      form.dispatchEvent(new CustomEvent("kept"));
      window.location.assign(told.go);
    } else {
      say("offline", "failed");
      Draft.wake();
    }
  };

  const save = async (then, again = null) => {
    if (saving) return;
    saving = true;
    attempt = null;
    form.setAttribute("aria-busy", "true");
    const slow = setTimeout(() => say("saving", "waiting"), 1000);
    await Draft.rest();
    fields().forEach(settle);
    const data = again || Line.body({ then });
    let answer = null;
    try { answer = await Line.post(form.action, data); } catch { /* nothing came back */ }
    clearTimeout(slow);
    try {
      if (answer) await heard(answer, then, data); else unsent(then, data);
    } finally {
      // Until the next page is there, nothing more is to be typed or sent here.
      if (!leaving) {
        saving = false;
        form.removeAttribute("aria-busy");
      }
    }
  };

  window.addEventListener("pageshow", (event) => { if (event.persisted) window.location.reload(); });
  // Sent again only as it was: who has typed on meanwhile decides themselves.
  form.addEventListener("reached", () => {
    if (attempt && attempt.typed === Draft.typed) save(attempt.then, attempt.data);
  });
  form.addEventListener("submit", (event) => {
    const then = event.submitter ? event.submitter.value : "open";
    if (then === "later") return;
    event.preventDefault();
    save(then);
  });
  // What is typed while an entry is on its way would belong to neither.
  for (const act of ["beforeinput", "mousedown"]) form.addEventListener(act, (event) => { if (saving) event.preventDefault(); });

  // -- keys -------------------------------------------------------------------------------------------
  const next = (from) => {
    const row = [...form.querySelectorAll(`${FIELDS} .field-row > :first-child, .said input, #answers input:not([type=hidden]), .apart select, .apart input, .form-bar button`)];
    const there = row.slice(row.indexOf(from) + 1).find((place) => seen(place) && !passed(place));
    if (there) { there.focus(); if (there.select) there.select(); }
  };

  const copy = async (field) => {
    if (before === null) {
      try {
        const answer = await fetch(form.dataset.before, { cache: "no-store" });
        before = new Map(answer.ok ? Object.entries(await answer.json()) : []);
      } catch {
        return;
      }
    }
    const value = before.get(field.dataset.field);
    if (!value) return;
    control(field).value = value;
    control(field).dispatchEvent(new Event("input", { bubbles: true }));
  };

  const carry = (field) => {
    const on = !field.classList.contains("is-kept");
    field.classList.toggle("is-kept", on);
    say("saved", on ? "carried" : "dropped", { field: field.querySelector("label").firstChild.textContent.trim() });
    const data = new URLSearchParams({ field: field.dataset.field, on: on ? "1" : "0", csrfmiddlewaretoken: form.elements.csrfmiddlewaretoken.value });
    Line.post(form.dataset.carry, data, { keepalive: true }).catch(() => say("offline", "failed"));
  };

  const WITHOUT_ENTER = "button, summary, a, [type=checkbox]";
  document.addEventListener("keydown", (event) => {
    // An input method writes Vietnamese letters with these keys: they are its own.
    if (event.isComposing || event.keyCode === 229) return;
    if (saving && form.contains(event.target)) { event.preventDefault(); return; }
    const field = event.target.closest && event.target.closest(FIELDS);
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      form.requestSubmit(form.querySelector("button[name=then]"));
    } else if (event.key === "Enter" && !event.shiftKey && form.contains(event.target) && !event.target.matches(WITHOUT_ENTER)) {
      event.preventDefault();
      next(event.target);
    } else if (event.key === "F4" && field && form.dataset.before) {
      event.preventDefault();
      copy(field);
    } else if (event.key === "F8" && field && form.dataset.carry) {
      event.preventDefault();
      carry(field);
    } else if (event.key === "F1" && keys) {
      event.preventDefault();
      keys.showModal();
    }
  });
  const shown = document.querySelector("[data-show-keys]");
  if (shown) { shown.hidden = false; shown.addEventListener("click", () => keys.showModal()); }

  // -- what is typed --------------------------------------------------------------------------------------
  const yearOf = (two) => {
    const last = Number(form.dataset.year);
    return Math.floor((last - two) / 100) * 100 + two;
  };
  const isYear = (year) => year >= 1850 && year <= 2100;
  const isMonth = (month) => month >= 1 && month <= 12;

  // 0357 is March 1957, 12031957 and 120357 are 12/3/1957, 031957 is 3/1957; 1957 stays a year. Anything else stays.
  const unfolded = (text) => {
    const [whole, first, second, third] = [Number(text), Number(text.slice(0, 2)), Number(text.slice(2, 4)), Number(text.slice(4))];
    if (text.length === 4 && !isYear(whole) && isMonth(first)) return `${first}/${yearOf(second)}`;
    if (text.length === 6 && isMonth(first) && isYear(Number(text.slice(2)))) return `${first}/${text.slice(2)}`;
    if (text.length === 6 && isMonth(second) && first >= 1 && first <= 31) return `${first}/${second}/${yearOf(third)}`;
    if (text.length === 8 && isMonth(second) && first >= 1 && first <= 31 && isYear(third)) return `${first}/${second}/${third}`;
    return text;
  };

  form.addEventListener("focusout", (event) => {
    const box = event.target;
    if (!box.matches("[data-date]") || !/^\d{4,8}$/.test(box.value)) return;
    const text = unfolded(box.value);
    if (text === box.value) return;
    box.value = text;
    box.dispatchEvent(new Event("input", { bubbles: true }));
  });
  // Keys pass from one statement to the next: which one was meant is known when the box is left.
  form.addEventListener("focusout", (event) => {
    if (event.target.matches("select.state")) settle(event.target.closest(FIELDS));
  });
  form.addEventListener("input", (event) => {
    if (event.target.matches("select.state")) return;
    const field = event.target.closest(".is-carried, .is-passed");
    if (field) field.classList.remove("is-carried", "is-passed");
  });
  // Where the entry before had the date in words, so has this one; elsewhere they are only proposed.
  form.addEventListener("words", (event) => {
    for (const [name, words] of Object.entries(event.detail)) {
      const field = named(name);
      if (!before || !before.get(name) || !field || control(field).value !== "") continue;
      control(field).value = words;
      field.classList.add("is-carried");
    }
  });
})();
