// Nothing here is needed: every page works without it. It keeps what is typed, sends it later, and leaves no trace.
"use strict";

const find = (id) => document.getElementById(id);
const form = find("report");
const body = document.body;

// Storage may be denied; then the page is as it is without script.
const store = (name) => {
  try {
    window[name].getItem("");
    return window[name];
  } catch {
    return null;
  }
};
const tab = store("sessionStorage"); // what is being typed: this tab only
const phone = store("localStorage"); // what waits to be sent, until it is sent

const waiting = () => JSON.parse(phone?.getItem("waiting") || "[]");
const setWaiting = (list) => (list.length ? phone?.setItem("waiting", JSON.stringify(list)) : phone?.removeItem("waiting"));
const keyOf = ([, sent]) => new URLSearchParams(sent).get("key");

function forget(key) {
  if (!key) return;
  for (const name of Object.keys(tab || {})) if (tab.getItem(name).includes(key)) tab.removeItem(name);
  setWaiting(waiting().filter((item) => keyOf(item) !== key));
}

async function reachable() {
  try {
    await fetch(location.pathname, { method: "HEAD", cache: "no-store", signal: AbortSignal.timeout?.(8000) });
    return true;
  } catch {
    return false;
  }
}

async function sendWaiting() {
  const [first] = waiting();
  if (!first || !(await reachable())) return;
  const sending = Object.assign(document.createElement("form"), { method: "post", action: first[0] });
  for (const [name, value] of new URLSearchParams(first[1])) {
    sending.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
  }
  body.append(sending);
  sending.submit();
}

function leave(event) {
  event.preventDefault();
  tab?.clear();
  phone?.clear();
  body.hidden = true;
  document.title = "";
  location.replace(this.href);
}

function reportForm() {
  const { key, place, text } = form.elements;
  const texts = form.dataset;
  const draft = `draft ${texts.path}`;
  const said = find("said");
  let busy = false;
  let again;

  const say = (words, where = said) => {
    where.textContent = words;
    where.hidden = !words;
  };
  const filled = () => new URLSearchParams(new FormData(form)).toString();
  const checked = (name) => form.querySelector(`[name=${name}]:checked`);
  const enough = () =>
    ("poster" in texts || checked("place_found") || (place.value && (checked("municipality") || place.value.includes(", ")))) &&
    (text.value.trim() || checked("areas"));

  function save() {
    try {
      tab?.setItem(draft, filled());
      setWaiting(waiting().map((item) => (keyOf(item) === key.value ? [item[0], later()] : item)));
    } catch {} // the phone is full
  }
  // Nobody may be looking when it is sent: it is stored at once, and the receipt shows what was masked.
  const later = () => filled().replace("reviewed=&", "reviewed=1&");

  function restore(kept) {
    const values = new URLSearchParams(kept);
    for (const field of form.elements) {
      if (/radio|checkbox/.test(field.type)) field.checked ||= values.getAll(field.name).includes(field.value);
      else if (/text/.test(field.type)) field.value ||= values.get(field.name) || "";
    }
    key.value = values.get("key");
    if (place.value) place.closest("details")?.setAttribute("open", "");
  }

  addEventListener("pageshow", ({ persisted }) => {
    busy = false;
    say("");
    const kept = tab?.getItem(draft);
    const back = persisted || performance.getEntriesByType("navigation")[0]?.type === "back_forward";
    if ("answer" in body.dataset && !persisted) setWaiting(waiting().filter((item) => keyOf(item) !== key.value));
    else if (kept) restore(kept);
    else if (tab && back) {
      form.reset(); // it was sent
      key.value = "";
    }
    key.value ||= Array.from(crypto.getRandomValues(new Uint32Array(4)), (number) => number.toString(36)).join("");
    if (kept || "answer" in body.dataset) save();
  });
  form.addEventListener("input", save);
  find("clear").addEventListener("click", () => forget(key.value));

  form.addEventListener("submit", async (event) => {
    if (event.submitter?.name) return; // a search for the place
    event.preventDefault();
    if (busy) return;
    busy = true;
    save();
    say(texts.sending);
    if (await reachable()) return form.submit();
    busy = false;
    if (!enough() || !phone) return say(texts.missing);
    setWaiting([...waiting().filter((item) => keyOf(item) !== key.value), [form.action, later()]]);
    say(texts.saved);
    again ||= setInterval(sendWaiting, 15000);
    addEventListener("online", sendWaiting);
  });

  const places = () => fetch(texts.places).then((answer) => answer.json());
  place.addEventListener("focus", async () => find("places").append(...(await places()).map(([name]) => new Option("", name))), { once: true });

  const here = find("here");
  if (!here || !navigator.geolocation) return;
  here.hidden = false;
  here.addEventListener("click", () => {
    const hint = find("here-said");
    const unknown = () => say(texts.unknown, hint);
    const silent = setTimeout(unknown, 15000);
    const got = async ({ coords }) => {
      clearTimeout(silent);
      const narrow = Math.cos((coords.latitude * Math.PI) / 180);
      const [nearest] = (await places())
        .filter((known) => known.length > 1)
        .map(([name, north, east]) => [111 * Math.hypot(north - coords.latitude, (east - coords.longitude) * narrow), name])
        .sort(([a], [b]) => a - b);
      if (!nearest || nearest[0] > 2) return say(texts.far, hint);
      place.value = nearest[1];
      save();
      say(texts.nearest, hint);
    };
    const failed = () => (clearTimeout(silent), unknown());
    navigator.geolocation.getCurrentPosition((found) => got(found).catch(failed), failed, { timeout: 10000, maximumAge: 60000 });
  });
}

function receipt(code) {
  forget(code.dataset.key);
  const copy = find("copy");
  const picture = find("picture");
  copy.hidden = !navigator.clipboard;
  copy.addEventListener("click", async () => {
    await navigator.clipboard.writeText(code.textContent);
    copy.textContent = copy.dataset.done;
  });
  picture.hidden = false;
  picture.addEventListener("click", () => {
    const canvas = Object.assign(document.createElement("canvas"), { width: 900, height: 480 });
    const pen = canvas.getContext("2d");
    pen.fillStyle = "#0b3b4a";
    pen.fillRect(0, 0, 900, 480);
    pen.fillStyle = "#fff";
    pen.textAlign = "center";
    for (const [font, words, top] of [
      ["40px sans-serif", `Trygghetslöftet · ${picture.dataset.title}`, 110],
      ["bold 84px monospace", code.textContent, 260],
      ["36px sans-serif", picture.dataset.home.replace(/^https?:../, ""), 390],
    ]) {
      pen.font = font;
      pen.fillText(words, 450, top, 840);
    }
    const link = document.createElement("a");
    link.href = canvas.toDataURL();
    link.download = `${code.textContent}.png`;
    link.click();
  });
}

const languages = document.querySelector(".languages details");
languages?.addEventListener("focusout", ({ relatedTarget }) => {
  // A list left open would cover what the keyboard reaches next.
  if (relatedTarget && !languages.contains(relatedTarget)) languages.open = false;
});
find("exit")?.addEventListener("click", leave);
if (form) reportForm();
if (find("receipt")) receipt(find("receipt"));
if (find("look-up") && location.hash) {
  const lookUp = find("look-up");
  lookUp.elements.code.value = decodeURIComponent(location.hash.slice(1));
  history.replaceState(null, "", location.pathname); // the code stays in no history
  lookUp.submit();
} else if (!("answer" in body.dataset)) sendWaiting();
