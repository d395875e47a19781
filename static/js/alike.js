// While an entry is typed, asks which others are like it, and shows them above the buttons, where the eyes end up.
"use strict";
(() => {
  const PAUSE_MS = 300;
  const { form } = Line;
  const place = form.querySelector("[data-alike-place]");
  let waiting = 0;
  let asked = 0;
  let shown = "";

  const show = (part, { anyway = false } = {}) => {
    // Who is giving a reason there keeps what they typed.
    if (part !== shown && (anyway || !place.contains(document.activeElement))) place.innerHTML = shown = part;
  };
  const ask = async () => {
    const number = asked += 1;
    try {
      const answer = await Line.post(form.dataset.alike, Line.body({}));
      if (answer.ok && number === asked) show((await answer.text()).trim());
    } catch { /* Without a line nothing is shown; saving asks again. */ }
  };
  form.addEventListener("change", (event) => {
    if (!event.target.closest(".field[data-field]")) return;
    clearTimeout(waiting);
    waiting = setTimeout(ask, PAUSE_MS);
  });
  form.addEventListener("begun", () => {
    clearTimeout(waiting);
    asked += 1;
    show("", { anyway: true });
  });
})();
