// The box in the head of a list ticks every entry of the page.
"use strict";
for (const all of document.querySelectorAll("input[data-pick-all]")) {
  all.hidden = false;
  all.addEventListener("change", () => {
    for (const box of all.form.querySelectorAll('input[name="pick"]')) box.checked = all.checked;
  });
}
