"use strict";
// A strict content policy allows no inline handler, so [data-print] buttons get theirs here.
for (const button of document.querySelectorAll("[data-print]")) {
  button.addEventListener("click", () => window.print());
}
