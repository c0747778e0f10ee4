// Keys for officers. Every key does what a visible link or button does; without this file all works by mouse and Tab.
"use strict";

const typing = (target) => target.closest("input, textarea, select, [contenteditable]") !== null;
const rows = () => [...document.querySelectorAll("[data-rows] [data-row]")];
const handleOf = (row) => row.querySelector("[data-open]") ?? row.querySelector("a[href], button");

function move(step) {
  const all = rows();
  if (all.length === 0) return;
  const at = all.findIndex((row) => row.contains(document.activeElement));
  const next = at < 0 ? (step > 0 ? 0 : all.length - 1) : Math.min(Math.max(at + step, 0), all.length - 1);
  const handle = handleOf(all[next]);
  handle.focus();
  all[next].scrollIntoView({ block: "nearest" });
}

const KEYS = {
  j: () => move(1),
  k: () => move(-1),
  "/": () => document.querySelector("[data-search]")?.focus(),
  "?": () => document.getElementById("keys")?.showModal(),
};

// A page for one act begins in its first field; not where something has to be read first, nor where it opens a phone's keyboard.
if (!document.querySelector("[autofocus]") && matchMedia("(pointer: fine)").matches) {
  document.querySelector("form[data-begin] :is(input:not([type=hidden]), select, textarea)")?.focus();
}

// What stands beside a form is folded where there is no room beside it.
if (matchMedia("(max-width: 50rem)").matches) {
  for (const part of document.querySelectorAll("details[data-folds]")) part.open = false;
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || typing(event.target)) return;
  if (document.querySelector("dialog[open]")) return;
  const key = event.key.toLowerCase();
  const named = [...document.querySelectorAll("[data-key]")].find((element) => element.dataset.key === key);
  // A link is followed; what writes to the register is aimed at only, and Enter then carries it out.
  const act = KEYS[key] ?? (named && (() => (named.type === "submit" ? named.focus() : named.click())));
  if (!act) return;
  event.preventDefault();
  act();
});
