// Asks before a page with something typed is left. Sending the form is no leaving; nor is what the server has kept.
"use strict";
for (const form of document.querySelectorAll("form[data-unsaved]")) {
  let typed = form.querySelector(".has-error, .has-warning") !== null;
  form.addEventListener("input", () => { typed = true; });
  form.addEventListener("kept", () => { typed = false; });
  form.addEventListener("submit", (event) => { if (!event.defaultPrevented) typed = false; });
  window.addEventListener("beforeunload", (event) => { if (typed) event.preventDefault(); });
}
