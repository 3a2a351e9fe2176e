// Part of the screening component (see __init__.py): draws the state. A part is drawn again only
// when what it shows has changed, so that focus and selected text stay where they are.

const BUTTONS = ["include", "exclude", "maybe", "not_retrieved", "skip", "undo"];
const QUEUE_ENDS = "Loading the next ones …";

function render(s, $) {
  const card = s.queue[0];
  const focused = $("root").getRootNode().activeElement;
  if (s.shown !== card?.id) {
    const back = turnTo(s, card, $("note").value.trim());
    s.shown = card?.id;
    s.since = performance.now();
    s.ticked = new Set(back.reasons);
    s.mode = "";
    $("note").value = back.note;
  }
  const { terms, empty, reasons, keys, criteria, size } = s.data;
  const d = (name, what, draw) => drawn($, name, what, draw);
  d("look", [size, keys], () => showKeys(s, $));
  d("card", [card, terms, card ? "" : s.pending.length, empty], () => showCard(s, $, card));
  d("labels", [labelNames(s), card?.labels, !card, s.mode === "labels"], () => showLabels(s, $, card));
  d("reasons", [reasons, !card, [...s.ticked]], () => showReasons(s, $));
  d("criteria", criteria, () => $("criteria").replaceChildren(...criteria.map((text) => element("li", text))));
  d("refused", s.refused, () => showRefused(s, $));
  showBar(s, $, card);
  showSide(s, $, card);
  if (focused && (!focused.isConnected || focused.disabled || !focused.getClientRects().length)) $("title").focus();
}

function drawn($, name, what, draw) {
  const memory = ($("root").memory ??= {});
  const sign = JSON.stringify(what);
  if (memory[name] === sign) return;
  memory[name] = sign;
  draw();
}

function showKeys(s, $) {
  $("root").dataset.size = s.data.size;
  for (const hint of $("root").querySelectorAll("kbd[data-key]")) {
    const key = s.data.keys[hint.dataset.key];
    hint.textContent = key.toUpperCase();
    const owner = hint.closest("label")?.control ?? hint.closest("button");
    owner?.setAttribute("aria-keyshortcuts", key);
  }
}

function showBar(s, $, card) {
  for (const name of BUTTONS.slice(0, 4)) $(name).hidden = !s.data.verdicts.includes(name);
  $("skip").hidden = !s.data.skips;
  for (const name of [...BUTTONS.slice(0, 5), "note", "twin", "new-label"]) $(name).disabled = !card;
  $("undo").disabled = !s.history.length && !earlier(s);
  const waits = s.pending.length;
  $("saved").textContent = waits ? `Saving ${waits} …` : "All saved";
  const told = trouble(s);
  if ($("trouble").textContent !== told) $("trouble").textContent = told;
}

function showCard(s, $, card) {
  const empty = s.pending.length ? QUEUE_ENDS : s.data.empty;
  fillText($("title"), card ? card.title || "(no title)" : empty, s.data.terms);
  $("meta").textContent = card?.meta ?? "";
  $("sources").textContent = card?.sources.length ? "Found in: " + card.sources.join("; ") : "";
  $("why").textContent = card?.why ? "Comes early because of: " + card.why : "";
  fillText($("abstract"), card ? card.abstract || "No abstract in the source." : "", s.data.terms);
  $("edited").textContent = card?.edited ?? "";
  fillText($("keywords"), card?.keywords ? "Keywords: " + card.keywords : "", s.data.terms);
  $("notes").textContent = card?.notes ? "Notes of the source: " + card.notes : "";
  $("voices").replaceChildren(...(card?.voices ?? []).map((text) => element("li", text)));
  $("voices").hidden = !card?.voices?.length;
  $("links").replaceChildren(...(card?.links ?? []).map(link));
  for (const name of ["abstract-open", "abstract-back"]) $(name).hidden = !(card && (card.edited || !card.abstract));
  $("abstract-back").hidden ||= !card?.edited;
  $("abstract-open").firstChild.textContent = card?.edited ? "Change the abstract " : "Write the abstract ";
}

