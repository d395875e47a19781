// Keys for lists: move from row to row, open, tick, turn the page. Everything they do is a link or a box of the page.
"use strict";
{
  const table = document.querySelector("table[data-rows]");
  const rows = table ? [...table.tBodies[0].rows] : [];
  const dialog = document.querySelector("[data-keys-dialog]");
  const typing = (place) => place.closest("input:not([type=checkbox]), select, textarea, [contenteditable]") !== null;
  const here = () => rows.findIndex((row) => row.contains(document.activeElement));

  const go = (step) => {
    const next = Math.min(Math.max(here() + step, 0), rows.length - 1);
    const link = rows[next] && rows[next].querySelector("a");
    if (!link) return;
    link.focus({ preventScroll: true });
    rows[next].scrollIntoView({ block: "nearest" });
  };
  const press = (selector) => {
    const found = document.querySelector(selector);
    if (found) found.click();
    return found;
  };
  const tick = () => {
    const box = here() < 0 ? null : rows[here()].querySelector("input[type=checkbox]");
    if (box) box.click();
  };
  const find = () => {
    const field = document.querySelector("[data-find], .filters select, .filters input:not([type=hidden])");
    if (field) { field.focus(); if (field.select) field.select(); }
  };
  const keys = {
    j: () => go(1), k: () => go(-1), x: tick, n: () => press("[rel=next]"), p: () => press("[rel=prev]"),
    "/": find, "?": () => { if (dialog && !dialog.open) dialog.showModal(); },
  };
  // Arrows scroll the page, until somebody is among the rows.
  const arrows = { ArrowDown: keys.j, ArrowUp: keys.k };

  document.addEventListener("keydown", (event) => {
    // A Vietnamese keyboard composes letters out of keys: those are not ours, nor is anything typed in a field.
    if (event.isComposing || event.keyCode === 229 || event.ctrlKey || event.altKey || event.metaKey) return;
    if (typing(event.target) || (dialog && dialog.open)) return;
    const act = keys[event.key] || (here() >= 0 ? arrows[event.key] : undefined);
    if (!act) return;
    event.preventDefault();
    act();
  });
  for (const button of document.querySelectorAll("[data-keys]")) {
    button.hidden = false;
    button.addEventListener("click", keys["?"]);
  }
}
