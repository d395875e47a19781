// F3 spells out what was written short, right before the cursor. Nothing is spelt out by itself: an input method may
// still be at work on the same letters.
"use strict";
(() => {
  const { form, say } = Line;
  const words = JSON.parse(form.dataset.shorthand);
  form.addEventListener("keydown", (event) => {
    const box = event.target;
    if (event.key !== "F3" || event.isComposing || event.keyCode === 229 || !box.matches("input:not([type]), input[type=text], textarea")) return;
    event.preventDefault();
    const before = box.value.slice(0, box.selectionStart);
    const [short] = before.match(/\S*$/);
    const whole = words[short.toLowerCase()];
    if (!whole) {
      say("offline", "unshortened", { word: short });
      return;
    }
    box.setRangeText(whole, before.length - short.length, before.length, "end");
    box.dispatchEvent(new Event("input", { bubbles: true }));
  });
})();
