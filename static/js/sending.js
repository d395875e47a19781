// A form is sent once: on a slow line people press again. While it is on its way the button turns, after a second
// words say so, and whoever still waits after a while may press again; the form's intent keeps that from saving twice.
"use strict";
const WORDS_AFTER_MS = 1000;
const AGAIN_AFTER_MS = 15000;
const told = document.querySelector("[data-sending]");
let timers = [];

const arrived = () => {
  timers.forEach(clearTimeout);
  for (const busy of document.querySelectorAll("form[aria-busy]")) busy.removeAttribute("aria-busy");
  for (const button of document.querySelectorAll(".is-sending")) button.classList.remove("is-sending");
  told.textContent = "";
};

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post" || form.target) return;
  if (form.hasAttribute("aria-busy")) { event.preventDefault(); return; }
  form.setAttribute("aria-busy", "true");
  if (event.submitter) event.submitter.classList.add("is-sending");
  timers = [
    setTimeout(() => { told.textContent = told.dataset.sending; }, WORDS_AFTER_MS),
    setTimeout(arrived, AGAIN_AFTER_MS),
  ];
});
// Coming back to a page the browser kept.
window.addEventListener("pageshow", arrived);

// Live figures that can no longer be asked for must not look fresh.
document.addEventListener("htmx:sendError", () => { told.textContent = told.dataset.lost; });
document.addEventListener("htmx:afterOnLoad", () => { told.textContent = ""; });