function showSide(s, $, card) {
  $("count").textContent = card ? placeInPilot(s, card) || `${leftNow(s).toLocaleString("en")} left here` : "";
  $("reasons-box").hidden = !s.data.reasons.length;
  $("reasons-box").classList.toggle("asked", s.mode === "reasons");
  $("reasons-title").textContent = s.mode === "reasons" ? "Choose the reason to exclude" : "Exclude because";
  $("why-not").hidden = s.mode !== "why";
  $("root").classList.toggle("labelling", s.mode === "labels");
  $("labels-box").classList.toggle("asked", s.mode === "labels");
  $("abstract-form").hidden = s.mode !== "abstract";
  $("criteria-box").hidden = !s.data.criteria.length;
  const last = s.history.at(-1) ?? earlier(s);
  $("last-box").hidden = !last;
  $("last").textContent = last ? `${s.data.words[last.verdict] ?? last.verdict}: ${last.card.title}` : "";
}

function showReasons(s, $) {
  const items = s.data.reasons.map((reason) => {
    const button = element("button", reason.label + " ");
    button.type = "button";
    button.disabled = !s.queue.length;
    button.onclick = () => s.act.reason(reason.id);
    if (reason.key) {
      button.append(hint(reason.key));
      button.setAttribute("aria-keyshortcuts", reason.key);
    }
    const tick = document.createElement("input");
    tick.type = "checkbox";
    tick.checked = s.ticked.has(reason.id);
    tick.disabled = !s.queue.length;
    tick.setAttribute("aria-label", "Also: " + reason.label);
    tick.title = "Tick several, then exclude" + (reason.key ? ` (Shift+${reason.key.toUpperCase()})` : "");
    tick.onchange = () => s.act.tick(reason.id);
    return item(tick, button);
  });
  keepPlace($, "reasons", items);
}

function showLabels(s, $, card) {
  const names = labelNames(s);
  keepPlace($, "labels", names.map((name, index) => {
    const on = card?.labels.includes(name) ?? false;
    const button = element("button", name + " ");
    button.type = "button";
    button.disabled = !card;
    button.setAttribute("aria-pressed", String(on));
    if (index < 10 && s.mode === "labels") button.append(hint(String((index + 1) % 10)));
    button.onclick = () => s.act.label(name, !on);
    return item(button);
  }));
  $("known-labels").replaceChildren(...names.map((name) => Object.assign(document.createElement("option"), { value: name })));
}

function showRefused(s, $) {
  $("refused").hidden = !s.refused.length;
  keepPlace($, "refused-list", s.refused.map((one) => {
    const what = s.data.words[one.verdict ?? one.kind] ?? one.kind;
    const again = element("button", "Try again");
    const away = element("button", "Dismiss");
    again.onclick = () => s.act.dismiss(one.client_id, true);
    away.onclick = () => s.act.dismiss(one.client_id, false);
    for (const button of [again, away]) {
      button.type = "button";
      button.setAttribute("aria-label", `${button.textContent}: ${one.title}`);
    }
    return item(element("p", `${what}: “${one.title}”. ${one.why}`), again, away);
  }));
}

// Puts new items into a list; focus goes to the item that stands where the focused one stood.
function keepPlace($, name, items) {
  const list = $(name);
  const at = [...list.children].findIndex((child) => child.contains(list.getRootNode().activeElement));
  const kind = list.getRootNode().activeElement?.tagName;
  list.replaceChildren(...items);
  if (at >= 0) items[Math.min(at, items.length - 1)]?.querySelector(kind.toLowerCase())?.focus();
}

function hint(key) {
  const made = element("kbd", key.toUpperCase());
  made.setAttribute("aria-hidden", "true"); // read once, from aria-keyshortcuts
  return made;
}

function item(...parts) {
  const made = document.createElement("li");
  made.append(...parts);
  return made;
}

function link({ label, url }) {
  const anchor = element("a", label);
  anchor.href = url;
  anchor.target = "_blank";
  anchor.rel = "noopener noreferrer";
  return anchor;
}

function element(name, text) {
  const made = document.createElement(name);
  made.textContent = text;
  return made;
}
