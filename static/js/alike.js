// While an entry is typed, asks which others are like it, and shows them before the buttons of the form.
"use strict";
for (const form of document.querySelectorAll("form[data-unsaved][data-alike]")) {
  const place = document.createElement("div");
  place.setAttribute("aria-live", "polite");
  const bar = form.querySelector(".form-bar");
  bar ? bar.before(place) : form.append(place);
  let waiting = 0, asking = null, shown = "";
  const ask = async () => {
    if (asking) asking.abort();
    const mine = asking = new AbortController();
    try {
      const answer = await fetch(form.dataset.alike, { method: "POST", body: new FormData(form), signal: mine.signal });
      if (!answer.ok || answer.redirected) return;
      const part = (await answer.text()).trim();
      if (part !== shown && mine === asking) place.innerHTML = shown = part;
    } catch { /* Without a connection nothing is shown; saving asks again. */ }
  };
  form.addEventListener("change", () => { clearTimeout(waiting); waiting = setTimeout(ask, 300); });
}
