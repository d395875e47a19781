// Words a field had before, under the field: the arrow down picks one, Enter takes it and goes on. Nothing is ever put
// into the field by itself: an input method may still be writing there.
"use strict";
(() => {
  const { form } = Line;
  const PAUSE_MS = 250;
  const SHORTEST = 2;
  const MOST = 8;
  const list = document.createElement("ul");
  list.className = "suggestions";
  list.id = "suggestions";
  list.setAttribute("role", "listbox");
  let box = null;
  let picked = -1;
  let timer = 0;
  let asked = 0;

  const close = () => {
    clearTimeout(timer);
    asked += 1;
    picked = -1;
    list.remove();
    if (!box) return;
    box.setAttribute("aria-expanded", "false");
    box.removeAttribute("aria-activedescendant");
  };

  const take = (words) => {
    box.value = words;
    box.dispatchEvent(new Event("input", { bubbles: true }));
    close();
  };

  const pick = (place) => {
    // Who is choosing keeps this list: an answer still on its way would take the word out of their hand.
    clearTimeout(timer);
    asked += 1;
    const lines = [...list.children];
    picked = (place + lines.length + 1) % (lines.length + 1) ;
    if (picked === lines.length) picked = -1;
    lines.forEach((line, at) => line.setAttribute("aria-selected", String(at === picked)));
    if (picked < 0) box.removeAttribute("aria-activedescendant");
    else box.setAttribute("aria-activedescendant", lines[picked].id);
  };

  // As the server folds what is typed, near enough: what is dropped here by mistake comes back with its answer.
  const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[đĐ]/g, "d").toLowerCase().replace(/\s+/g, " ").trim();
  const shown = () => (list.isConnected ? [...list.children].map((line) => line.textContent) : []);
  const fitting = () => shown().filter((said) => fold(said).startsWith(fold(box.value)));

  const show = (words) => {
    const others = words.filter((said) => said !== box.value);
    if (!others.length) { close(); return; }
    box.removeAttribute("aria-activedescendant");
    list.replaceChildren(...others.map((said, at) => {
      const line = document.createElement("li");
      line.id = `suggestion_${at}`;
      line.setAttribute("role", "option");
      line.setAttribute("aria-selected", "false");
      line.textContent = said;
      line.addEventListener("mousedown", (event) => { event.preventDefault(); take(said); });
      return line;
    }));
    picked = -1;
    box.closest(".field-body").querySelector(".field-row").after(list);
    box.setAttribute("aria-expanded", "true");
  };

  const ask = async () => {
    const number = asked += 1;
    const data = new URLSearchParams({ field: box.name, typed: box.value, csrfmiddlewaretoken: form.elements.csrfmiddlewaretoken.value });
    try {
      const answer = await Line.post(form.dataset.suggest, data);
      const { words } = answer.ok ? await answer.json() : { words: [] };
      // Asked last of all: while the answer was read, somebody may have typed on, or begun to choose.
      if (number !== asked || document.activeElement !== box) return;
      // What somebody may be about to choose keeps its place; what is new comes behind it.
      const there = fitting();
      show([...there, ...words.filter((said) => !there.includes(said))].slice(0, MOST));
    } catch { /* the line says when it is down */ }
  };

  // A date written out: proposed where the cursor is in its blank field, or comes there.
  const offered = new Map();
  const offer = (place) => {
    if (!offered.has(place.name) || place.value !== "" || document.activeElement !== place) return;
    box = place;
    show([offered.get(place.name)]);
  };
  form.addEventListener("words", (event) => {
    for (const [name, words] of Object.entries(event.detail)) offered.set(name, words);
    if (document.activeElement.form === form) offer(document.activeElement);
  });
  form.addEventListener("focusin", (event) => offer(event.target));
  form.addEventListener("begun", () => offered.clear());

  for (const field of form.querySelectorAll("[data-suggested]")) {
    field.setAttribute("role", "combobox");
    field.setAttribute("aria-autocomplete", "list");
    field.setAttribute("aria-expanded", "false");
    field.setAttribute("aria-controls", list.id);
  }
  form.addEventListener("input", (event) => {
    if (!event.isTrusted || !event.target.matches("[data-suggested]")) return;
    box = event.target;
    clearTimeout(timer);
    // An answer to less than what is typed by now comes too late.
    asked += 1;
    if (box.value.trim().length < SHORTEST) { close(); return; }
    if (list.isConnected) show(fitting());
    timer = setTimeout(ask, PAUSE_MS);
  });
  form.addEventListener("focusout", (event) => { if (event.target === box) close(); });
  // Before the desk hears the key: it would go on with Enter.
  document.addEventListener("keydown", (event) => {
    if (!list.isConnected || event.target !== box || event.isComposing || event.keyCode === 229) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      pick(picked + (event.key === "ArrowDown" ? 1 : -1));
    } else if (event.key === "Escape") {
      event.preventDefault();
      close();
    } else if ((event.key === "Enter" || event.key === "Tab") && picked >= 0) {
      take(list.children[picked].textContent);
    }
  }, true);
})();
