// No page needs this. It keeps what is typed until it is sent, and no longer; docs/design.md tells how.
"use strict";

const find = (id) => document.getElementById(id);
const form = find("report");
const body = document.body;

const store = (name) => {
  try {
    window[name].getItem("");
    return window[name];
  } catch {
    return null; // denied: as without script
  }
};
const tab = store("sessionStorage"); // drafts
const phone = store("localStorage"); // waiting: {key, path, action, sent, refused}

function waiting() {
  try {
    return JSON.parse(phone.getItem("waiting")) || [];
  } catch {
    return [];
  }
}

function setWaiting(list) {
  try {
    if (list.length) phone.setItem("waiting", JSON.stringify(list));
    else phone.removeItem("waiting");
    return true;
  } catch {
    return false; // full
  }
}

function forget(key) {
  if (!key) return;
  for (const name of Object.keys(tab || {})) if (tab.getItem(name).includes(key)) tab.removeItem(name);
  setWaiting(waiting().filter((item) => item.key !== key));
}

function forgetEverything() {
  tab?.clear();
  phone?.clear();
}

async function reachable() {
  try {
    await fetch(location.pathname, { method: "HEAD", cache: "no-store", signal: AbortSignal.timeout?.(8000) });
    return true;
  } catch {
    return false;
  }
}

// What other pages left, sent behind this one. Only a receipt removes it; what is refused stays for its own form.
async function sendWaiting() {
  const own = form?.elements.key.value;
  for (const item of waiting().filter((each) => !each.refused && each.key !== own)) {
    const answer = await fetch(item.action, { method: "POST", body: new URLSearchParams(item.sent) });
    const code = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("receipt");
    if (code) {
      forget(item.key);
      find("sent").hidden = false;
      find("sent").append(` ${code.textContent}`);
    } else if (answer.status < 429) {
      setWaiting(waiting().map((each) => (each.key === item.key ? { ...each, refused: true } : each)));
    }
  }
}

function leave(event) {
  event.preventDefault();
  forgetEverything();
  body.hidden = true;
  document.title = "";
  location.replace(this.href);
}

function reportForm() {
  const { key, place, text } = form.elements;
  const texts = form.dataset;
  const draft = `draft ${texts.path}`;
  const said = find("said");
  const answer = "answer" in body.dataset;
  let busy;
  let typed = 0;
  let again;

  const say = (words, where = said) => {
    where.textContent = words;
    where.hidden = !words;
  };
  const filled = () => new URLSearchParams(new FormData(form)).toString();
  const checked = (name) => form.querySelectorAll(`[name=${name}]:checked`);
  const mine = () => waiting().find((item) => item.key === key.value);
  // Nobody may be looking by then: no review, the receipt shows what was masked.
  const queue = () =>
    setWaiting([
      ...waiting().filter((item) => item.key !== key.value),
      { key: key.value, path: texts.path, action: form.action, sent: filled().replace("reviewed=&", "reviewed=1&") },
    ]);

  function enough() {
    const towns = [...form.querySelectorAll("[name=municipality] + label")].map((label) => `, ${label.textContent.trim()}`);
    const where = "poster" in texts || checked("place_found").length || (place.value && (checked("municipality").length || towns.some((town) => place.value.endsWith(town))));
    const what = text.value.trim() || checked("areas").length;
    const about = [...checked("areas")].filter((box) => box.value !== "safe_here");
    return where && what && about.length <= 2 && [...text.value].length <= texts.most && place.value.length <= 120;
  }

  function save() {
    try {
      tab?.setItem(draft, filled());
    } catch {} // full
    if (mine()) queue();
  }

  function restore(kept) {
    const values = new URLSearchParams(kept);
    for (const field of form.elements) {
      if (/radio|checkbox/.test(field.type)) field.checked ||= values.getAll(field.name).includes(field.value);
      else if (/text/.test(field.type)) field.value ||= values.get(field.name) || "";
    }
    key.value = values.get("key");
    if (place.value) place.closest("details")?.setAttribute("open", "");
  }

  const newKey = () => Array.from(crypto.getRandomValues(new Uint32Array(4)), (number) => number.toString(36)).join("");

  function forgetHere() {
    tab?.removeItem(draft);
    form.reset();
    key.value = newKey();
    say("");
  }

  function ready() {
    clearTimeout(busy);
    busy = 0;
    say("");
  }

  async function send() {
    if (!(await reachable())) return false;
    busy = setTimeout(ready, 10000); // stopped on the way
    form.elements.reviewed.value ||= mine() ? "1" : "";
    form.submit();
    return true;
  }

  addEventListener("pageshow", ({ persisted }) => {
    ready();
    const refused = waiting().find((item) => item.refused && item.path === texts.path);
    const kept = tab?.getItem(draft) || refused?.sent;
    const back = persisted || performance.getEntriesByType("navigation")[0]?.type === "back_forward";
    if (answer && !persisted) {
      history.replaceState(null, ""); // loaded again, it is the form
      forget(mine()?.key);
    } else if (kept) restore(kept);
    else if (tab && back) forgetHere(); // it was sent
    key.value ||= newKey();
    if (kept || answer) save();
    if (refused && !answer) say(texts.failed);
    else if (mine()) send();
  });
  form.addEventListener("input", () => {
    typed = Date.now();
    save();
  });
  find("clear").addEventListener("click", forgetEverything);

  form.addEventListener("submit", async (event) => {
    if (event.submitter?.name) return; // a search for the place
    event.preventDefault();
    if (busy) return;
    busy = 1;
    save();
    say(texts.sending);
    if (await send()) return;
    ready();
    if (!enough()) return say(texts.missing);
    if (!queue()) return say(texts.failed);
    say(texts.saved);
    if (again) return;
    again = setInterval(later, 10000);
    addEventListener("online", later);
    addEventListener("storage", () => mine() || forgetHere()); // another tab has sent it
  });
  const later = () => mine() && (Date.now() - typed > 2000 ? send() : setTimeout(later, 2000));

  const places = () => fetch(texts.places).then((listed) => listed.json());
  const list = find("places");
  place.addEventListener("focus", async () => {
    if (!list.options.length) list.append(...(await places()).map(([name]) => new Option("", name)));
  });

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

// What stands behind the # is sent to nobody.
function lookUp() {
  const [, code] = /^#([\w-]+)$/.exec(location.hash) || [];
  if (!code) return;
  find("look-up").elements.code.value = code;
  history.replaceState(null, "", location.pathname);
  find("look-up").submit();
}

const languages = document.querySelector(".languages details");
languages?.addEventListener("focusout", ({ relatedTarget }) => {
  if (relatedTarget && !languages.contains(relatedTarget)) languages.open = false;
});
find("exit")?.addEventListener("click", leave);
if (form) reportForm();
forget(find("receipt")?.dataset.key);
if (find("look-up")) {
  addEventListener("hashchange", lookUp);
  lookUp();
}
if (waiting().length) (navigator.locks?.request("waiting", sendWaiting) || sendWaiting()).catch(() => {});
