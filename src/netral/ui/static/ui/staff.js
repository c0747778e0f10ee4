// Keys for officers. Every key does what a visible link or button does; without this file all works by mouse and Tab.
// And what HTML has no word for: a form that is sent takes along what stands typed in the others of its page.
"use strict";

// How long a text is, once it nears what its field takes. Nothing is cut off: what is longer comes back whole.
const figures = new Intl.NumberFormat("id-ID");
for (const field of document.querySelectorAll("[data-limit]")) {
  const limit = Number(field.dataset.limit);
  const told = field.parentElement.insertBefore(document.createElement("output"), field.nextSibling);
  const count = () => {
    const length = [...field.value.trim()].length;
    const near = length >= 0.8 * limit;
    told.className = !near ? "visually-hidden" : length > limit ? "field-error" : "hint";
    told.value = near ? `${figures.format(length)} dari paling banyak ${figures.format(limit)} karakter` : "";
  };
  field.addEventListener("input", count);
  count();
}

const BESIDE = "netral-beside"; // as in accounts/unsent.py
const UNSEEN = ["hidden", "file", "password", "submit", "button"];
const tickable = (field) => field.type === "checkbox" || field.type === "radio";
const fieldsOf = (form) => [...form.elements].filter((one) => one.name && !UNSEEN.includes(one.type));
const goalOf = (form) => new URL(form.getAttribute("action") || location.href, location.href).pathname;

function changed(field) {
  if (tickable(field)) return field.checked !== field.defaultChecked;
  if (!field.options) return field.value !== field.defaultValue;
  const first = [...field.options].find((option) => option.defaultSelected) ?? field.options[0];
  return field.selectedIndex !== (first?.index ?? -1);
}

// What was not saved yet: what differs from the page as it came, and all that a form holds which came back to be mended.
function typedIn(form) {
  const cameBack = goalOf(form) === location.pathname;
  const holds = (field) => (tickable(field) ? field.checked : field.value !== "");
  return fieldsOf(form).filter((field) => changed(field) || (cameBack && holds(field))).map((field) => ({
    name: field.name,
    value: field.value,
    on: tickable(field) ? field.checked : null,
    label: field.labels?.[0]?.innerText ?? field.name,
    shown: field.selectedOptions ? field.selectedOptions[0]?.text : field.value,
  }));
}

// Files stay with their form: only their names go along, to be chosen again.
function chosenIn(form) {
  const inputs = [...form.elements].filter((field) => field.type === "file");
  return inputs.flatMap((field) => [...field.files].map((file) => file.name));
}

document.addEventListener("formdata", ({ target: sent, formData }) => {
  if (sent.method !== "post") return;
  const others = [...document.forms].filter((form) => form !== sent && form.method === "post");
  const told = others
    .map((form) => [goalOf(form), typedIn(form), chosenIn(form)])
    .filter(([, fields, files]) => fields.length + files.length);
  if (told.length) formData.append(BESIDE, JSON.stringify(told));
});

// Where a field is to be filled in again; nothing where its form is there no longer, or holds another choice.
function putBack(goal, { name, value, on }) {
  const forms = [...document.forms].filter((form) => form.method === "post" && goalOf(form) === goal);
  const field = forms.flatMap(fieldsOf).find((one) => one.name === name && (on === null || one.value === value));
  if (!field) return null;
  if (on === null) field.value = value;
  else field.checked = on;
  if (field.value !== value) return null;
  field.dispatchEvent(new Event("input"));
  for (let part = field.closest("details"); part; part = part.parentElement.closest("details")) part.open = true;
  return field;
}

for (const notice of document.querySelectorAll("[data-beside]")) {
  const lost = [];
  const chosen = [];
  for (const [goal, fields, files] of JSON.parse(notice.dataset.beside)) {
    chosen.push(...files);
    for (const field of fields) if (!putBack(goal, field) && field.on === null && field.value) lost.push(field);
  }
  for (const { label, shown } of lost) {
    notice.querySelector("ul").append(Object.assign(document.createElement("li"), { innerText: `${label}: ${shown}` }));
  }
  notice.querySelector("[data-lost]").hidden = lost.length === 0;
  notice.querySelector("[data-chosen]").hidden = chosen.length === 0;
  notice.querySelector("[data-chosen]").append(chosen.join(", "));
  notice.hidden = false;
}

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

// Somebody who speaks to his computer, or whose hand slips, turns them off (WCAG 2.1.4); then no page speaks of them.
const silent = document.querySelector("[data-keys=off]") !== null;
if (silent) for (const hint of document.querySelectorAll("kbd, .keys")) hint.remove();

document.addEventListener("keydown", (event) => {
  if (silent) return;
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
