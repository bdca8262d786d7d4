// What the parts of a page that asks about a case share.
"use strict";

export const byId = (id) => document.getElementById(id);
export const form = document.querySelector("#case-form, #asked");

// The fields of the form as [name, value] pairs: what is typed and ticked, without marks and files.
const APART = ["fil", "maerket", "aabnet"];

export function pairsOf(of) {
  return [...new FormData(of)].filter(([name, value]) => value !== "" && !APART.includes(name));
}

export const written = () => pairsOf(form);

export function fill(pairs) {
  const wanted = (name, value) => pairs.some(([n, v]) => n === name && v === value);
  for (const control of form.elements) {
    if (!control.name || APART.includes(control.name) || ["submit", "hidden"].includes(control.type)) continue;
    if (control.type === "checkbox") control.checked = wanted(control.name, control.value);
    else if (!control.list) control.value = (pairs.find(([name]) => name === control.name) || ["", ""])[1];
  }
}
