// F2 goes from a field to the small box beside it that says what the book does not tell, and back. So Tab may pass
// the boxes by; without this script they stay in its way.
"use strict";
for (const box of document.querySelectorAll("select.state")) box.tabIndex = -1;
document.addEventListener("keydown", (event) => {
  const row = event.key === "F2" && document.activeElement.closest(".field-row");
  if (!row) return;
  const box = row.querySelector("select.state");
  const other = document.activeElement === box ? row.firstElementChild : box;
  event.preventDefault();
  other.focus();
});
